/** The app's window in a plain browser, as its address asks for it. */
import type { AppPlatform } from "../../appPlatform";
import { failure } from "../evaluate";
import { authView, createFakeApp } from "./index";
import { connector, EVERY_CONNECTOR, manyRows, SAMPLE_CONNECTORS, SAMPLE_SCREENS } from "./samples";

const LONG = "The sales app of the northern subsidiaries and their holding, second edition";

/**
 * `?screen=customers` (or `order`, `states`) starts there, `?asked=xero,odoo` asks for sign-ins, `?message` says
 * something, `?shared` asks the admin; `?every` has connectors in every state, `?one`, `?none`, `?ready`, `?long`,
 * `?preview`, `?rows=2000`, `?vault=locked`, `?failed`, `?theme=dark`; `?start=odoo` clicks a card's button. *Reload* on the
 * first screen leads to the managed auth screen, as an action would.
 */
export function fakeAppFromAddress(search: string): AppPlatform {
  const asked = new URLSearchParams(search);
  const screen = asked.get("screen");
  const theme = asked.get("theme");
  const rows = Number(asked.get("rows") ?? 0);
  const screens = rows > 0 ? manyRows(rows) : SAMPLE_SCREENS;
  const first = screens.filter((one) => one.screen === screen);
  const connectors = asked.has("every")
    ? EVERY_CONNECTOR
    : asked.has("one")
      ? [connector({ id: "odoo", name: "Odoo" })]
      : asked.has("none")
        ? []
        : asked.has("ready")
          ? SAMPLE_CONNECTORS.slice(0, 2)
          : SAMPLE_CONNECTORS;
  const fake = createFakeApp({
    app: {
      ...(asked.has("long") ? { name: LONG } : {}),
      ...(theme === "light" || theme === "dark" ? { theme } : {}),
      is_preview: asked.has("preview"),
    },
    connectors,
    screens: [...first, ...screens.filter((one) => one.screen !== screen)],
    startsWith: screen === null ? "managed_auth" : "screen",
    ...(asked.get("vault") === "locked"
      ? {
          vault: {
            state: "locked" as const,
            kept_by: null,
            message: "The system keyring is locked.",
            hint: "Unlock it, or keep secrets another way.",
          },
        }
      : {}),
  });
  if (asked.has("failed")) {
    fake.appWatch = () =>
      Promise.reject(
        failure("app.invalid", "screens[1].controls[3] names no endpoint of Acme CRM", {
          hint: "Mend the app in the studio.",
        }),
      );
    return fake;
  }
  const { appEvent, appWatch } = fake;
  fake.appEvent = async (control, event) => {
    await appEvent(control, event);
    if (control === "reload") fake.tell({ event: "managed_auth", view: authView(fake.connectors, true) });
  };
  fake.appWatch = async (onUpdate) => {
    await appWatch(onUpdate);
    const who = asked.get("asked");
    if (who !== null) fake.ask(...who.split(","));
    if (asked.has("shared")) onUpdate({ event: "shared_sign_out_asked", connectors: ["Slack", "Xero"] });
    if (asked.has("message")) {
      onUpdate({ event: "message", text: "The order was sent.", tone: "success", error: null });
      onUpdate({
        event: "message",
        text: "The copy was not sent.",
        tone: "danger",
        error: failure("http.status", "422: “ann” is no address"),
      });
    }
    const start = asked.get("start");
    if (start !== null) {
      setTimeout(
        () =>
          document.querySelector<HTMLElement>(`[data-testid="auth-${start}"] button:last-of-type`)?.click(),
        400,
      );
    }
  };
  return fake;
}
