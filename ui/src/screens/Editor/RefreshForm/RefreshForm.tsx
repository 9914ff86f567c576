import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import type { Refresh, RefreshMode } from "@/model/connector";
import { REFRESH, refreshOf, selfRenewalWords, selfRenewing } from "@/model/refresh";
import { TriggersForm } from "./TriggersForm";
import { UpdatesEditor } from "./UpdatesEditor";

/** Whether and when the session is renewed, by what, and what takes new values from it. Its steps are on the left. */
export function RefreshForm() {
  const { document, apply } = useEditor();
  const refresh = refreshOf(document);
  const { mode } = refresh;
  const set = (next: Refresh) => apply({ type: "value_set", at: REFRESH, value: next });
  const setMode = (next: RefreshMode) => set({ ...refresh, mode: next });
  const setStored = (on: boolean) => {
    const { use_stored_credentials: _old, ...rest } = refresh;
    set(on ? { ...rest, use_stored_credentials: true } : rest);
  };
  return (
    <Place
      title="Refresh flow"
      about="Runs by itself when the API says that the session is over. Then the request is sent again, once."
    >
      <div className={styles.stack}>
        <Toggle
          label="Use a refresh flow"
          description={refreshWords(mode, selfRenewing(document))}
          isSelected={mode !== "none"}
          onChange={(on) => setMode(on ? "steps" : "none")}
        />
        <Toggle
          label="Same as auth flow"
          description={
            mode === "same_as_auth_flow"
              ? "The steps of the auth flow run again, in their order, and all their outputs take new values."
              : "Off: the refresh flow has steps of its own. On: the steps of the auth flow run again."
          }
          isSelected={mode === "same_as_auth_flow"}
          onChange={(on) => setMode(on ? "same_as_auth_flow" : "steps")}
        />
        {mode === "none" ? null : (
          <Toggle
            label="Use stored credentials"
            description="A form is answered from what the person gave before, without showing it; one-time codes never are."
            isSelected={refresh.use_stored_credentials === true}
            onChange={setStored}
          />
        )}
      </div>
      {mode === "steps" ? <UpdatesEditor updates={refresh.updates ?? []} /> : null}
      {mode === "none" ? null : <TriggersForm on={refresh.on ?? {}} />}
      <Findings paths={[REFRESH]} />
    </Place>
  );
}

function refreshWords(mode: RefreshMode, renewing: string | null): string {
  if (mode !== "none") {
    return "On: the session is renewed without the person. Off: nothing runs, and the person signs in again.";
  }
  return renewing
    ? `Off. ${selfRenewalWords(renewing, true)}`
    : "Off: when the session is over, the person signs in again.";
}
