import { Copy, ExternalLink } from "lucide-react";
import { useCopy } from "@/app/useCopy";
import { Button, IconButton } from "@/components/Button/Button";
import { Marked } from "@/components/Spoken/Spoken";
import type { CatalogueStep } from "@/platform/wire";
import styles from "./EntryDetail.module.css";
import { useLink } from "./useLink";

/** The host of an address, which says whose page it is. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** What is done before the first sign-in: the pages, and what is entered there to the letter. */
export function RegisterSteps({ steps }: { steps: readonly CatalogueStep[] }) {
  const copy = useCopy();
  const openLink = useLink();
  return (
    <section className={styles.part} aria-labelledby="catalogue-register">
      <h2 id="catalogue-register">Before the first sign-in</h2>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.text}>
            <p>
              <Marked text={step.text} />
            </p>
            {step.copy ? (
              <div className={styles.copied}>
                <code>{step.copy}</code>
                <IconButton
                  label={`Copy ${step.copy}`}
                  hint="Copy"
                  icon={<Copy size={14} />}
                  onPress={() => copy(step.copy ?? "", "The text")}
                />
              </div>
            ) : null}
            {step.link ? (
              <div>
                <Button small onPress={() => openLink(step.link ?? "")}>
                  <ExternalLink size={13} aria-hidden />
                  Open {hostOf(step.link)}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
