import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";

/** Adds an app with one empty screen, and opens it. */
export function AddAppDialog({ onClose }: { onClose: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const problem = name.trim() === "" ? "Give it a name that says what it is for." : null;
  const create = useMutation({
    mutationFn: () => platform.appCreate(name.trim()),
    onSuccess: (opened) => {
      stale(KEYS.apps, KEYS.status);
      onClose();
      goTo({ screen: "app", id: opened.id });
    },
  });
  const error = create.error ? toAppError(create.error) : null;
  return (
    <Dialog title="Add app" isOpen onClose={onClose}>
      <Form
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (!problem && !create.isPending) create.mutate();
        }}
      >
        <TextInput
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          placeholder="Field sales"
          description="People read it in the window's title and where they sign in."
          error={(asked && problem) || (error?.field === "name" ? error.message : null)}
        />
        {error && error.field !== "name" ? (
          <Note tone="danger" role="alert" code={error.code} help={error.hint}>
            <Spoken text={error.message} />
          </Note>
        ) : null}
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={create.isPending}>
            Add
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
