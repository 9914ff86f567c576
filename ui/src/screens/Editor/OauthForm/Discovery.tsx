import { Check, Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import type { OauthMember } from "@/model/connector";
import { hostOfTemplate, usesBrowser } from "@/model/oauth";
import type { Discovered } from "@/platform/wire";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

interface Props {
  grant: GrantPlace;
  found: Discovered;
  onClose: () => void;
}

interface FoundField {
  member: OauthMember &
    ("issuer" | "authorization_url" | "device_authorization_url" | "token_url" | "revocation_url");
  label: string;
  value: string;
}

/** What of the metadata this kind of step has a field for. */
function foundFields(grant: GrantPlace, found: Discovered): FoundField[] {
  const isDevice = grant.type === "oauth2_device_code";
  const offered: (Omit<FoundField, "value"> & { value: string | null; wanted: boolean })[] = [
    { member: "issuer", label: "Issuer", value: found.issuer, wanted: found.issuer !== grant.fields.issuer },
    {
      member: "authorization_url",
      label: "Authorization URL",
      value: found.authorization_url,
      wanted: usesBrowser(grant.type),
    },
    {
      member: "device_authorization_url",
      label: "Device authorization URL",
      value: found.device_authorization_url,
      wanted: isDevice,
    },
    { member: "token_url", label: "Token URL", value: found.token_url, wanted: true },
    { member: "revocation_url", label: "Revocation URL", value: found.revocation_url, wanted: true },
  ];
  return offered.flatMap(({ member, label, value, wanted }) =>
    wanted && value !== null ? [{ member, label, value }] : [],
  );
}

const PKCE_WORDS: Record<Discovered["pkce"], string> = {
  S256: "S256 is supported.",
  plain: "Only plain is supported.",
  unknown: "Nothing is said about it.",
};

const AUTH_WORDS: Record<NonNullable<Discovered["client_auth"]>, string> = {
  basic: "basic",
  post: "post",
  none: "none",
  private_key_jwt: "a signed assertion",
};

const MOST_SCOPES = 24;

/** What an issuer publishes, beside what the step has. Nothing is changed until the person says so. */
export function Discovery({ grant, found, onClose }: Props) {
  const edit = useGrantEdit(grant.at);
  const fields = foundFields(grant, found);
  const changed = fields.filter((field) => grant.fields[field.member] !== field.value);
  const known = new Set(grant.fields.scopes ?? []);
  return (
    <section className={styles.found} aria-label="What the issuer publishes">
      <div className={styles.foundHead}>
        <b>Found at {hostOfTemplate(found.issuer) ?? found.issuer}</b>
        <span className={styles.spring} />
        {changed.length > 0 ? (
          <Button
            small
            kind="primary"
            onPress={() => edit(Object.fromEntries(changed.map((field) => [field.member, field.value])))}
          >
            Fill in
          </Button>
        ) : (
          <span className={styles.done}>
            <Check size={13} aria-hidden />
            Filled in
          </span>
        )}
        <IconButton label="Close what was found" hint="Close" icon={<X size={14} />} onPress={onClose} />
      </div>
      <dl className={styles.foundList}>
        {fields.map((field) => {
          const current = grant.fields[field.member];
          const replaces = current !== undefined && current !== field.value;
          return (
            <div key={field.member}>
              <dt>{field.label}</dt>
              <dd>
                <span className={styles.mono}>{field.value}</span>
                {current === field.value ? (
                  <Check size={13} className={styles.same} role="img" aria-label="as it is set" />
                ) : null}
                {replaces ? <span className={styles.replaces}>instead of {current}</span> : null}
              </dd>
            </div>
          );
        })}
        <div>
          <dt>PKCE</dt>
          <dd>{PKCE_WORDS[found.pkce]}</dd>
        </div>
        {found.client_auth ? (
          <div>
            <dt>Client authentication</dt>
            <dd>Automatic takes {AUTH_WORDS[found.client_auth]}.</dd>
          </div>
        ) : null}
        {found.scopes.length > 0 ? (
          <div>
            <dt>Scopes</dt>
            <dd className={styles.offered}>
              {found.scopes.slice(0, MOST_SCOPES).map((scope) => (
                <Button
                  key={scope}
                  small
                  aria-label={known.has(scope) ? `Scope ${scope} is asked for` : `Add scope ${scope}`}
                  isDisabled={known.has(scope)}
                  onPress={() => edit({ scopes: [...known, scope] })}
                >
                  {known.has(scope) ? <Check size={12} aria-hidden /> : <Plus size={12} aria-hidden />}
                  {scope}
                </Button>
              ))}
              {found.scopes.length > MOST_SCOPES ? (
                <span className={styles.muted}>and {found.scopes.length - MOST_SCOPES} more</span>
              ) : null}
            </dd>
          </div>
        ) : null}
      </dl>
      {found.origins.length > 0 ? (
        <Note tone="warn">
          Some of these are on other servers than the issuer: {found.origins.join(", ")}. Filled in, the
          connector may send there.
        </Note>
      ) : null}
    </section>
  );
}
