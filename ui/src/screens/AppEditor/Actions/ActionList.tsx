import { Plus } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton, type MenuEntry } from "@/components/MenuButton/MenuButton";
import { ACTION_KINDS, newAction } from "@/model/actionKinds";
import type { Action } from "@/model/app";
import { formatPath, isInside, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import { InspectorSection } from "../Inspector/Inspector";
import { ActionRow } from "./ActionRow";
import styles from "./Actions.module.css";
import { ActionIcon } from "./actionIcon";

interface Props {
  title: string;
  about: string;
  at: Path;
  actions: readonly Action[];
}

/** What is done at an event: one action after another, until one fails. */
export function ActionList({ title, about, at, actions }: Props) {
  const entries = useNewActions(at, actions.length);
  return (
    <InspectorSection
      title={title}
      path={formatPath(at)}
      actions={
        <MenuButton label={`Kinds of action for ${title}`} entries={entries}>
          <IconButton
            label={`Add action ${title.toLowerCase()}`}
            hint="Add action"
            icon={<Plus size={15} />}
          />
        </MenuButton>
      }
    >
      <Actions label={title} at={at} actions={actions} emptyText={about} />
    </InspectorSection>
  );
}

function useNewActions(at: Path, count: number): MenuEntry[] {
  const { app, apply } = useAppEditor();
  return ACTION_KINDS.map((kind) => ({
    id: kind.type,
    label: kind.name,
    description: kind.description,
    icon: <ActionIcon type={kind.type} />,
    onAction: () => apply({ type: "item_inserted", list: at, index: count, item: newAction(kind.type, app) }),
  }));
}

interface ActionsProps {
  label: string;
  at: Path;
  actions: readonly Action[];
  emptyText: string;
}

function Actions({ label, at, actions, emptyText }: ActionsProps) {
  const { revealed, apply } = useAppEditor();
  const path = formatPath(at);
  const [open, setOpen] = useState<number | null>(null);
  const [count, setCount] = useState(actions.length);
  const [seen, setSeen] = useState(revealed);
  // A new action is open at once; so is one that a finding is about.
  if (count !== actions.length) {
    setCount(actions.length);
    setOpen(actions.length > count ? actions.length - 1 : null);
  }
  if (seen !== revealed) {
    setSeen(revealed);
    const index = actions.findIndex((_, at) => revealed && isInside(revealed.path, `${path}[${at}]`));
    if (index >= 0) setOpen(index);
  }
  if (actions.length === 0) return <p className={styles.muted}>{emptyText}</p>;
  return (
    <ol className={styles.actions} aria-label={label}>
      {actions.map((action, index) => (
        <ActionRow
          key={index}
          action={action}
          at={[...at, index]}
          list={at}
          index={index}
          count={actions.length}
          isOpen={open === index}
          onToggle={() => setOpen(open === index ? null : index)}
          onMove={(by) => {
            apply({ type: "item_moved", list: at, from: index, to: index + by });
            if (open === index) setOpen(index + by);
          }}
        />
      ))}
    </ol>
  );
}

/** What follows a call: actions inside an action. */
export function NestedActions({ title, about, at, actions }: Props) {
  const entries = useNewActions(at, actions.length);
  return (
    <div className={styles.nested} data-path={formatPath(at)}>
      <div className={styles.nestedTitle}>{title}</div>
      <Actions label={title} at={at} actions={actions} emptyText={about} />
      <div>
        <MenuButton label={`Kinds of action for ${title}`} entries={entries} placement="bottom start">
          <Button small>
            <Plus size={13} aria-hidden />
            Add action
          </Button>
        </MenuButton>
      </div>
    </div>
  );
}
