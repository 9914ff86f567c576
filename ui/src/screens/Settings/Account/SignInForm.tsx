import { useState } from "react";
import { Form } from "react-aria-components";
import { RedirectChoice } from "@/app/RedirectChoice/RedirectChoice";
import { Button } from "@/components/Button/Button";
import { ChipsInput } from "@/components/ChipsInput/ChipsInput";
import { DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import type { AppError, ReturnsBy, SsoSignIn, SsoStatus } from "@/platform/wire";
import styles from "./Account.module.css";

interface Props {
  /** What was given at the last sign-in, or in the try before. */
  known: SsoStatus | SsoSignIn;
  failure: AppError | null;
  onSignIn: (request: SsoSignIn) => void;
  onCancel: (() => void) | null;
}

const USUAL_SCOPES = ["openid", "profile", "email", "offline_access"];

export function issuerProblem(issuer: string): string | null {
  if (issuer.trim() === "") return "This field is needed.";
  const isLoopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/i.test(issuer.trim());
  if (isLoopback || /^https:\/\/[^\s/]+/i.test(issuer.trim())) return null;
  return "An address that begins with https://.";
}

/** With which provider to sign in, and as which client. The secret is kept by the vault, and not shown again. */
export function SignInForm({ known, failure, onSignIn, onCancel }: Props) {
  const [issuer, setIssuer] = useState(known.issuer ?? "");
  const [clientId, setClientId] = useState(known.client_id ?? "");
  const tried = "scopes" in known ? known : null;
  const [secret, setSecret] = useState(tried?.client_secret ?? "");
  const [scopes, setScopes] = useState<readonly string[]>(tried?.scopes ?? USUAL_SCOPES);
  const [redirect, setRedirect] = useState<ReturnsBy>(tried?.redirect ?? "loopback");
  const [isSent, setIsSent] = useState(false);
  const problem = issuerProblem(issuer);
  const clientProblem = clientId.trim() === "" ? "This field is needed." : null;
  const send = () => {
    setIsSent(true);
    if (problem || clientProblem) return;
    onSignIn({
      issuer: issuer.trim(),
      client_id: clientId.trim(),
      client_secret: secret === "" ? null : secret,
      scopes: [...scopes],
      redirect,
    });
  };
  return (
    <Form
      className={styles.stack ?? ""}
      validationBehavior="aria"
      aria-label="Sign in with SSO"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {failure ? (
        <Note tone="danger" role="alert" code={failure.code} help={failure.hint}>
          <Spoken text={failure.message} />
        </Note>
      ) : null}
      <TextInput
        label="Issuer"
        mono
        autoFocus
        value={issuer}
        onChange={setIssuer}
        placeholder="https://accounts.example.com"
        description="Your provider's address; its endpoints are looked up there."
        error={isSent ? problem : null}
      />
      <div className={styles.pair}>
        <TextInput
          label="Client ID"
          mono
          value={clientId}
          onChange={setClientId}
          error={isSent ? clientProblem : null}
        />
        <TextInput
          label="Client secret"
          type="password"
          autoComplete="off"
          value={secret}
          onChange={setSecret}
          description="Only where the client has one."
        />
      </div>
      <ChipsInput
        label="Scopes"
        noun="scope"
        values={scopes}
        onChange={setScopes}
        description="offline_access lets the session be renewed without you."
      />
      <RedirectChoice kind={redirect} fixed="" onChange={setRedirect} />
      <DialogActions>
        {onCancel ? <Button onPress={onCancel}>Cancel</Button> : null}
        <Button kind="primary" type="submit">
          Sign in
        </Button>
      </DialogActions>
    </Form>
  );
}
