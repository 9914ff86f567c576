import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import { useWindowPlatform } from "@/platform/PlatformContext";
import { KEYS, useStale } from "../queries";

/** What a person can do where the vault is not open: the keyring again, a passphrase, or this session only. */
export function VaultChoices() {
  const platform = useWindowPlatform();
  const stale = useStale();
  const notices = useNotices();
  const [asked, setAsked] = useState<"passphrase" | "session" | null>(null);
  const retry = useMutation({
    mutationFn: () => platform.vaultRetry(),
    onSuccess: () => stale(KEYS.status),
    onError: (error) => notices.fail("The keyring did not open", error),
  });
  const session = useMutation({
    mutationFn: () => platform.vaultUseSessionOnly(),
    onSuccess: () => stale(KEYS.status),
    onError: (error) => notices.fail("The session was not started", error),
  });
  return (
    <>
      <Button small onPress={() => retry.mutate()} isDisabled={retry.isPending}>
        {retry.isPending ? "Asking the keyring…" : "Try the keyring again"}
      </Button>
      <Button small onPress={() => setAsked("passphrase")}>
        Use a passphrase
      </Button>
      <Button small onPress={() => setAsked("session")}>
        This session only
      </Button>
      {asked === "passphrase" ? <PassphraseDialog onClose={() => setAsked(null)} /> : null}
      <ConfirmDialog
        title="Keep secrets for this session only?"
        isOpen={asked === "session"}
        onClose={() => setAsked(null)}
        onConfirm={() => session.mutate()}
        confirmLabel="This session only"
      >
        Secrets and sign-ins stay in memory and are gone when you close Latchwork. Connectors and drafts are
        kept as always.
      </ConfirmDialog>
    </>
  );
}

function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const platform = useWindowPlatform();
  const stale = useStale();
  const [passphrase, setPassphrase] = useState("");
  const unlock = useMutation({
    mutationFn: () => platform.vaultUnlock(passphrase),
    onSuccess: () => {
      stale(KEYS.status);
      onClose();
    },
  });
  const error = unlock.error ? toAppError(unlock.error) : null;
  return (
    <Dialog title="Unlock with a passphrase" isOpen onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          unlock.mutate();
        }}
      >
        <TextInput
          label="Passphrase"
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
          description="The first one you give is the one to remember: without it what is stored cannot be read."
          error={error ? [error.message, error.hint].filter(Boolean).join(" ") : null}
        />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={passphrase === "" || unlock.isPending}>
            {unlock.isPending ? "Unlocking…" : "Unlock"}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
