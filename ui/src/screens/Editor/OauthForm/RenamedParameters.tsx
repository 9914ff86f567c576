import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { TextInput } from "@/components/TextInput/TextInput";
import { STANDARD_PARAMETERS } from "@/model/oauth";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

/** Standard parameters that this provider knows under another name, everywhere they are sent. */
export function RenamedParameters({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const names = Object.entries(grant.fields.param_names ?? {});
  const used = new Set(names.map(([standard]) => standard));
  const free = STANDARD_PARAMETERS.filter((standard) => !used.has(standard));
  const write = (next: readonly (readonly [string, string])[], typing = false) =>
    edit({ param_names: Object.fromEntries(next) }, typing);
  const [next] = free;
  return (
    <div className={styles.stackTight}>
      {names.length === 0 ? <p className={styles.muted}>Every parameter has its standard name.</p> : null}
      {names.map(([standard, name], index) => (
        <fieldset key={standard} className={styles.renamed} aria-label={`renamed parameter ${index + 1}`}>
          <SelectInput
            label={`Standard name of renamed parameter ${index + 1}`}
            labelHidden
            value={standard}
            choices={[standard, ...free].map((one) => ({ value: one, label: one }))}
            onChange={(chosen) => write(names.with(index, [chosen, name]))}
          />
          <TextInput
            label={`Name that ${standard} is sent under`}
            labelHidden
            mono
            placeholder="app_id"
            value={name}
            onChange={(text) => write(names.with(index, [standard, text]), true)}
          />
          <IconButton
            label={`Delete renamed parameter ${standard}`}
            hint="Delete"
            icon={<Trash2 size={14} />}
            onPress={() => write(names.filter((_, at) => at !== index))}
          />
        </fieldset>
      ))}
      <div>
        <Button
          small
          isDisabled={next === undefined}
          onPress={() => next !== undefined && write([...names, [next, ""]])}
        >
          <Plus size={13} aria-hidden />
          Add renamed parameter
        </Button>
      </div>
    </div>
  );
}
