import { Plus } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { CONTROL_KINDS } from "@/model/controlKinds";
import { ControlIcon } from "./controlIcon";
import { useControlActions } from "./useControlActions";

interface Props {
  grow?: boolean;
  primary?: boolean;
  /** What it is called where there is another one: "Add control here". */
  label?: string;
}

/** The kinds of control, with a word about each. */
export function AddControl({ grow = false, primary = false, label = "Add control" }: Props) {
  const actions = useControlActions();
  return (
    <MenuButton
      label="Kinds of control"
      placement="bottom start"
      entries={CONTROL_KINDS.map((kind) => ({
        id: kind.type,
        label: kind.name,
        description: kind.description,
        icon: <ControlIcon type={kind.type} />,
        onAction: () => actions.add(kind.type),
      }))}
    >
      <Button grow={grow} aria-label={label} kind={primary ? "primary" : "plain"}>
        <Plus size={14} aria-hidden />
        Add control
      </Button>
    </MenuButton>
  );
}
