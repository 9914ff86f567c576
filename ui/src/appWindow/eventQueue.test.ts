import { expect, test, vi } from "vitest";
import type { ControlEvent } from "@/platform/wire";
import { EventQueue } from "./eventQueue";

const typed = (value: string): ControlEvent => ({ type: "input", value });
const CLICK: ControlEvent = { type: "click" };

/** A queue whose core answers when the test says so. */
function queue() {
  const sent: string[] = [];
  const answers: { done: () => void; fail: (cause: unknown) => void }[] = [];
  const failed = vi.fn();
  const events = new EventQueue((control, event) => {
    sent.push(`${control} ${event.type === "input" ? event.value : event.type}`);
    return new Promise((done, fail) => answers.push({ done, fail }));
  }, failed);
  const answer = async (how: "done" | "fail" = "done") => {
    answers.shift()?.[how]("refused");
    await Promise.resolve();
    await new Promise((next) => setTimeout(next, 0));
  };
  return { events, sent, answer, failed };
}

test("what is typed while the core is busy arrives once, as it was last", async () => {
  const { events, sent, answer } = queue();
  for (const value of ["a", "ab", "abc"]) events.push("name", typed(value));
  expect(sent).toEqual(["name a"]);
  await answer();
  expect(sent).toEqual(["name a", "name abc"]);
});

test("a click comes after what was typed before it, and what is typed then comes after the click", async () => {
  const { events, sent, answer } = queue();
  events.push("name", typed("a"));
  events.push("name", typed("ab"));
  events.push("send", CLICK);
  events.push("name", typed("abc"));
  await answer();
  expect(sent).toEqual(["name a", "name ab"]);
  await answer();
  expect(sent).toEqual(["name a", "name ab", "send click", "name abc"]);
});

test("a click that takes as long as a sign-in holds up nothing", async () => {
  const { events, sent } = queue();
  events.push("send", CLICK);
  events.push("name", typed("a"));
  await Promise.resolve();
  expect(sent).toEqual(["send click", "name a"]);
});

test("an event that is refused is told, and the next one goes out all the same", async () => {
  const { events, sent, answer, failed } = queue();
  events.push("name", typed("a"));
  events.push("name", typed("ab"));
  await answer("fail");
  expect(failed).toHaveBeenCalledExactlyOnceWith("refused");
  expect(sent).toEqual(["name a", "name ab"]);
});
