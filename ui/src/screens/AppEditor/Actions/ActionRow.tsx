import { ChevronDown, ChevronRight, Ellipsis } from "lucide-react";
import { IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { FaultCount } from "@/editor/SidePane/FaultCount";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import { actionKind, actionSummary } from "@/model/actionKinds";
import type { Action } from "@/model/app";
import { actionRemoved } from "@/model/appEdits";
import { formatPath, isInside, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import { ActionFields } from "./ActionFields";
import styles from "./Actions.module.css";
import { ActionIcon } from "./actionIcon";

interface Props {
  action: Action;
  at: Path;
  list: Path;
  index: number;
  count: number;
  isOpen: boolean;
  onToggle: () => void;
  onMove: (by: number) => void;
}

export function ActionRow({ action, at, list, index, count, isOpen, onToggle, onMove }: Props) {
  const { app, apply, edit, diagnostics } = useAppEditor();
  const kind = actionKind(action.type);
  const summary = actionSummary(action, app);
  const path = formatPath(at);
  const faults = diagnostics.filter((one) => one.severity === "error" && isInside(one.path, path)).length;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className={styles.action} data-path={path}>
      <div className={styles.head}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
          <Chevron size={13} aria-hidden />
          <ActionIcon type={action.type} />
          <span className={styles.words}>
            <span className={styles.name} title={kind.name}>
              {kind.name}
            </span>
            <span className={styles.summary} title={summary}>
              {summary}
            </span>
          </span>
          {action.when ? <span className={styles.muted}>if</span> : null}
          <FaultCount count={isOpen ? 0 : faults} />
        </button>
        <MenuButton
          label={`Actions for ${kind.name}`}
          entries={[
            { id: "up", label: "Move up", disabled: index === 0, onAction: () => onMove(-1) },
            { id: "down", label: "Move down", disabled: index === count - 1, onAction: () => onMove(1) },
            {
              id: "duplicate",
              label: "Duplicate",
              onAction: () => apply({ type: "item_inserted", list, index: index + 1, item: action }),
            },
            {
              id: "delete",
              label: "Delete",
              danger: true,
              onAction: () => edit("delete action", actionRemoved(app, list, index)),
            },
          ]}
        >
          <IconButton label={`More for action ${index + 1}`} hint="More" icon={<Ellipsis size={15} />} />
        </MenuButton>
      </div>
      {isOpen ? (
        <div className={styles.fields}>
          <ActionFields action={action} at={at} />
          <TemplateField
            label="Only when"
            at={[...at, "when"]}
            value={action.when ?? ""}
            placeholder="Always"
            onChange={(when) =>
              apply({ type: "value_set", at: [...at, "when"], value: when === "" ? undefined : when })
            }
          />
          <FieldFindings at={[...at, "type"]} />
        </div>
      ) : null}
    </li>
  );
}
