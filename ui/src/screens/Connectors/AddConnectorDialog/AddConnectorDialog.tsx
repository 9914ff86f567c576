import { useMutation } from "@tanstack/react-query";
import { Library } from "lucide-react";
import { useState } from "react";
import { Form, Label, Radio, RadioGroup } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import type { Kind } from "@/model/connector";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./AddConnectorDialog.module.css";

/** Why this cannot be a base URL, or null where it can. A template is the core's to judge. */
export function baseUrlProblem(text: string): string | null {
  if (text === "") return "Give the address that the API's requests begin with.";
  if (text.includes("{{")) return null;
  if (!/^https?:\/\//i.test(text)) return "Begin with https:// (or http:// on your own network).";
  return URL.canParse(text) && !/\s/.test(text) ? null : "This is not an address.";
}

export function AddConnectorDialog({ onClose }: { onClose: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("rest");
  const [baseUrl, setBaseUrl] = useState("");
  const [asked, setAsked] = useState(false);
  const nameProblem = name.trim() === "" ? "Give it a name that says which API it is." : null;
  const urlProblem = baseUrlProblem(baseUrl.trim());
  const create = useMutation({
    mutationFn: () => platform.connectorCreate(name.trim(), kind, baseUrl.trim()),
    onSuccess: (opened) => {
      stale(KEYS.connectors, KEYS.status);
      onClose();
      goTo({ screen: "connector", id: opened.id });
    },
  });
  const error = create.error ? toAppError(create.error) : null;
  return (
    <Dialog title="Add connector" isOpen onClose={onClose} width={480}>
      <div className={styles.ready}>
        <span>For Slack, Stripe, Google and others there is a ready-made one.</span>
        <Button
          small
          onPress={() => {
            onClose();
            goTo({ screen: "catalogue" });
          }}
        >
          <Library size={13} aria-hidden />
          Look in the catalogue
        </Button>
      </div>
      <Form
        className={styles.form ?? ""}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (!nameProblem && !urlProblem) create.mutate();
        }}
      >
        <TextInput
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          placeholder="Acme CRM"
          error={(asked && nameProblem) || (error?.field === "name" ? error.message : null)}
        />
        <RadioGroup
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          orientation="horizontal"
          className={styles.kinds ?? ""}
        >
          <Label className={styles.label}>Kind</Label>
          <div className={styles.choices}>
            <Radio value="rest" className={styles.kind ?? ""}>
              <b>REST</b>
              <span>Methods and paths</span>
            </Radio>
            <Radio value="graphql" className={styles.kind ?? ""}>
              <b>GraphQL</b>
              <span>One address, queries and variables</span>
            </Radio>
          </div>
        </RadioGroup>
        <TextInput
          label="Base URL"
          mono
          type="url"
          value={baseUrl}
          onChange={setBaseUrl}
          placeholder={kind === "rest" ? "https://api.acme.example/v2" : "https://api.acme.example/graphql"}
          description={kind === "rest" ? "Paths of requests are added to it." : "Queries are sent to it."}
          error={(asked && urlProblem) || (error?.field === "base_url" ? error.message : null)}
        />
        {error && error.field === null ? (
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
