import { useRef } from "react";
import { DeleteDialog } from "@/editor/DeleteDialog/DeleteDialog";
import { type App, writeApp } from "@/model/app";
import { usePlatform } from "@/platform/PlatformContext";
import { useAppEditor } from "./AppEditorContext";
import { brokenWithout } from "./breaking";

interface Props {
  /** What it is called, with its noun where that says more: "Contacts". */
  title: string;
  /** The app as it would be. */
  without: App;
  onClose: () => void;
  onDelete: () => void;
}

/** Deletes a control, a screen or a connector of the app; shows first what would break. */
export function DeleteFromApp({ title, without, onClose, onDelete }: Props) {
  const platform = usePlatform();
  const { app } = useAppEditor();
  const asked = useRef({ app, without });
  return (
    <DeleteDialog
      title={`Delete “${title}”?`}
      question={["app", title, writeApp(asked.current.without)]}
      ask={() => brokenWithout(platform, asked.current.app, asked.current.without)}
      intro={(count) =>
        count === 1
          ? "One place uses it and will not work any more:"
          : `${count} places use it and will not work any more:`
      }
      onClose={onClose}
      onDelete={onDelete}
    />
  );
}
