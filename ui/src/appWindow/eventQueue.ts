/** What a person did with controls, on its way to the core: in order, and the last of what was typed always arrives. */
import type { ControlEvent } from "@/platform/wire";

interface Waiting {
  control: string;
  event: ControlEvent;
}

/** Whether the event gives a value that what comes after it may need. */
function givesValue(event: ControlEvent): boolean {
  return event.type === "input" || event.type === "choose";
}

export class EventQueue {
  readonly #send: (control: string, event: ControlEvent) => Promise<void>;
  readonly #onFailed: (cause: unknown) => void;
  #waiting: Waiting[] = [];
  #isSending = false;

  constructor(
    send: (control: string, event: ControlEvent) => Promise<void>,
    onFailed: (cause: unknown) => void,
  ) {
    this.#send = send;
    this.#onFailed = onFailed;
  }

  push(control: string, event: ControlEvent): void {
    const last = this.#waiting.at(-1);
    // Each event has the whole value: one that still waits is overtaken by the next.
    if (last && last.control === control && last.event.type === "input" && event.type === "input") {
      last.event = event;
    } else {
      this.#waiting.push({ control, event });
    }
    void this.#drain();
  }

  /** A value is there before anything else goes out. A click holds up nothing: it may take as long as a sign-in. */
  async #drain(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const sent = this.#send(next.control, next.event).catch(this.#onFailed);
      if (givesValue(next.event)) await sent;
    }
    this.#isSending = false;
  }
}
