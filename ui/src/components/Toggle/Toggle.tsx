import { Check as CheckIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox, Switch } from "react-aria-components";
import styles from "./Toggle.module.css";

interface Props {
  label: string;
  labelHidden?: boolean;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  description?: ReactNode;
}

export function Toggle({ label, labelHidden, description, ...props }: Props) {
  return (
    <Switch {...props} aria-label={labelHidden ? label : undefined} className={styles.row ?? ""}>
      <span className={styles.track} aria-hidden>
        <span className={styles.knob} />
      </span>
      {labelHidden ? null : (
        <span>
          {label}
          {description ? <span className={styles.description}>{description}</span> : null}
        </span>
      )}
    </Switch>
  );
}

export function Check({ label, labelHidden, description, ...props }: Props) {
  return (
    <Checkbox {...props} aria-label={labelHidden ? label : undefined} className={styles.row ?? ""}>
      <span className={styles.box} aria-hidden>
        <CheckIcon size={12} strokeWidth={3} />
      </span>
      {labelHidden ? null : (
        <span>
          {label}
          {description ? <span className={styles.description}>{description}</span> : null}
        </span>
      )}
    </Checkbox>
  );
}
