import { Plus } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { CONTROL_KINDS } from "@/model/controlKinds";
import { ControlIcon } from "./controlIcon";
import { useControlActions } from "./useControlActions";

/** The kinds of control, with a word about each. */
export function AddControl({ grow = false, primary = false }: { grow?: boolean; primary?: boolean }) {
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
      <Button grow={grow} kind={primary ? "primary" : "plain"}>
        <Plus size={14} aria-hidden />
        Add control
      </Button>
    </MenuButton>
  );
}
