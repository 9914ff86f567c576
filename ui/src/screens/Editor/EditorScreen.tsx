import { OpeningScreen } from "@/editor/Panes/OpeningScreen";
import { usePlatform } from "@/platform/PlatformContext";
import { ConnectorEditor } from "./ConnectorEditor";

export function EditorScreen({ id }: { id: string }) {
  const platform = usePlatform();
  return (
    <OpeningScreen
      noun="connector"
      id={id}
      open={() => platform.connectorOpen(id)}
      list={{ name: "Connectors", route: { screen: "connectors" } }}
    >
      {(opened) => <ConnectorEditor opened={opened} />}
    </OpeningScreen>
  );
}
