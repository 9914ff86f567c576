import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { ExportDialog, type ForeignExport } from "@/app/ExportDialog/ExportDialog";
import { sessionKeys, useAuthStatus, useStale } from "@/app/queries";
import { IconButton } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { expiryText } from "@/components/Countdown/timeText";
import { MenuButton, type MenuEntry } from "@/components/MenuButton/MenuButton";
import { useNotices } from "@/components/Notices/Notices";
import { useEditor } from "@/editor/EditorContext";
import { wantsShared } from "@/model/oauth";
import { usePlatform } from "@/platform/PlatformContext";
import type { SharedStatus } from "@/platform/wire";
import type { LinkedFileActions } from "../LinkedFile/useLinkedFile";
import { OpenSealedDialog } from "./OpenSealedDialog";
import { SealDialog } from "./SealDialog";

type Asked = "clear" | "clear_shared" | "clear_shared_again" | "seal" | "open_sealed";

function sharedHeading(shared: SharedStatus | undefined): string {
  if (!shared?.signed_in) return "Shared sign-in: nobody is signed in yet";
  const expiry = shared.expires_at ? `, ${expiryText(shared.expires_at, Date.now() / 1000)}` : "";
  return `Shared sign-in: signed in${expiry}`;
}

/** What can be done with the connector as a whole, and with who is signed in to it. */
export function ConnectorMenu({ linked }: { linked: LinkedFileActions }) {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  const { connectorId, document, run, startRun } = useEditor();
  const shared = useAuthStatus(connectorId).data?.shared;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [exporting, setExporting] = useState<ForeignExport | null>(null);
  const close = () => setAsked(null);

  const clear = (everyone: boolean) =>
    platform.authClear(connectorId, everyone).then(
      () => {
        stale(...sessionKeys(connectorId));
        notices.tell(
          everyone
            ? "The shared sign-in was cleared. Nobody is signed in by it any more."
            : "The cached auth was cleared. The next use signs in again.",
        );
      },
      (cause) =>
        notices.fail(
          everyone ? "The shared sign-in was not cleared" : "The cached auth was not cleared",
          cause,
        ),
    );
  const exportFile = () =>
    platform.connectorExportAs(connectorId, "connector").then(
      (path) => path && notices.tell(`Exported to ${path}`),
      (cause) => notices.fail("The connector was not exported", cause),
    );

  const hasShared = wantsShared(document);
  const isSharedIn = shared?.signed_in ?? false;
  const sharedEntries: MenuEntry[] = [
    {
      id: "share",
      label: "Sign in for everyone",
      description: hasShared
        ? "You sign in once; it serves every user of an app."
        : "No step has shared credentials.",
      disabled: !hasShared || run.isRunning,
      onAction: () => startRun({ type: "shared_sign_in" }),
    },
    {
      id: "clear_shared",
      label: "Clear shared sign-in…",
      disabled: !isSharedIn,
      onAction: () => setAsked("clear_shared"),
    },
    {
      id: "seal",
      label: "Seal for other machines…",
      description: isSharedIn
        ? "A file that only a passphrase opens."
        : "Sign in for everyone first: there is nothing to seal.",
      disabled: !isSharedIn,
      onAction: () => setAsked("seal"),
    },
    {
      id: "open_sealed",
      label: "Open sealed sign-in…",
      description: "One that was sealed on another machine.",
      onAction: () => setAsked("open_sealed"),
    },
  ];

  const fileEntries: MenuEntry[] = linked.file
    ? [
        {
          id: "link",
          label: "Save to another file…",
          description: linked.file.path,
          onAction: () => void linked.link(),
        },
        {
          id: "unlink",
          label: "Unlink from the file",
          description: "It stays as it is; the connector is saved in the library alone.",
          onAction: () => void linked.unlink(),
        },
      ]
    : [
        {
          id: "link",
          label: "Save to a file…",
          description: "From then on each save goes there, too: for git, and for others.",
          onAction: () => void linked.link(),
        },
      ];

  return (
    <>
      <MenuButton
        label="Actions for this connector"
        entries={[
          { id: "export", label: "Export…", onAction: () => void exportFile() },
          {
            id: "export_curl",
            label: "Export as cURL script…",
            description: "As it was saved last.",
            onAction: () => setExporting("curl"),
          },
          {
            id: "export_open_api",
            label: "Export as OpenAPI…",
            description: "As it was saved last.",
            onAction: () => setExporting("open_api"),
          },
          { id: "clear", label: "Clear cached auth…", onAction: () => setAsked("clear") },
        ]}
        parts={[
          { heading: linked.file ? `File: ${linked.file.name}` : "File", entries: fileEntries },
          ...(hasShared || shared?.wanted || isSharedIn
            ? [{ heading: sharedHeading(shared), entries: sharedEntries }]
            : []),
        ]}
      >
        <IconButton label="More for this connector" hint="More" icon={<Ellipsis size={16} />} />
      </MenuButton>
      <ConfirmDialog
        title="Clear cached auth?"
        isOpen={asked === "clear"}
        onClose={close}
        onConfirm={() => void clear(false)}
        confirmLabel="Clear cached auth"
      >
        Latchwork forgets this connector's sign-in on this computer. The next use signs in again, or with
        other credentials.
        {isSharedIn ? " The shared sign-in stays." : ""}
      </ConfirmDialog>
      <ConfirmDialog
        title="Clear the shared sign-in?"
        isOpen={asked === "clear_shared"}
        onClose={() => asked === "clear_shared" && close()}
        onConfirm={() => setAsked("clear_shared_again")}
        confirmLabel="Clear…"
      >
        It serves everyone who uses an app with this connector on this computer. Bundles that were sealed from
        it stay as they are.
      </ConfirmDialog>
      <ConfirmDialog
        title="Sign everyone out?"
        isOpen={asked === "clear_shared_again"}
        onClose={close}
        onConfirm={() => void clear(true)}
        confirmLabel="Sign everyone out"
        cancelLabel="Keep it"
        danger
      >
        Nobody can use this connector in an app until somebody signs in for everyone again. This cannot be
        undone.
      </ConfirmDialog>
      {exporting ? (
        <ExportDialog id={connectorId} kind={exporting} onClose={() => setExporting(null)} />
      ) : null}
      {asked === "seal" ? <SealDialog onClose={close} /> : null}
      {asked === "open_sealed" ? <OpenSealedDialog onClose={close} /> : null}
    </>
  );
}
