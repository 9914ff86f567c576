/** A session's renewal in memory: the refresh flow's steps, or the grants' own, and what takes new values. */
import type { Connector, Step } from "@/model/connector";
import { authSteps, refreshSteps } from "@/model/document";
import { isOauthStep } from "@/model/oauth";
import { parsePath, withValueAt } from "@/model/path";
import { refreshOf } from "@/model/refresh";
import { stepOutputs } from "@/model/stepKinds";
import type { ActivityView, AppError, RunEvent } from "../wire";
import { failure, render, type Scope } from "./evaluate";
import { refusedEnd } from "./sessions";
import { oauthOutputs } from "./signIn";

export type Renewal = Omit<ActivityView, "at" | "account" | "error"> & { error: AppError | null };

interface Renewing {
  connector: Connector;
  scope: Scope;
  reason: string;
  emit: (event: RunEvent) => void;
  runSteps: (steps: readonly Step[]) => Promise<AppError | null>;
}

/** What failed in a step, as the session's end where the provider meant that. */
function asEnd(error: AppError): AppError {
  if (error.code !== "step.unexpected_status") return error;
  return failure("session.needs_you", "The provider ended the session: invalid_grant.", {
    hint: "Sign in again.",
    step: error.step,
  });
}

async function renewed({ connector, scope, runSteps }: Renewing): Promise<string[] | AppError> {
  const refresh = refreshOf(connector);
  if (refresh.mode === "same_as_auth_flow") {
    const error = await runSteps(authSteps(connector));
    return (
      error ?? authSteps(connector).flatMap((step) => stepOutputs(step).map((name) => `${step.id}.${name}`))
    );
  }
  if (refresh.mode === "none") {
    const grants = authSteps(connector).filter(isOauthStep);
    if (grants.length === 0) {
      return failure("session.needs_you", "The session is over, and there is no refresh flow.", {
        hint: "Sign in again.",
      });
    }
    for (const step of grants) scope[step.id] = oauthOutputs(step);
    return grants.map((step) => `${step.id}.access_token`);
  }
  const error = await runSteps(refreshSteps(connector));
  if (error) return asEnd(error);
  let next: Scope = scope;
  const updates = refresh.updates ?? [];
  for (const { target, value } of updates) {
    const root = parsePath(target)[0];
    // What other scopes hold is not changed in place.
    if (root !== undefined) next = withValueAt(next, parsePath(target), render(value, scope));
  }
  Object.assign(scope, next);
  return updates.map((update) => update.target);
}

export async function renewSession(renewing: Renewing): Promise<Renewal> {
  const { reason, emit } = renewing;
  emit({ event: "refresh_started", reason });
  const result = await renewed(renewing);
  const renewal: Renewal = Array.isArray(result)
    ? { reason, outcome: "ok", updated: result, error: null }
    : { reason, outcome: refusedEnd(result.code), updated: [], error: result };
  emit({
    event: "refresh_finished",
    status: renewal.outcome,
    updated: renewal.updated,
    error: renewal.error,
  });
  return renewal;
}
