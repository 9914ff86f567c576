/** The sign-ins of an app in memory: a form, a browser or a device code by connector, and what comes of it. */
import type { AppConnectorView, FormFieldRequest, RunEvent } from "../../wire";
import { failure } from "../evaluate";
import type { SignIns } from "../signIn";

interface Live {
  cancelled: boolean;
  answered: ((values: Record<string, string>) => void) | null;
  declined: (() => void) | null;
  fields: readonly FormFieldRequest[];
}

type Emit = (event: RunEvent) => void;
type Change = (id: string, facts: Partial<AppConnectorView>) => void;

export function field(more: Partial<FormFieldRequest>): FormFieldRequest {
  return {
    key: "email",
    label: "E-mail",
    type: "email",
    required: true,
    default: null,
    placeholder: null,
    help: null,
    options: [],
    one_time: false,
    value: null,
    remembered: false,
    ...more,
  };
}

const EMAIL = field({ placeholder: "you@company.example" });
const PASSWORD = field({ key: "password", label: "Password", type: "password" });
const SITE = field({
  key: "site",
  label: "Site",
  type: "select",
  options: [
    { value: "north", label: "Northern countries" },
    { value: "south", label: "Southern countries" },
  ],
});
const TENANT = field({
  key: "tenant",
  label: "Tenant",
  type: "text",
  help: "It is in your address: https://tenant.acme.example",
});

/** What a connector asks, by its name: `…tenant` has four fields, `…sites` asks for one more thing after the first. */
function formsOf(id: string): FormFieldRequest[][] {
  if (id.endsWith("tenant")) {
    return [[TENANT, EMAIL, PASSWORD, field({ key: "code", label: "Code", type: "text", one_time: true })]];
  }
  if (id.endsWith("key")) return [[field({ key: "key", label: "API key", type: "password" })]];
  return id.endsWith("sites") ? [[EMAIL, PASSWORD], [SITE]] : [[EMAIL, PASSWORD]];
}

export class AppRuns {
  readonly #signIns: SignIns;
  readonly #speed: number;
  readonly #change: Change;
  readonly #runs = new Map<string, Live>();

  constructor(signIns: SignIns, speed: number, change: Change) {
    this.#signIns = signIns;
    this.#speed = speed;
    this.#change = change;
  }

  start(connector: AppConnectorView, emit: Emit): string {
    const run = `run-${this.#runs.size + 1}`;
    const live: Live = { cancelled: false, answered: null, declined: null, fields: [] };
    this.#runs.set(run, live);
    void this.#run(run, live, connector, emit);
    return run;
  }

  async answer(run: string, _step: string, values: Record<string, string>): Promise<void> {
    const live = this.#runs.get(run);
    if (!live?.answered) throw failure("run.not_waiting", "Nothing is asked any more.");
    if (values.email === "nobody@nowhere.example") {
      throw failure("form.invalid_email", "This host does not exist.", { field: "email" });
    }
    live.answered(values);
    live.answered = null;
  }

  cancel(run: string): void {
    const live = this.#runs.get(run);
    if (!live) return;
    live.cancelled = true;
    live.declined?.();
    this.#signIns.cancel(run);
  }

  async #run(run: string, live: Live, connector: AppConnectorView, emit: Emit): Promise<void> {
    const { id, name } = connector;
    const step = "sign_in";
    const ended = (error: ReturnType<typeof failure> | null) =>
      emit({ event: "run_finished", ok: error === null, duration_ms: 12, error });
    emit({
      event: "run_started",
      run,
      what: { type: "sign_in", account: connector.account ?? "default" },
      started_at: Math.floor(Date.now() / 1000),
    });
    emit({ event: "step_started", step, type: "form", label: "Sign in" });
    try {
      let label = "ann@acme.example";
      if (connector.begins_with === "form") {
        for (const [index, fields] of formsOf(id).entries()) {
          const asks = index === 0 ? step : `${step}_${index + 1}`;
          const values = await this.#ask(live, asks, `Sign in to ${name}`, fields, emit);
          label = values.email || label;
        }
      } else {
        await this.#signIns.wait(
          {
            run,
            step,
            provider: `accounts.${id}.example`,
            redirect: "loopback",
            device: connector.begins_with === "device_code",
          },
          emit,
        );
      }
      await this.#pause(600);
      if (live.cancelled) throw failure("run.cancelled", "The run was cancelled.");
      emit({
        event: "step_finished",
        step,
        status: "ok",
        duration_ms: 12,
        outputs: null,
        exchange: null,
        error: null,
      });
      ended(null);
      this.#change(id, {
        state: "signed_in",
        label,
        message: null,
        expires_at: Math.floor(Date.now() / 1000) + 3590,
        renews: true,
      });
    } catch (cause) {
      ended(cause as ReturnType<typeof failure>);
    }
  }

  async #ask(
    live: Live,
    step: string,
    title: string,
    fields: FormFieldRequest[],
    emit: Emit,
  ): Promise<Record<string, string>> {
    let error: string | null = null;
    for (;;) {
      emit({ event: "form_requested", step, title, fields, error });
      const values = await new Promise<Record<string, string>>((answer, refuse) => {
        live.fields = fields;
        live.answered = answer;
        live.declined = () => refuse(failure("run.cancelled", "The run was cancelled."));
      });
      await this.#pause(900);
      if (values.password === "broken") {
        throw failure("http.connect", "The server at api.acme.example did not answer.", {
          hint: "Check the network, and try again.",
        });
      }
      if (values.password !== "wrong") return values;
      error = "The e-mail or the password is not right.";
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return this.#speed === 0
      ? Promise.resolve()
      : new Promise((done) => setTimeout(done, milliseconds * this.#speed));
  }
}
