import { useEffect, useRef, useState } from "react";
import { VisuallyHidden } from "react-aria-components";
import { useStudioStatus, vaultIsOpen } from "@/app/queries";
import type { AppConnectorView } from "@/platform/wire";
import { isIn, stateWords } from "../words";
import { ConnectorCard } from "./ConnectorCard";
import styles from "./SignInList.module.css";
import { useTurn } from "./useTurn";

interface Props {
  connectors: readonly AppConnectorView[];
  /** Whether it says which ones the app starts without. */
  showsOptional?: boolean;
  /** All that could be signed in to here is: the focus goes on from the list. */
  onThrough?: () => void;
}

/** The connectors to sign in to, each once. */
export function SignInList({ connectors, showsOptional = false, onThrough }: Props) {
  const status = useStudioStatus();
  // What is signed in to could not be kept: the vault is first.
  const canStart = status.data ? vaultIsOpen(status.data.vault) : !status.isPending;
  const { next, isBusy, onBusy, onLeft } = useTurn(connectors, canStart);
  const list = useRef<HTMLUListElement>(null);
  const [justIn, setJustIn] = useState<string | null>(null);
  const through = useRef(onThrough);
  through.current = onThrough;

  // The form that was answered is gone. A form that opens next takes the focus; else it goes to what is next.
  useEffect(() => {
    if (justIn === null || isBusy || next !== null) return;
    setJustIn(null);
    const button = list.current?.querySelector<HTMLElement>("[data-todo] button");
    if (button) button.focus();
    else through.current?.();
  }, [justIn, isBusy, next]);

  return (
    <>
      <ul className={styles.list} ref={list}>
        {connectors.map((connector) => (
          <ConnectorCard
            key={connector.id}
            connector={connector}
            opensItself={next === connector.id}
            showsOptional={showsOptional}
            onBusy={onBusy}
            onSignedIn={setJustIn}
            onLeft={onLeft}
          />
        ))}
      </ul>
      <Announcements connectors={connectors} />
    </>
  );
}

/** Says what changed to those who do not see it: a state, and not the seconds that go by. */
function Announcements({ connectors }: { connectors: readonly AppConnectorView[] }) {
  const known = useRef<ReadonlyMap<string, string> | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const states = new Map(connectors.map((one) => [one.id, one.state]));
    const changed = connectors.filter((one) => known.current?.get(one.id) !== one.state);
    const isFirst = known.current === null;
    known.current = states;
    if (isFirst || changed.length === 0) return;
    setSaid(changed.map((one) => `${one.name}: ${isIn(one) ? "signed in" : stateWords(one)}`).join(" "));
  }, [connectors]);
  return (
    <VisuallyHidden>
      <p role="status" data-testid="sign-in-news">
        {said}
      </p>
    </VisuallyHidden>
  );
}
