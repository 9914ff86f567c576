import { Ellipsis, GripVertical } from "lucide-react";
import { Button, GridListItem } from "react-aria-components";
import { IconButton } from "@/components/Button/Button";
import { MenuButton, type MenuEntry } from "@/components/MenuButton/MenuButton";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import { Tag } from "@/components/Tag/Tag";
import type { Step } from "@/model/connector";
import { stepSummary, stepTitle } from "@/model/stepKinds";
import styles from "./FlowPane.module.css";
import { StepIcon } from "./stepIcon";

interface Props {
  step: Step;
  itemKey: string;
  state: DotState | null;
  faults: number;
  menu: readonly MenuEntry[];
}

export function StepCard({ step, itemKey, state, faults, menu }: Props) {
  const title = stepTitle(step);
  const summary = stepSummary(step);
  return (
    <GridListItem
      id={itemKey}
      textValue={title}
      className={`${styles.card} ${step.disabled ? styles.disabled : ""}`}
      data-testid={`step-${step.id}`}
    >
      <Button slot="drag" className={styles.grip ?? ""} aria-label={`Move ${title}`}>
        <GripVertical size={13} aria-hidden />
      </Button>
      <span className={styles.icon}>
        <StepIcon type={step.type} />
      </span>
      <span className={styles.words}>
        <b className={styles.title} title={title}>
          {title}
        </b>
        <span className={styles.summary} title={`${step.id} · ${summary}`}>
          {step.id} · {summary}
        </span>
      </span>
      {step.disabled ? <Tag>off</Tag> : null}
      {faults > 0 ? (
        <span className={styles.faults} role="img" aria-label={`${faults} to fix`} title={`${faults} to fix`}>
          {faults}
        </span>
      ) : null}
      {state && !step.disabled ? <StatusDot state={state} /> : null}
      <MenuButton label={`Actions for ${title}`} entries={menu}>
        <IconButton label={`More for ${title}`} hint="More" icon={<Ellipsis size={15} />} />
      </MenuButton>
    </GridListItem>
  );
}
