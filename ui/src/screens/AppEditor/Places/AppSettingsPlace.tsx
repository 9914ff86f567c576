import { TextInput } from "@/components/TextInput/TextInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import { useAppEditor } from "../AppEditorContext";
import { pathsOfAppPlace } from "../appPlace";
import styles from "./Places.module.css";

/** What holds for the app as a whole. */
export function AppSettingsPlace() {
  const { app, apply } = useAppEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [member], value });
  const isAtStart = app.managed_auth_at_start !== false;
  return (
    <Place title="App settings">
      <div className={styles.fields}>
        <div data-path="name">
          <TextInput
            label="Name"
            value={app.name}
            onChange={(name) => set("name", name)}
            error={app.name.trim() === "" ? "Give it a name." : null}
            description="What people read in the window's title and on the managed auth screen."
          />
        </div>
        <div data-path="description">
          <TextInput
            label="Description"
            rows={2}
            value={app.description ?? ""}
            onChange={(text) => set("description", text === "" ? undefined : text)}
          />
        </div>
      </div>
      <section className={styles.group} aria-label="App installation">
        <h2 className={styles.heading}>App installation</h2>
        <div data-path="managed_auth_at_start">
          <Toggle
            label="Show Managed Auth screen during app start"
            description={
              isAtStart
                ? "On: before anything else the person signs in to every connector of the app, each once, on one screen."
                : "Off: the app starts at once, and asks for a sign-in at the first action that needs one."
            }
            isSelected={isAtStart}
            onChange={(on) => set("managed_auth_at_start", on ? undefined : false)}
          />
          <FieldFindings at={["managed_auth_at_start"]} />
        </div>
      </section>
      <Findings paths={pathsOfAppPlace(app, { type: "settings" })} />
    </Place>
  );
}
