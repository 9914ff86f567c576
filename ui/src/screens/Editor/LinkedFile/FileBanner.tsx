import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import styles from "./LinkedFile.module.css";
import type { LinkedFileActions } from "./useLinkedFile";

/** How the connector's file stands, where that is for the person to decide. */
export function FileBanner({ linked, isDirty }: { linked: LinkedFileActions; isDirty: boolean }) {
  const notices = useNotices();
  const { file } = linked;
  if (!file || file.state.type === "same") return null;
  const { state } = file;
  const name = <b className={styles.name}>{file.name}</b>;
  const unlink = (
    <Button small onPress={() => void linked.unlink()}>
      Unlink
    </Button>
  );
  const elsewhere = (
    <Button small onPress={() => void linked.link()}>
      Save elsewhere…
    </Button>
  );
  const compare = (
    <Button small onPress={linked.compare}>
      Compare…
    </Button>
  );
  const banner = (() => {
    switch (state.type) {
      case "missing":
        return {
          words: <>{name} is gone. Saving writes it anew.</>,
          help: file.path,
          actions: (
            <>
              {elsewhere}
              {unlink}
            </>
          ),
        };
      case "unreadable":
        return {
          words: <>{name} cannot be read, so it is not known whether it changed.</>,
          help: state.error.message,
          actions: (
            <>
              {elsewhere}
              {unlink}
            </>
          ),
        };
      case "changed":
        if (state.fault) {
          return {
            words: <>Another program changed {name}, and it is no connector as it stands.</>,
            help: `${state.fault.message} What you see is what was saved here last.`,
            actions: compare,
          };
        }
        // Taken over in a moment.
        if (!isDirty) return null;
        return {
          words: <>Another program changed {name} while you have unsaved changes.</>,
          help: "Both are kept until you choose.",
          actions: (
            <>
              <Button
                small
                onPress={() =>
                  linked.take(state.hash).catch((cause) => notices.fail("The file was not taken over", cause))
                }
              >
                Take the file
              </Button>
              {compare}
            </>
          ),
        };
    }
  })();
  if (!banner) return null;
  return (
    <div className={styles.banner} data-testid="file-banner">
      <Note tone="warn" role="status" help={banner.help} actions={banner.actions}>
        {banner.words}
      </Note>
    </div>
  );
}
