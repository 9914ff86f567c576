import { FileKey2 } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { useNotices } from "@/components/Notices/Notices";
import { TextInput } from "@/components/TextInput/TextInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { SecretField } from "@/editor/SecretField/SecretField";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Network } from "@/model/connector";
import { formatPath } from "@/model/path";
import { usePlatform } from "@/platform/PlatformContext";

const AT = ["network"] as const;
const IDENTITY = ["network", "client_certificate"] as const;

/** How the servers are reached, by the steps, token calls, the test request and endpoints alike. */
export function NetworkFields({ network }: { network: Network }) {
  const { apply } = useEditor();
  const set = (member: keyof Network, value: unknown) => {
    const { [member]: _old, ...rest } = network;
    const next = value === undefined ? rest : { ...rest, [member]: value };
    apply({
      type: "value_set",
      at: AT,
      value: Object.keys(next).length === 0 ? undefined : next,
      typing: true,
    });
  };
  return (
    <section className={styles.group} aria-label="Network">
      <h2 className={styles.heading}>Network</h2>
      <p className={styles.muted}>For the steps, token calls, the test request and endpoints alike.</p>
      <div className={styles.roomy}>
        <TemplateField
          label="Proxy"
          at={[...AT, "proxy"]}
          value={network.proxy ?? ""}
          placeholder="http://proxy.example:3128"
          description="An http or https address. Left empty, servers are called directly."
          onChange={(proxy) => set("proxy", proxy === "" ? undefined : proxy)}
        />
        <Authority
          value={network.ca_certificate ?? ""}
          onChange={(value) => set("ca_certificate", value === "" ? undefined : value)}
        />
        <ClientCertificate
          identity={network.client_certificate}
          onChange={(identity) => set("client_certificate", identity)}
        />
        <div data-path={formatPath([...AT, "accept_invalid_certificates"])}>
          <Toggle
            label="Accept invalid certificates"
            description="Only for servers of your own: anybody in between could read along. Whoever opens this connector sees it."
            isSelected={network.accept_invalid_certificates === true}
            onChange={(on) => set("accept_invalid_certificates", on ? true : undefined)}
          />
          <FieldFindings at={[...AT, "accept_invalid_certificates"]} />
        </div>
      </div>
    </section>
  );
}

/** A certificate authority of one's own: a file, or its text in the connector. */
function Authority({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const platform = usePlatform();
  const notices = useNotices();
  const isFile = value !== "" && !value.includes("-----BEGIN");
  const choose = async () => {
    try {
      const path = await platform.certificateChoose();
      if (path !== null) onChange(path);
    } catch (cause) {
      notices.fail("No file was chosen", cause);
    }
  };
  const at = [...AT, "ca_certificate"];
  return (
    <div className={styles.stack} data-path={formatPath(at)}>
      <TextInput
        label="CA certificate"
        mono
        rows={isFile || value === "" ? 2 : 6}
        value={value}
        placeholder="-----BEGIN CERTIFICATE-----"
        description={
          isFile
            ? "A file on this computer. For others, paste its text here instead."
            : "Trusted beside the well-known ones: PEM text, or the path of a file with it."
        }
        onChange={onChange}
      />
      <FieldFindings at={at} />
      <div>
        <Button small onPress={() => void choose()}>
          <FileKey2 size={13} aria-hidden />
          Choose a file
        </Button>
      </div>
    </div>
  );
}

/** Who the client is to a server that asks for a certificate (mutual TLS). */
function ClientCertificate({
  identity,
  onChange,
}: {
  identity: Network["client_certificate"];
  onChange: (identity: Network["client_certificate"]) => void;
}) {
  const { apply } = useEditor();
  return (
    <div className={styles.stack} data-path={formatPath(IDENTITY)}>
      <Toggle
        label="Client certificate"
        description="For servers that ask who calls by a certificate (mutual TLS)."
        isSelected={identity !== undefined}
        onChange={(on) => onChange(on ? { certificate: "", key: "" } : undefined)}
      />
      {identity ? (
        <div className={styles.grid}>
          <SecretField
            label="Certificate"
            at={[...IDENTITY, "certificate"]}
            value={identity.certificate}
            onChange={(value) => apply({ type: "value_set", at: [...IDENTITY, "certificate"], value })}
            variable="client_certificate"
            description="As PEM, with the chain where the server wants it."
          />
          <SecretField
            label="Private key"
            at={[...IDENTITY, "key"]}
            value={identity.key}
            onChange={(value) => apply({ type: "value_set", at: [...IDENTITY, "key"], value })}
            variable="client_certificate_key"
            description="As PEM, without a passphrase."
          />
        </div>
      ) : null}
      <FieldFindings at={IDENTITY} isOwn />
    </div>
  );
}
