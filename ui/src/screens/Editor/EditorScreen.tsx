import { OpeningScreen } from "@/editor/Panes/OpeningScreen";
import { usePlatform } from "@/platform/PlatformContext";
import { ConnectorEditor } from "./ConnectorEditor";

/** `first` is what of the connector is open to begin with, in place of its first step. */
export function EditorScreen({ id, first }: { id: string; first: "variables" | undefined }) {
  const platform = usePlatform();
  return (
    <OpeningScreen
      noun="connector"
      id={id}
      open={() => platform.connectorOpen(id)}
      list={{ name: "Connectors", route: { screen: "connectors" } }}
    >
      {(opened) => <ConnectorEditor opened={opened} first={first} />}
    </OpeningScreen>
  );
}
