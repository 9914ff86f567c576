import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Frame } from "@/app/Frame/Frame";
import { goTo, type Route } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { toAppError } from "@/platform/errors";
import styles from "./Panes.module.css";

interface Props<File> {
  /** What is opened: "connector". */
  noun: string;
  id: string;
  open: () => Promise<File>;
  /** The list to go back to. */
  list: { name: string; route: Route };
  children: (opened: File) => ReactNode;
}

/** Opens something and hands it to its editor; the document is the editor's from then on. */
export function OpeningScreen<File>({ noun, id, open, list, children }: Props<File>) {
  const opened = useQuery({
    queryKey: ["opened", noun, id],
    queryFn: open,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (opened.isSuccess) return children(opened.data);
  const error = opened.isError ? toAppError(opened.error) : null;
  return (
    <Frame header={<b>{list.name}</b>}>
      <main className={styles.trouble}>
        {error ? (
          <Note
            tone="danger"
            role="alert"
            code={error.code}
            help={error.hint}
            actions={<Button onPress={() => goTo(list.route)}>Back to {list.name.toLowerCase()}</Button>}
          >
            The {noun} could not be opened. <Spoken text={error.message} />
          </Note>
        ) : (
          <p role="status">Opening…</p>
        )}
      </main>
    </Frame>
  );
}
