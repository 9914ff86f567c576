import { useMutation } from "@tanstack/react-query";
import { Frame, Page } from "@/app/Frame/Frame";
import { KEYS, useConnectors, useStale, useStudioStatus } from "@/app/queries";
import { goTo } from "@/app/route";
import { useSampleApp } from "@/app/useSampleApp";
import { Button } from "@/components/Button/Button";
import { useNotices } from "@/components/Notices/Notices";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { sentence } from "@/model/sentence";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./PracticeScreen.module.css";

export function PracticeScreen() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const sandbox = useStudioStatus().data?.sandbox;
  const switched = useMutation({
    mutationFn: (run: boolean) => (run ? platform.sandboxStart() : platform.sandboxStop()),
    onSuccess: () => stale(KEYS.status),
    onError: (error) => notices.fail("The practice provider did not switch", error),
  });
  const samples = useMutation({
    mutationFn: () => platform.samplesAdd(),
    onSuccess: (ids) => {
      stale(KEYS.connectors, KEYS.apps, KEYS.status);
      notices.tell("The samples are there.");
      if (ids.length > 0) goTo({ screen: "connectors" });
    },
    onError: (error) => notices.fail("The samples were not added", error),
  });
  const running = sandbox?.running ?? false;
  return (
    <Frame header={<b className={styles.crumb}>Practice provider</b>}>
      <Page title="Practice provider">
        <p className={styles.lead}>
          A small API on this computer to learn and try sign-ins with: a form login, a JSON login, tokens that
          expire, contacts to fetch. It listens only here, and only while you want it to.
        </p>
        <section className={styles.card} aria-label="Practice provider">
          <div className={styles.state}>
            <StatusDot state={running ? "ok" : "idle"} word={running ? "running" : "stopped"} />
            <b>{running ? "Running" : "Stopped"}</b>
            {sandbox?.base_url ? <code className={styles.address}>{sandbox.base_url}</code> : null}
          </div>
          <div className={styles.actions}>
            {running && sandbox?.base_url ? (
              <Button
                onPress={() => {
                  const address = sandbox.base_url ?? "";
                  platform.clipboardWrite(address).then(
                    () => notices.tell("Its address was copied."),
                    (error) => notices.fail("The address was not copied", error),
                  );
                }}
              >
                Copy address
              </Button>
            ) : null}
            <Button
              kind={running ? "plain" : "primary"}
              isDisabled={switched.isPending}
              onPress={() => switched.mutate(!running)}
            >
              {running ? "Stop" : "Start"}
            </Button>
          </div>
        </section>
        <SamplesCard onAdd={() => samples.mutate()} isAdding={samples.isPending} />
        <SampleAppCard />
      </Page>
    </Frame>
  );
}

function SamplesCard({ onAdd, isAdding }: { onAdd: () => void; isAdding: boolean }) {
  const count = useConnectors("").data?.total ?? 0;
  const { app } = useSampleApp();
  return (
    <section className={styles.card} aria-label="Samples">
      <div>
        <b>Samples</b>
        <p className={styles.muted}>
          Ready-made sign-ins against the practice provider, to open and to test, and an app on two of them.
          {count > 0 ? " What you made yourself is not touched." : ""}
        </p>
      </div>
      <div className={styles.actions}>
        <Button onPress={onAdd} isDisabled={isAdding}>
          {app ? "Add missing samples" : "Add samples"}
        </Button>
      </div>
    </section>
  );
}

function SampleAppCard() {
  const { app, preview } = useSampleApp();
  if (!app) return null;
  return (
    <section className={styles.card} aria-label="Sample app">
      <div>
        <b>{app.name}</b>
        <p className={styles.muted}>
          The sample app{app.description ? `. ${sentence(app.description)}` : "."} Its preview is a window of
          its own, as its people see it.
        </p>
      </div>
      <div className={styles.actions}>
        <Button onPress={() => goTo({ screen: "app", id: app.id })}>Open</Button>
        <Button kind="primary" isDisabled={preview.isPending} onPress={() => preview.mutate(app.id)}>
          Preview
        </Button>
      </div>
    </section>
  );
}
