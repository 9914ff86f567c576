/** Runs a flow in memory, event by event, as the engine would: forms, requests, skips, failures, cancel. */
import type { Connector, OauthStep, Step } from "@/model/connector";
import { authSteps, readDocument } from "@/model/document";
import { isOauthStep, stepTypeOf } from "@/model/oauth";
import type { AppError, Exchange, FormFieldRequest, RunEvent, RunStart, SsoStatus } from "../wire";
import { failure, masked, render, type Scope } from "./evaluate";
import { fakeJwt } from "./jwt";
import { exchange } from "./provider";
import { type Renewal, renewSession } from "./refresh";
import { oauthOutputs } from "./signIn";

export interface RunHooks {
  emit: (event: RunEvent) => void;
  askForm: (step: string, fields: FormFieldRequest[]) => Promise<Record<string, string>>;
  /** Sends the person to the browser, or shows a device code, where the step does so. */
  signIn: (step: OauthStep) => Promise<void>;
  sso: () => Promise<SsoStatus>;
  isCancelled: () => boolean;
  pause: (milliseconds: number) => Promise<void>;
  remembered: Map<string, Record<string, string>>;
  /** What the account is signed in with; nothing where it is signed out. */
  cached: Scope | null;
  onRenewed: (renewal: Renewal) => void;
  /** What the steps of the last run left. */
  left: Scope;
}

function cancelled(): AppError {
  return failure("run.cancelled", "The run was cancelled.");
}

function formFields(
  step: Step & { type: "form" },
  kept: Record<string, string> | undefined,
): FormFieldRequest[] {
  return step.fields.map((field) => {
    const secret = field.type === "password" || field.one_time === true;
    return {
      key: field.key,
      label: field.label || field.key,
      type: field.type,
      required: field.required !== false,
      default: field.default ?? null,
      placeholder: field.placeholder ?? null,
      help: field.help ?? null,
      options: Array.isArray(field.options) ? field.options : [],
      one_time: field.one_time === true,
      value: secret ? null : (kept?.[field.key] ?? field.default ?? null),
      remembered: field.type === "password" && field.one_time !== true && Boolean(kept?.[field.key]),
    };
  });
}

async function runStep(
  step: Step,
  scope: Scope,
  hooks: RunHooks,
): Promise<{ outputs: Scope; exchange: Exchange | null }> {
  if (step.type === "form" || step.type === "basic_auth") {
    const asForm =
      step.type === "form"
        ? step
        : {
            ...step,
            type: "form" as const,
            title: step.label ?? "Sign in",
            fields: [
              ...(step.username === undefined
                ? [{ key: "username", label: "Username", type: "text" as const }]
                : []),
              ...(step.password === undefined
                ? [{ key: "password", label: "Password", type: "password" as const }]
                : []),
            ],
          };
    const given: Record<string, unknown> = {};
    if (asForm.fields.length > 0) {
      const fields = formFields(asForm, hooks.remembered.get(step.id));
      hooks.emit({ event: "form_requested", step: step.id, title: asForm.title, fields, error: null });
      const values = await hooks.askForm(step.id, fields);
      hooks.remembered.set(step.id, values);
      Object.assign(given, values);
    }
    if (step.type === "form") return { outputs: given, exchange: null };
    const username = String(given.username ?? render(step.username ?? "", scope));
    const password = String(given.password ?? render(step.password ?? "", scope));
    const token = btoa(`${username}:${password}`);
    return { outputs: { username, password, token, header: `Basic ${token}` }, exchange: null };
  }
  if (step.type === "set_variables") return { outputs: {}, exchange: null };
  if (step.type === "sso_token") {
    const session = await hooks.sso();
    if (session.state === "signed_out") {
      throw failure("sso.not_signed_in", "Nobody is signed in with SSO.", {
        hint: "Sign in under Settings.",
      });
    }
    const { state: _state, ...claims } = session;
    const outputs = {
      access_token: fakeJwt(claims),
      token_type: "Bearer",
      expires_at: session.expires_at,
      claims,
    };
    return { outputs, exchange: null };
  }
  if (isOauthStep(step)) {
    const rendered = { ...step, client_id: String(render(step.client_id ?? "", scope)) };
    await hooks.signIn(rendered);
    return { outputs: oauthOutputs(rendered), exchange: null };
  }
  await hooks.pause(120);
  const done = exchange(step.request, scope);
  const status = done.exchange.response?.status ?? 0;
  if (step.type === "api_request" && (status < 200 || status > 299)) {
    throw Object.assign(
      failure("step.unexpected_status", `The answer's status is ${status}; expected any 2xx.`, {
        step: step.id,
        hint: "Look at the answer below. If this status is fine, add it under “Success”.",
      }),
      { exchange: done.exchange },
    );
  }
  return { outputs: done.outputs, exchange: done.exchange };
}

/** The steps of a run: the flow's own, or the one step that a preset stands for. */
function stepsOf(connector: Connector, what: RunStart["what"]): readonly Step[] {
  const { auth } = connector;
  if (auth.method === "oauth2") {
    const { method: _method, grant, ...fields } = auth;
    return [{ ...fields, id: "oauth", type: stepTypeOf(grant) }];
  }
  const steps = authSteps(connector);
  if (what.type !== "shared_sign_in") return steps;
  return steps.filter((step) => isOauthStep(step) && step.shared_credentials);
}

