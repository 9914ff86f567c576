import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ErrorBoundary } from "@/app/ErrorBoundary/ErrorBoundary";
import { newQueryClient } from "@/app/queryClient";
import { useTheme } from "@/app/theme";
import { useFocusNearby } from "@/app/useFocusNearby";
import { VaultBanner } from "@/app/VaultBanner/VaultBanner";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { NoticesProvider, useNotices } from "@/components/Notices/Notices";
import { Spoken } from "@/components/Spoken/Spoken";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import type { AppPlatform } from "@/platform/appPlatform";
import { AppPlatformProvider, useAppPlatform } from "@/platform/PlatformContext";
import { AppFrame } from "./AppFrame/AppFrame";
import styles from "./AppWindow.module.css";
import { AppScreen } from "./Controls/AppScreen";
import { ManagedAuthScreen } from "./ManagedAuth/ManagedAuthScreen";
import { SharedSignOutDialog } from "./SharedSignOut/SharedSignOutDialog";
import { SignInDialog } from "./SignInDialog/SignInDialog";
import { useFocusKept } from "./useFocusKept";
import { useRunningApp } from "./useRunningApp";

/** The whole window of a running app, as its end user sees it. */
export function AppWindow({ platform }: { platform: AppPlatform }) {
  const [client] = useState(newQueryClient);
  useFocusNearby();
  return (
    <AppPlatformProvider platform={platform}>
      <QueryClientProvider client={client}>
        <NoticesProvider>
          <ErrorBoundary
            words="Your sign-ins are safe. Try again, or close this window and open the app once more."
            wayOut={{ label: "Quit", go: () => void platform.appQuit().catch(() => undefined) }}
          >
            <RunningAppWindow />
          </ErrorBoundary>
        </NoticesProvider>
      </QueryClientProvider>
    </AppPlatformProvider>
  );
}

function RunningAppWindow() {
  const platform = useAppPlatform();
  const notices = useNotices();
  const { state, dispatch, failure, startAgain } = useRunningApp();
  const { app, screen, managedAuth, signInAsked, sharedSignOutAsked } = state;
  useTheme(app?.theme ?? "system");
  useEffect(() => {
    if (app) document.title = app.name;
  }, [app]);
  const isCovered = managedAuth !== null;
  const under = useFocusKept(isCovered);
  if (failure) return <NotStarted message={failure.message} hint={failure.hint} onAgain={startAgain} />;
  return (
    <div className={styles.window}>
      <VaultBanner />
      <div className={styles.place}>
        {app && (screen || !isCovered) ? (
          <div className={styles.under} data-covered={isCovered || undefined} inert={isCovered} ref={under}>
            <AppFrame
              app={app}
              current={screen?.screen ?? null}
              onGo={(to) =>
                platform.appGo(to).catch((cause) => notices.fail("The screen was not opened", cause))
              }
            >
              {/* What the page keeps of a screen is of the past once the app has started anew. */}
              {screen ? <AppScreen key={`${screen.start}/${screen.screen}`} view={screen} /> : <Starting />}
            </AppFrame>
          </div>
        ) : null}
        {app && managedAuth ? <ManagedAuthScreen app={app} view={managedAuth} /> : null}
        {app === null ? <Starting /> : null}
      </div>
      {signInAsked.length > 0 && !isCovered ? <SignInDialog connectors={signInAsked} /> : null}
      {sharedSignOutAsked.length > 0 ? (
        <SharedSignOutDialog
          connectors={sharedSignOutAsked}
          onAnswered={() => dispatch({ event: "shared_sign_out_answered" })}
        />
      ) : null}
    </div>
  );
}

function Starting() {
  return (
    <p className={styles.starting} role="status">
      <StatusDot state="running" word="starting" />
      Starting…
    </p>
  );
}

function NotStarted({
  message,
  hint,
  onAgain,
}: {
  message: string;
  hint: string | null;
  onAgain: () => void;
}) {
  const platform = useAppPlatform();
  return (
    <main className={styles.notStarted} role="alert">
      <EmptyState
        title="The app did not start"
        actions={
          <>
            <Button kind="primary" onPress={onAgain}>
              Try again
            </Button>
            <Button onPress={() => void platform.appQuit().catch(() => undefined)}>Quit</Button>
          </>
        }
      >
        <Spoken text={message} /> {hint}
      </EmptyState>
    </main>
  );
}
