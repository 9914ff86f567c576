import { SegmentedInput } from "@/components/SegmentedInput/SegmentedInput";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Source } from "@/model/app";
import { formatPath, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import { CallFields } from "./CallFields";
import { InspectorSection } from "./Inspector";
import styles from "./Inspector.module.css";

const NO_SOURCE: Source = { connector: "", endpoint: "" };

/** Where a control's data comes from, and when it is fetched. */
export function SourceFields({ source, at }: { source: Source | undefined; at: Path }) {
  const { apply } = useAppEditor();
  const isManual = source?.run === "manual";
  return (
    <InspectorSection title="Data" path={formatPath(at)}>
      <CallFields
        call={source ?? NO_SOURCE}
        at={at}
        none={{
          label: "None",
          onChoose: () => apply({ type: "value_set", at, value: undefined, typing: false }),
        }}
      />
      {source ? (
        <>
          <div>
            <SegmentedInput
              label="Fetched"
              value={source.run ?? "auto"}
              choices={[
                { value: "auto", label: "By itself" },
                { value: "manual", label: "When an action loads it" },
              ]}
              onChange={(run) =>
                apply({
                  type: "value_set",
                  at: [...at, "run"],
                  value: run === "auto" ? undefined : run,
                  typing: false,
                })
              }
            />
            <p className={styles.muted}>
              {isManual
                ? "Only when an action “Load a control again” names it."
                : "When its screen is shown, and when its inputs take other values."}
            </p>
          </div>
          <TemplateField
            label="Only when"
            at={[...at, "when"]}
            value={source.when ?? ""}
            placeholder="Always"
            description="Keeps it from being fetched where this is false."
            onChange={(when) =>
              apply({ type: "value_set", at: [...at, "when"], value: when === "" ? undefined : when })
            }
          />
        </>
      ) : null}
    </InspectorSection>
  );
}