/** The parameters that the connector adds to its own calls, headers only: enough for the practice provider. */
function addedHeaders(connector: Connector, scope: Scope) {
  const auth = connector.auth;
  if (auth.method === "bearer")
    return [{ name: "Authorization", value: `Bearer ${render(auth.token, scope)}` }];
  if (auth.method === "api_key") return [{ name: auth.name, value: String(render(auth.value, scope)) }];
  if (auth.method === "oauth2")
    return [{ name: "Authorization", value: `Bearer ${render("{{ oauth.access_token }}", scope)}` }];
  if (auth.method !== "multistep") return [];
  return (auth.request_parameters ?? [])
    .filter((parameter) => parameter.location === "header" && parameter.enabled !== false)
    .map((parameter) => ({ name: parameter.name, value: String(render(parameter.value, scope)) }));
}

export async function runFlow(run: string, start: RunStart, scope: Scope, hooks: RunHooks): Promise<boolean> {
  const connector = readDocument(start.document);
  const began = performance.now();
  const since = (from: number) => Math.round(performance.now() - from);
  hooks.emit({ event: "run_started", run, what: start.what, started_at: Math.floor(Date.now() / 1000) });
  const finish = (error: AppError | null) => {
    hooks.emit({ event: "run_finished", ok: error === null, duration_ms: since(began), error });
    return error === null;
  };
  const runSteps = async (steps: readonly Step[]): Promise<AppError | null> => {
    for (const step of steps) {
      if (step.disabled) continue;
      const error = await runOne(step);
      if (error) return error;
    }
    return null;
  };
  const runOne = async (step: Step): Promise<AppError | null> => {
    const from = performance.now();
    hooks.emit({ event: "step_started", step: step.id, type: step.type, label: step.label ?? step.id });
    const end = { event: "step_finished" as const, step: step.id };
    try {
      if (step.when && !render(step.when, scope)) {
        hooks.emit({ ...end, status: "skipped", duration_ms: 0, outputs: {}, exchange: null, error: null });
        return null;
      }
      const done = await runStep(step, scope, hooks);
      if (hooks.isCancelled()) return cancelled();
      for (const output of step.outputs ?? []) {
        done.outputs[output.name] = render(output.value, { ...scope, ...done.outputs });
      }
      scope[step.id] = done.outputs;
      hooks.emit({
        ...end,
        status: "ok",
        duration_ms: since(from),
        outputs: masked(done.outputs),
        exchange: done.exchange,
        error: null,
      });
      return null;
    } catch (cause) {
      // A cancelled run is dropped where it stands: its step is neither done nor failed.
      if (hooks.isCancelled()) return cancelled();
      const { exchange: shown = null, ...error } = cause as AppError & { exchange?: Exchange };
      const failed = { ...error, step: step.id };
      hooks.emit({
        ...end,
        status: "failed",
        duration_ms: since(from),
        outputs: {},
        exchange: shown,
        error: failed,
      });
      return failed;
    }
  };
  const { what } = start;
  if (what.type === "refresh_flow" || what.type === "simulate_401") {
    const isSimulated = what.type === "simulate_401";
    if (isSimulated) {
      const body = { error: "simulated" };
      hooks.emit({
        event: "call_refused",
        simulated: true,
        status: 401,
        duration_ms: 0,
        body,
        exchange: null,
      });
    }
    Object.assign(scope, hooks.cached ?? {});
    const error = hooks.cached
      ? null
      : failure("session.needs_you", "Nobody is signed in.", { hint: "Sign in first." });
    if (error) return finish(error);
    const reason = isSimulated ? "status_401" : "asked";
    const renewal = await renewSession({ connector, scope, reason, emit: hooks.emit, runSteps });
    hooks.onRenewed(renewal);
    if (renewal.error || !isSimulated) return finish(renewal.error);
  } else if (what.type === "step" || what.type === "from_step") {
    const steps = stepsOf(connector, what).filter((step) => !step.disabled);
    const at = steps.findIndex((step) => step.id === what.step);
    const first = steps.findIndex((step) => !(step.id in hooks.left));
    const begin = first < 0 ? at : Math.min(first, at);
    const kept = steps.slice(0, begin).map((step) => step.id);
    for (const id of kept) scope[id] = hooks.left[id];
    if (kept.length > 0) hooks.emit({ event: "steps_kept", steps: kept });
    const error = await runSteps(steps.slice(begin, what.type === "step" ? at + 1 : undefined));
    if (error || what.type === "step") return finish(error);
  } else {
    const error = await runSteps(stepsOf(connector, what));
    if (error) return finish(error);
  }
  if (what.type === "shared_sign_in" || what.type === "sign_in") return finish(null);
  if ((what.type === "auth_steps" || what.type === "from_step") && !connector.test) return finish(null);
  const endpoint =
    start.what.type === "endpoint"
      ? connector.endpoints?.find((one) => one.id === (start.what as { endpoint_id: string }).endpoint_id)
      : undefined;
  const request = endpoint?.request ?? connector.test?.request;
  if (!request) return finish(failure("endpoint.not_found", "There is no request to send."));
  if (start.what.type === "endpoint") scope.input = start.what.inputs;
  const from = performance.now();
  try {
    await hooks.pause(90);
    const done = exchange(request, scope, addedHeaders(connector, scope));
    const status = done.exchange.response?.status ?? 0;
    const error =
      status < 400
        ? null
        : failure("step.unexpected_status", `The answer's status is ${status}; expected any 2xx.`);
    hooks.emit({
      event: "test_finished",
      status: error ? "failed" : "ok",
      duration_ms: since(from),
      body: masked(done.outputs.body),
      exchange: done.exchange,
      error,
    });
    return finish(error);
  } catch (cause) {
    const { exchange: shown = null, ...error } = cause as AppError & { exchange?: Exchange };
    hooks.emit({
      event: "test_finished",
      status: "failed",
      duration_ms: since(from),
      body: null,
      exchange: shown,
      error,
    });
    return finish(error);
  }
}
