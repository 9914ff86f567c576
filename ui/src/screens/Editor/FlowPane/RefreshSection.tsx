import { Button } from "@/components/Button/Button";
import { useEditor } from "@/editor/EditorContext";
import { PartList, SideButtons, SideSection } from "@/editor/SidePane/SidePane";
import { isMultistep } from "@/model/document";
import {
  MORE_REFRESH_KINDS,
  REFRESH,
  REFRESH_KINDS,
  refreshOf,
  selfRenewalWords,
  selfRenewing,
  triggerWords,
} from "@/model/refresh";
import styles from "./FlowPane.module.css";
import { Part } from "./Parts";
import { RefreshTests } from "./RefreshTests";
import { StepList } from "./StepList";

/** What renews the session when it is over: its steps, and the way to its settings. */
export function RefreshSection() {
  const { document, apply, open } = useEditor();
  const isFlow = isMultistep(document.auth);
  const refresh = refreshOf(document);
  const renewing = selfRenewing(document);
  const updates = refresh.updates?.length ?? 0;
  const begin = () => {
    apply({ type: "value_set", at: REFRESH, value: { ...refresh, mode: "steps" } });
    open({ type: "refresh" });
  };
  return (
    <SideSection
      title={isFlow ? "Refresh flow" : "Renewal"}
      isLater
      note={refresh.mode === "none" && renewing ? "by itself" : triggerWords(refresh)}
    >
      {refresh.mode === "none" ? (
        <>
          <p className={styles.hint}>
            {renewing
              ? selfRenewalWords(renewing, isFlow)
              : "None: when the session is over, the person signs in again."}
          </p>
          {isFlow ? (
            <SideButtons>
              <Button small onPress={begin}>
                Set up a refresh flow
              </Button>
            </SideButtons>
          ) : null}
        </>
      ) : (
        <>
          {refresh.mode === "steps" ? (
            <StepList
              flow="refresh"
              label="Steps of the refresh flow"
              kinds={REFRESH_KINDS}
              moreKinds={MORE_REFRESH_KINDS}
              whenEmpty="No steps yet. Add the request that renews the session, then say what it updates."
            />
          ) : (
            <p className={styles.hint}>The steps of the auth flow run again.</p>
          )}
          <div className={styles.below}>
            <PartList>
              <Part
                place={{ type: "refresh" }}
                path="auth.refresh"
                besides="auth.refresh.steps"
                name="Refresh settings"
                value={
                  refresh.mode === "steps"
                    ? `${updates} ${updates === 1 ? "update" : "updates"}`
                    : "same as auth flow"
                }
              />
            </PartList>
          </div>
        </>
      )}
      {refresh.mode !== "none" || renewing ? <RefreshTests /> : null}
    </SideSection>
  );
}
