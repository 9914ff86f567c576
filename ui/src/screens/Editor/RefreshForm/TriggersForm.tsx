import { useState } from "react";
import { ChipsInput } from "@/components/ChipsInput/ChipsInput";
import { useEditor } from "@/editor/EditorContext";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { NumberSetting } from "@/editor/RequestEditor/NumberSetting";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { RefreshTriggers } from "@/model/connector";
import type { Path } from "@/model/path";
import { REFRESH, refreshStatuses, writtenStatuses } from "@/model/refresh";
import { readStatuses } from "../StepForm/StatusesField";

const ON: Path = [...REFRESH, "on"];

/** When a refresh runs. Where nothing is said it is a 401 alone, and the file stays without the member. */
export function TriggersForm({ on }: { on: RefreshTriggers }) {
  const { apply } = useEditor();
  const [refused, setRefused] = useState<string[]>([]);
  const set = <Member extends keyof RefreshTriggers>(member: Member, value: RefreshTriggers[Member]) => {
    const { [member]: _old, ...rest } = on;
    const next = value === undefined ? rest : { ...rest, [member]: value };
    apply({
      type: "value_set",
      at: ON,
      value: Object.keys(next).length === 0 ? undefined : next,
      typing: true,
    });
  };
  const setStatuses = (values: string[]) => {
    const isStatus = (value: string) => readStatuses(value) !== null;
    setRefused(values.filter((value) => !isStatus(value)));
    set("statuses", writtenStatuses(values.filter(isStatus).map((value) => value.toLowerCase())));
  };
  return (
    <section className={styles.group} aria-label="When it runs">
      <h2 className={styles.heading}>When it runs</h2>
      <div className={styles.grid}>
        <div>
          <ChipsInput
            label="Statuses"
            noun="status"
            values={refreshStatuses(on)}
            onChange={setStatuses}
            placeholder="No status starts it"
            isInvalid={refused.length > 0}
            description="Answers that mean that the session is over: 401, or a class such as 4xx."
          />
          {refused.length > 0 ? (
            <p className={styles.refused} role="alert">
              “{refused.join("”, “")}” is no status. Write 401, or a class such as 4xx.
            </p>
          ) : null}
          <FieldFindings at={[...ON, "statuses"]} />
        </div>
        <NumberSetting
          label="Seconds before expiry"
          value={on.before_expiry_seconds}
          placeholder="0"
          onChange={(seconds) => set("before_expiry_seconds", seconds)}
          description="Renew before the session ends; never for more than a tenth of its lifetime."
        />
        <div className={styles.wide}>
          <TemplateField
            label="Condition on the answer"
            at={[...ON, "when"]}
            value={on.when ?? ""}
            placeholder="{{ body.error == 'expired' }}"
            onChange={(when) => set("when", when === "" ? undefined : when)}
            description="Where this is true a refresh runs too, whatever the status. It sees body, headers, status and cookies."
          />
        </div>
      </div>
    </section>
  );
}
