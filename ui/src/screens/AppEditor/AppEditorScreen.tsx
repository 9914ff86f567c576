import { OpeningScreen } from "@/editor/Panes/OpeningScreen";
import { usePlatform } from "@/platform/PlatformContext";
import { AppEditor } from "./AppEditor";

export function AppEditorScreen({ id }: { id: string }) {
  const platform = usePlatform();
  return (
    <OpeningScreen
      noun="app"
      id={id}
      open={() => platform.appOpen(id)}
      list={{ name: "Apps", route: { screen: "apps" } }}
    >
      {(opened) => <AppEditor opened={opened} />}
    </OpeningScreen>
  );
}
