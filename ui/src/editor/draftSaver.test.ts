import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DRAFT_DELAY_MS, DRAFT_LONGEST_DELAY_MS, DraftSaver, type DraftState } from "./draftSaver";

describe("draft saver", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function saver(save: (document: string) => Promise<unknown> = async () => undefined) {
    const saved: string[] = [];
    const states: DraftState[] = [];
    const made = new DraftSaver(
      async (document) => {
        await save(document);
        saved.push(document);
      },
      (state) => states.push(state),
    );
    return { made, saved, states };
  }

  test("only the newest document of a burst is saved, a moment after the last edit", async () => {
    const { made, saved, states } = saver();
    made.schedule("1");
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS - 1);
    made.schedule("2");
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS - 1);
    expect(saved).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(saved).toEqual(["2"]);
    expect(states).toEqual(["waiting", "saving", "saved"]);
  });

  test("typing without a pause is saved all the same, so that a crash costs seconds at most", async () => {
    const { made, saved } = saver();
    for (let at = 0; at < DRAFT_LONGEST_DELAY_MS + 200; at += 100) {
      made.schedule(String(at));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saved.length).toBeGreaterThan(0);
  });

  test("flush saves at once what waits, and nothing where nothing waits", async () => {
    const { made, saved } = saver();
    await made.flush();
    made.schedule("1");
    await made.flush();
    expect(saved).toEqual(["1"]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual(["1"]);
  });

  test("a failed save is told and tried again at the next flush", async () => {
    let broken = true;
    const { made, saved, states } = saver(async () => {
      if (broken) throw new Error("disk full");
    });
    made.schedule("1");
    await made.flush();
    expect(states.at(-1)).toBe("failed");
    broken = false;
    await made.flush();
    expect(saved).toEqual(["1"]);
    expect(states.at(-1)).toBe("saved");
  });

  test("saves never overtake each other", async () => {
    const order: string[] = [];
    const { made } = saver(async (document) => {
      order.push(`begin ${document}`);
      await new Promise((done) => setTimeout(done, 50));
      order.push(`end ${document}`);
    });
    made.schedule("1");
    void made.flush();
    await vi.advanceTimersByTimeAsync(10);
    made.schedule("2");
    void made.flush();
    await vi.advanceTimersByTimeAsync(200);
    expect(order).toEqual(["begin 1", "end 1", "begin 2", "end 2"]);
  });

  test("closing saves what waits; what was forgotten is not saved", async () => {
    const closing = saver();
    closing.made.schedule("1");
    await closing.made.close();
    expect(closing.saved).toEqual(["1"]);
    const forgetting = saver();
    forgetting.made.schedule("1");
    await forgetting.made.forget();
    await vi.advanceTimersByTimeAsync(5000);
    expect(forgetting.saved).toEqual([]);
  });
});
