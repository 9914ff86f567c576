/** Runs: starting, answering and cancelling one, whoever starts it. Past ones are the panel's. */
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { toAppError } from "@/platform/errors";
import { usePlatform, useWindowPlatform } from "@/platform/PlatformContext";
import type { RunEvent, RunWhat } from "@/platform/wire";
import { NO_RUN, reduceTimeline, type Timeline } from "./timeline";

export interface RunChannel {
  timeline: Timeline;
  isRunning: boolean;
  /** Starts a run by a command that tells what happens; resolves when the core has taken it on. */
  begin: (what: RunWhat | null, command: (onEvent: (event: RunEvent) => void) => Promise<string>) => void;
  answer: (values: Record<string, string>) => Promise<void>;
  cancel: () => void;
  clear: () => void;
}

/** One run at a time, with its timeline. Leaving the place that owns it cancels it. */
export function useRunChannel(onFinished: () => void): RunChannel {
  const platform = useWindowPlatform();
  const [timeline, dispatch] = useReducer(reduceTimeline, NO_RUN);
  /** Events of an older run that still arrive are not this run's. */
  const generation = useRef(0);
  const current = useRef<string | null>(null);
  /** The run that was cancelled before the core had said what it is called. */
  const unwanted = useRef(0);
  const finished = useRef(onFinished);
  finished.current = onFinished;

  const begin = useCallback<RunChannel["begin"]>(
    (what, command) => {
      generation.current += 1;
      const mine = generation.current;
      current.current = null;
      dispatch({ type: "asked_to_start", what });
      command((event) => {
        if (generation.current !== mine) return;
        dispatch({ type: "happened", event });
        if (event.event === "run_started") current.current = event.run;
        if (event.event === "run_finished") {
          current.current = null;
          finished.current();
        }
      }).then(
        (run) => {
          if (generation.current === mine) dispatch({ type: "known_as", run });
          // Left or cancelled before the core had even answered.
          if (generation.current !== mine || unwanted.current === mine) {
            platform.runCancel(run).catch(() => undefined);
          }
        },
        (error) =>
          generation.current === mine && dispatch({ type: "could_not_start", error: toAppError(error) }),
      );
    },
    [platform],
  );

  const cancel = useCallback(() => {
    const run = current.current;
    if (run) platform.runCancel(run).catch(() => undefined);
    else unwanted.current = generation.current;
  }, [platform]);

  const form = timeline.form;
  const run = timeline.run;
  const answer = useCallback(
    async (values: Record<string, string>) => {
      if (!run || !form) return;
      await platform.runAnswer(run, form.step, values);
      dispatch({ type: "form_answered", number: form.number });
    },
    [platform, run, form],
  );

  const clear = useCallback(() => {
    generation.current += 1;
    dispatch({ type: "cleared" });
  }, []);

  // A run belongs to its window: nobody could answer or see it once its place is left.
  useEffect(
    () => () => {
      generation.current += 1;
      cancel();
    },
    [cancel],
  );

  const isRunning = timeline.state === "running";
  return useMemo(
    () => ({ timeline, isRunning, begin, answer, cancel, clear }),
    [timeline, isRunning, begin, answer, cancel, clear],
  );
}

export interface RunControls extends Omit<RunChannel, "begin"> {
  start: (document: string, what: RunWhat) => void;
}

/** Runs of one connector. */
export function useRun(connectorId: string, onFinished: () => void): RunControls {
  const platform = usePlatform();
  const { begin, ...rest } = useRunChannel(onFinished);
  const start = useCallback(
    (document: string, what: RunWhat) =>
      begin(what, (onEvent) =>
        platform.runStart(
          { connector_id: connectorId, document, what, keep_answers: true, account: null },
          onEvent,
        ),
      ),
    [begin, platform, connectorId],
  );
  const { timeline, isRunning, answer, cancel, clear } = rest;
  return useMemo(
    () => ({ timeline, isRunning, start, answer, cancel, clear }),
    [timeline, isRunning, start, answer, cancel, clear],
  );
}
