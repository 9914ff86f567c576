import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "@/components/Button/Button";
import { Expiry, useNow } from "@/components/Countdown/Countdown";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { JsonTree } from "@/components/JsonTree/JsonTree";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { Tabs } from "@/components/Tabs/Tabs";
import { momentText } from "@/model/format";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { TokenView } from "@/platform/wire";
import { wireValue } from "@/run/timeline";
import styles from "./TokenInspector.module.css";

interface Props {
  run: string;
  /** Where the token is among the outputs: `grant.access_token`. */
  path: string;
  /** What the step's outputs say of its expiry, in Unix seconds. */
  knownExpiry: number | null;
  onClose: () => void;
}

/** A token decoded: what it says, and how long it lives. The token itself does not come here. */
export function TokenInspector({ run, path, knownExpiry, onClose }: Props) {
  const platform = usePlatform();
  const token = useQuery({
    queryKey: ["token", run, path],
    queryFn: () => platform.tokenInspect(run, path),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const error = token.error ? toAppError(token.error) : null;
  return (
    <Dialog title={`Token ${path}`} isOpen onClose={onClose} width={560} testId="token-inspector">
      {token.isPending ? <p role="status">Decoding…</p> : null}
      {error ? (
        <Note tone="danger" role="alert" code={error.code} help={error.hint}>
          <Spoken text={error.message} />
        </Note>
      ) : null}
      {token.data ? <TokenFacts token={token.data} knownExpiry={knownExpiry} /> : null}
      <DialogActions>
        <Button kind="primary" onPress={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function TokenFacts({ token, knownExpiry }: { token: TokenView; knownExpiry: number | null }) {
  const expiresAt = token.expires_at ?? knownExpiry;
  if (!token.is_jwt) {
    return (
      <div className={styles.facts}>
        <p>
          This token is opaque: it is no JWT, so only the provider knows what is in it. It is not shown here.
        </p>
        <dl className={styles.list}>
          <Fact name="Expires">{expiresAt === null ? "Nothing says when" : <Expires at={expiresAt} />}</Fact>
        </dl>
      </div>
    );
  }
  return (
    <div className={styles.facts}>
      <dl className={styles.list}>
        <Fact name="Kind">{token.algorithm ? `JWT, ${token.algorithm}` : "JWT"}</Fact>
        {token.key_id ? <Fact name="Key ID">{token.key_id}</Fact> : null}
        <Fact name="Expires">{expiresAt === null ? "Nothing says when" : <Expires at={expiresAt} />}</Fact>
        {token.issued_at ? <Fact name="Issued">{momentText(token.issued_at)}</Fact> : null}
        {token.not_before ? <Fact name="Not before">{momentText(token.not_before)}</Fact> : null}
        <Fact name="Issuer">{token.issuer ?? "Not said"}</Fact>
        <Fact name="Audience">{token.audience.length > 0 ? token.audience.join(", ") : "Not said"}</Fact>
        <Fact name="Subject">{token.subject ?? "Not said"}</Fact>
      </dl>
      <Tabs
        label="Parts of the token"
        small
        tabs={[
          { id: "claims", label: "Claims", content: <Part label="Claims" value={token.claims} /> },
          { id: "header", label: "Header", content: <Part label="Header" value={token.header} /> },
        ]}
      />
      <p className={styles.muted}>
        Decoded, not checked: its signature is the business of whoever takes it. The token is not shown.
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Expires({ at }: { at: number }) {
  const isOver = at <= useNow();
  return (
    <span className={styles.expires}>
      <StatusDot state={isOver ? "changed" : "ok"} word={isOver ? "expired" : "valid"} />
      <Expiry expiresAt={at} />
      <span className={styles.muted}>{momentText(at)}</span>
    </span>
  );
}

function Part({ label, value }: { label: string; value: unknown }) {
  const read = wireValue(value);
  if (typeof read !== "object" || read === null) return <p className={styles.muted}>There is none.</p>;
  return (
    <div className={styles.tree}>
      <JsonTree label={label} value={read} root="" />
    </div>
  );
}
