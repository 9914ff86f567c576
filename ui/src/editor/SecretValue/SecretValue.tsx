import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { Tag } from "@/components/Tag/Tag";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import { useEditor } from "../EditorContext";
import styles from "./SecretValue.module.css";

/** Whether a secret is there, and ways to set, replace and clear it. Its value never comes back here. */
export function SecretValue({ name }: { name: string }) {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  const { connectorId } = useEditor();
  const [asking, setAsking] = useState(false);
  const secrets = useQuery({
    queryKey: [...KEYS.secrets(connectorId)],
    queryFn: () => platform.secretList(connectorId),
  });
  const clear = useMutation({
    mutationFn: () => platform.secretClear(connectorId, name),
    onSuccess: () => stale(KEYS.secrets(connectorId)),
    onError: (error) => notices.fail(`“${name}” was not cleared`, error),
  });
  const isSet = secrets.data?.some((secret) => secret.name === name && secret.is_set) ?? false;
  if (name === "") return <span className={styles.muted}>Name it first, then set its value.</span>;
  return (
    <div className={styles.secret}>
      <Tag tone={isSet ? "ok" : "warn"}>{isSet ? "Set" : "Not set"}</Tag>
      <Button small onPress={() => setAsking(true)} aria-label={`${isSet ? "Replace" : "Set"} ${name}`}>
        {isSet ? "Replace" : "Set value"}
      </Button>
      {isSet ? (
        <Button small kind="quiet" onPress={() => clear.mutate()} aria-label={`Clear ${name}`}>
          Clear
        </Button>
      ) : null}
      {asking ? <SecretDialog name={name} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function SecretDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const { connectorId } = useEditor();
  const [value, setValue] = useState("");
  const [hasLines, setHasLines] = useState(false);
  const save = useMutation({
    mutationFn: () => platform.secretSet(connectorId, name, value),
    onSuccess: () => {
      stale(KEYS.secrets(connectorId), KEYS.status);
      onClose();
    },
  });
  const error = save.error ? toAppError(save.error) : null;
  return (
    <Dialog title={`Value of “${name}”`} isOpen onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== "") save.mutate();
        }}
      >
        <TextInput
          key={hasLines ? "lines" : "line"}
          label="Value"
          {...(hasLines ? { rows: 6, masked: true } : { type: "password" })}
          autoFocus
          value={value}
          onChange={setValue}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData("text/plain").trim() ?? "";
            if (hasLines || !pasted.includes("\n")) return;
            // A line of text would lose the line breaks that a key in PEM needs.
            event.preventDefault();
            setHasLines(true);
            setValue(pasted);
          }}
          description="Encrypted on this computer; not shown again."
          error={error ? [error.message, error.hint].filter(Boolean).join(" ") : null}
        />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={value === "" || save.isPending}>
            Keep it
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
