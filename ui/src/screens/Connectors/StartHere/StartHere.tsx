import { AppWindow, Plug } from "lucide-react";
import type { ReactNode } from "react";
import { goTo } from "@/app/route";
import { useSampleApp } from "@/app/useSampleApp";
import { Button } from "@/components/Button/Button";
import { isSample } from "@/model/samples";
import type { AppSummary, ConnectorSummary } from "@/platform/wire";
import styles from "./StartHere.module.css";

/** The sample that one begins with: the first of the family, or the first that the sample app calls. */
function firstSample(
  connectors: readonly ConnectorSummary[],
  app: AppSummary | null,
): ConnectorSummary | undefined {
  const samples = connectors.filter((one) => isSample(one.id)).sort((a, b) => a.id.localeCompare(b.id));
  return samples[0] ?? connectors.find((one) => app?.connectors.includes(one.name));
}

/** The samples, as the next thing to do: the app that people use, and the sign-in behind it. */
export function StartHere({ connectors }: { connectors: readonly ConnectorSummary[] }) {
  const { app, preview } = useSampleApp();
  const connector = firstSample(connectors, app);
  if (!app && !connector) return null;
  return (
    <section className={styles.start} aria-label="Start here">
      <h2 className={styles.title}>Start here</h2>
      <div className={styles.cards}>
        {app ? (
          <Sample
            icon={<AppWindow size={17} strokeWidth={1.7} />}
            name={app.name}
            about="The sample app: sign in once, then use it."
            actions={
              <>
                <Button small onPress={() => goTo({ screen: "app", id: app.id })}>
                  Open the app
                </Button>
                <Button
                  small
                  kind="primary"
                  isDisabled={preview.isPending}
                  onPress={() => preview.mutate(app.id)}
                >
                  Open its preview
                </Button>
              </>
            }
          />
        ) : null}
        {connector ? (
          <Sample
            icon={<Plug size={17} strokeWidth={1.7} />}
            name={connector.name}
            about="The sign-in behind it: open it and test its steps."
            actions={
              <Button small onPress={() => goTo({ screen: "connector", id: connector.id })}>
                Open the sample connector
              </Button>
            }
          />
        ) : null}
      </div>
    </section>
  );
}

interface SampleProps {
  icon: ReactNode;
  name: string;
  about: string;
  actions: ReactNode;
}

function Sample({ icon, name, about, actions }: SampleProps) {
  return (
    <div className={styles.card}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.words}>
        <b className={styles.name} title={name}>
          {name}
        </b>
        <span className={styles.about}>{about}</span>
      </div>
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}
