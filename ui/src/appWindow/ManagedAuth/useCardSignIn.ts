/** The sign-in of one card: its run, and what is drawn of it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useAppPlatform } from "@/platform/PlatformContext";
import type { AppConnectorView } from "@/platform/wire";
import type { FormAsked } from "@/run/timeline";
import { useRunChannel } from "@/run/useRun";
import { isIn } from "../words";
import { type Answered, withAnswers } from "./askedAgain";
import { type SignInPhase, signInPhase } from "./signInPhase";

export interface CardSignIn {
  phase: SignInPhase;
  run: string | null;
  /** The form that is asked, or that was answered last while nothing else is asked: it stays where it is meanwhile. */
  form: FormAsked | null;
  /** It is the one that the sign-in began with. */
  isFirstForm: boolean;
  isNewAccount: boolean;
  start: (newAccount: boolean) => void;
  answer: (values: Record<string, string>) => Promise<void>;
  cancel: () => void;
  dismiss: () => void;
}

export function useCardSignIn(connector: AppConnectorView, onSignedIn: () => void): CardSignIn {
  const platform = useAppPlatform();
  const { timeline, begin, answer, cancel, clear } = useRunChannel(() => undefined);
  const [isNewAccount, setIsNewAccount] = useState(false);
  const [lastForm, setLastForm] = useState<FormAsked | null>(null);
  const [firstStep, setFirstStep] = useState<string | null>(null);
  const answered = useRef<Answered | null>(null);
  const phase = signInPhase(timeline);
  const { id } = connector;

  const start = useCallback(
    (newAccount: boolean) => {
      setIsNewAccount(newAccount);
      setLastForm(null);
      setFirstStep(null);
      answered.current = null;
      begin(null, (onEvent) => platform.appSignIn(id, newAccount, onEvent));
    },
    [begin, platform, id],
  );

  const asked = phase.is === "form" ? phase.form : null;
  if (asked && asked.number !== lastForm?.number) setLastForm(withAnswers(asked, answered.current));
  if (asked && firstStep === null) setFirstStep(asked.step);
  if (!asked && lastForm && phase.is !== "working" && phase.is !== "done") setLastForm(null);

  // The run is over; what it brought is told by the core, before or after its end.
  const isDone = phase.is === "done";
  const signedIn = isIn(connector);
  const told = useRef(onSignedIn);
  told.current = onSignedIn;
  useEffect(() => {
    if (!isDone || !signedIn) return;
    clear();
    told.current();
  }, [isDone, signedIn, clear]);
  // Where it ends without a sign-in (which the core then tells), the card does not go on as if it worked.
  const viewAtEnd = useRef<AppConnectorView | null>(null);
  useEffect(() => {
    if (!isDone) viewAtEnd.current = null;
    else if (viewAtEnd.current === null) viewAtEnd.current = connector;
    else if (viewAtEnd.current !== connector && !isIn(connector)) clear();
  }, [isDone, connector, clear]);

  return {
    phase,
    run: timeline.run,
    form: lastForm,
    isFirstForm: lastForm !== null && lastForm.step === (firstStep ?? lastForm.step),
    isNewAccount,
    start,
    answer: async (values) => {
      if (asked) answered.current = { form: asked, values };
      await answer(values);
    },
    cancel,
    dismiss: clear,
  };
}
