import { useNotices } from "@/components/Notices/Notices";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import type { Signing, SigningType } from "@/model/connector";
import { isMultistep } from "@/model/document";
import { writeJson } from "@/model/json";
import { newSigning, SIGNING_NAMES } from "@/model/signing";
import { AwsSigV4Fields } from "./AwsSigV4Fields";
import { OAuth1Fields } from "./OAuth1Fields";

const AT = ["auth", "signing"] as const;

const CHOICES = [
  { value: "none", label: "None", description: "Requests are sent as they are" },
  {
    value: "aws_sigv4",
    label: "AWS Signature Version 4",
    description: "For AWS, and what speaks its language",
  },
  { value: "oauth1", label: "OAuth 1.0a", description: "A key and a token, each with its secret (RFC 5849)" },
] as const;

function isFilledIn(signing: Signing): boolean {
  return writeJson(signing) !== writeJson(newSigning(signing.type));
}

/** The signature of a flow: over the test request and the endpoints, with what the steps left. */
export function SigningForm() {
  const { document, apply } = useEditor();
  const notices = useNotices();
  const signing = isMultistep(document.auth) ? document.auth.signing : undefined;
  const choose = (type: "none" | SigningType) => {
    if (type === (signing?.type ?? "none")) return;
    apply({ type: "value_set", at: AT, value: type === "none" ? undefined : newSigning(type) });
    if (signing && isFilledIn(signing)) {
      notices.tellUndoable(`“${SIGNING_NAMES[signing.type]}” was taken out.`);
    }
  };
  return (
    <Place
      title="Signing"
      about="The last thing added to the test request and to every endpoint, over all that they send; never to the steps."
    >
      <div className={styles.half}>
        <SelectInput label="Signature" value={signing?.type ?? "none"} choices={CHOICES} onChange={choose} />
      </div>
      {signing?.type === "aws_sigv4" ? <AwsSigV4Fields aws={signing} at={AT} /> : null}
      {signing?.type === "oauth1" ? <OAuth1Fields oauth={signing} at={AT} /> : null}
      {signing ? (
        <p className={styles.muted}>
          Each field can use the outputs of the steps, such as temporary credentials that a step asked for.
        </p>
      ) : null}
      <Findings paths={[AT]} />
    </Place>
  );
}
