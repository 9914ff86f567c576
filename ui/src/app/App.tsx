import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { NoticesProvider } from "@/components/Notices/Notices";
import { PlatformProvider } from "@/platform/PlatformContext";
import type { Platform } from "@/platform/platform";
import { AppsScreen } from "@/screens/Apps/AppsScreen";
import { CatalogueScreen } from "@/screens/Catalogue/CatalogueScreen";
import { ConnectorsScreen } from "@/screens/Connectors/ConnectorsScreen";
import { PracticeScreen } from "@/screens/Practice/PracticeScreen";
import { SettingsScreen } from "@/screens/Settings/SettingsScreen";
import { ErrorBoundary } from "./ErrorBoundary/ErrorBoundary";
import { Frame } from "./Frame/Frame";
import { newQueryClient } from "./queryClient";
import { useRoute } from "./route";
import { StudioNoticesProvider } from "./StudioNotices/StudioNotices";
import { ThemeSwitch } from "./ThemeSwitch";
import { useFocusNearby } from "./useFocusNearby";

const loadEditor = () =>
  import("@/screens/Editor/EditorScreen").then((module) => ({ default: module.EditorScreen }));
const EditorScreen = lazy(loadEditor);
const loadAppEditor = () =>
  import("@/screens/AppEditor/AppEditorScreen").then((module) => ({ default: module.AppEditorScreen }));
const AppEditorScreen = lazy(loadAppEditor);

export function App({ platform }: { platform: Platform }) {
  const [client] = useState(newQueryClient);
  useFocusNearby();
  return (
    <PlatformProvider platform={platform}>
      <QueryClientProvider client={client}>
        <ThemeSwitch />
        <NoticesProvider>
          <StudioNoticesProvider>
            <CurrentScreen />
          </StudioNoticesProvider>
        </NoticesProvider>
      </QueryClientProvider>
    </PlatformProvider>
  );
}

function CurrentScreen() {
  const route = useRoute();
  // The list is there at once; the editors' code is fetched behind it, before anybody opens a connector or an app.
  useEffect(() => {
    const timer = setTimeout(() => void loadEditor().then(loadAppEditor), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <ErrorBoundary key={route.screen === "catalogue" ? route.screen : JSON.stringify(route)}>
      <Suspense
        fallback={
          <Frame header={<b>{route.screen === "app" ? "Apps" : "Connectors"}</b>}>
            <main />
          </Frame>
        }
      >
        {route.screen === "connectors" ? <ConnectorsScreen /> : null}
        {route.screen === "catalogue" ? <CatalogueScreen id={route.id} /> : null}
        {route.screen === "connector" ? (
          <EditorScreen key={route.id} id={route.id} first={route.place} />
        ) : null}
        {route.screen === "apps" ? <AppsScreen /> : null}
        {route.screen === "app" ? <AppEditorScreen key={route.id} id={route.id} /> : null}
        {route.screen === "practice" ? <PracticeScreen /> : null}
        {route.screen === "settings" ? <SettingsScreen /> : null}
      </Suspense>
    </ErrorBoundary>
  );
}
