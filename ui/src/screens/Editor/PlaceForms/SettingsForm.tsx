import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { TextInput } from "@/components/TextInput/TextInput";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { pathOfPlace } from "@/editor/place";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Path } from "@/model/path";
import { AuthMethodPicker } from "../AuthMethod/AuthMethodPicker";
import { NetworkFields } from "./NetworkFields";

export function SettingsForm() {
  const { document, apply, filePath } = useEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [member], value });
  const setText = (member: string) => (value: string) => set(member, value === "" ? undefined : value);
  return (
    <Place title="Connector settings">
      <div className={styles.grid}>
        <TextInput
          label="Name"
          value={document.name}
          onChange={(name) => set("name", name)}
          error={document.name.trim() === "" ? "Give it a name." : null}
        />
        <AuthMethodPicker />
        <div className={styles.wide}>
          <TemplateField
            label="Base URL"
            at={["base_url"]}
            value={document.base_url}
            onChange={(value) => set("base_url", value)}
            placeholder="https://api.acme.example/v2"
          />
        </div>
        <div className={styles.wide}>
          <TextInput
            label="Description"
            rows={2}
            value={document.description ?? ""}
            onChange={setText("description")}
          />
        </div>
        <div className={styles.wide}>
          <TextInput
            label="Documentation URL"
            mono
            value={document.documentation_url ?? ""}
            onChange={setText("documentation_url")}
            placeholder="https://"
          />
        </div>
      </div>
      <div className={styles.half}>
        <TemplateField
          label="Account name"
          at={["account_name"]}
          value={document.account_name ?? ""}
          onChange={setText("account_name")}
          placeholder="{{ login.body.user.email }}"
          description="Which output says who is signed in. It is shown with the account."
        />
      </div>
      <AllowedOrigins origins={document.allowed_origins ?? []} />
      <NetworkFields network={document.network ?? {}} />
      {filePath ? (
        <p className={styles.muted}>
          Saved to <code className={styles.mono}>{filePath}</code>
        </p>
      ) : null}
      <Findings paths={pathOfPlace(document, { type: "settings" })} />
    </Place>
  );
}

function AllowedOrigins({ origins }: { origins: readonly string[] }) {
  const { apply } = useEditor();
  const at: Path = ["allowed_origins"];
  return (
    <section className={styles.group} aria-label="Allowed origins">
      <h2 className={styles.heading}>Allowed origins</h2>
      <p className={styles.muted}>
        Servers whose address comes out of an answer or a form. Those written in this connector need no entry.
      </p>
      {origins.map((origin, index) => (
        <div key={index} className={styles.line}>
          <TextInput
            label={`Origin ${index + 1}`}
            labelHidden
            mono
            value={origin}
            placeholder="https://*.example.com"
            onChange={(value) => apply({ type: "value_set", at: [...at, index], value })}
          />
          <IconButton
            label={`Delete origin ${index + 1}`}
            icon={<Trash2 size={14} />}
            onPress={() =>
              origins.length === 1
                ? apply({ type: "value_set", at, value: undefined })
                : apply({ type: "item_removed", list: at, index })
            }
          />
        </div>
      ))}
      <div>
        <Button
          small
          onPress={() => apply({ type: "item_inserted", list: at, index: origins.length, item: "https://" })}
        >
          <Plus size={13} aria-hidden />
          Add origin
        </Button>
      </div>
    </section>
  );
}
