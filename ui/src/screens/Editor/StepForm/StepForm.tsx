import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { Note } from "@/components/Note/Note";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import type { Step } from "@/model/connector";
import { locateStep } from "@/model/document";
import { isOauthType } from "@/model/oauth";
import type { Path } from "@/model/path";
import { additionProblem, stepKind, stepTitle } from "@/model/stepKinds";
import { DeleteStepDialog } from "../FlowPane/DeleteStepDialog";
import { OauthForm } from "../OauthForm/OauthForm";
import { useStepActions } from "../useStepActions";
import { AboutStep } from "./AboutStep";
import { BasicAuthForm } from "./BasicAuthForm";
import { FormStepForm } from "./FormStepForm";
import { ApiRequestForm, PollForm } from "./RequestStepForms";
import { SetVariablesForm } from "./SetVariablesForm";
import { SsoTokenForm } from "./SsoTokenForm";
import styles from "./StepForm.module.css";

function StepFields({ step, at }: { step: Step; at: Path }) {
  switch (step.type) {
    case "form":
      return <FormStepForm step={step} at={at} />;
    case "api_request":
      return <ApiRequestForm step={step} at={at} />;
    case "poll":
      return <PollForm step={step} at={at} />;
    case "basic_auth":
      return <BasicAuthForm step={step} at={at} />;
    case "set_variables":
      return <SetVariablesForm step={step} at={at} />;
    case "sso_token":
      return <SsoTokenForm />;
    default:
      return isOauthType(step.type) ? (
        <OauthForm grant={{ type: step.type, fields: step, outputs: step.outputs ?? [], at }} />
      ) : null;
  }
}

export function StepForm({ id }: { id: string }) {
  const { document } = useEditor();
  const location = locateStep(document, id);
  const actions = useStepActions(location?.flow ?? "auth");
  const [deleting, setDeleting] = useState(false);
  if (!location) return null;
  const { step, at } = location;
  const title = stepTitle(step);
  return (
    <div className={styles.form}>
      <div className={styles.header}>
        <h1 className={styles.title} title={title}>
          {title}
        </h1>
        <span className={styles.id}>{step.id}</span>
        {title === stepKind(step.type).name ? null : <Tag>{stepKind(step.type).name}</Tag>}
        <span className={styles.spring} />
        {additionProblem(step.type, [step]) === null ? (
          <Button kind="quiet" onPress={() => actions.duplicate(step)}>
            Duplicate
          </Button>
        ) : null}
        <MenuButton
          label="Actions for this step"
          entries={[
            { id: "copy", label: "Copy", onAction: () => void actions.copy(step) },
            {
              id: "toggle",
              label: step.disabled ? "Enable" : "Disable",
              onAction: () => actions.toggle(step),
            },
            { id: "delete", label: "Delete", danger: true, onAction: () => setDeleting(true) },
          ]}
        >
          <IconButton label="More for this step" hint="More" icon={<Ellipsis size={16} />} />
        </MenuButton>
      </div>
      {step.disabled ? (
        <Note
          tone="info"
          actions={
            <Button small onPress={() => actions.toggle(step)}>
              Enable
            </Button>
          }
        >
          This step is disabled: runs leave it out, and its outputs are not there.
        </Note>
      ) : null}
      <StepFields step={step} at={at} />
      <AboutStep step={step} at={at} />
      <Findings paths={[at]} />
      {deleting ? (
        <DeleteStepDialog
          step={step}
          onClose={() => setDeleting(false)}
          onDelete={() => actions.remove(step)}
        />
      ) : null}
    </div>
  );
}
