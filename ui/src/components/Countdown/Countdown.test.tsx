import { act, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Expiry, TimeLeft } from "./Countdown";
import { clockLeft, expiryText, spanText } from "./timeText";

afterEach(() => vi.useRealTimers());

describe("time", () => {
  test.each([
    [187, "3:07"],
    [60, "1:00"],
    [0.9, "0:00"],
    [-5, "0:00"],
    [3723, "1:02:03"],
  ])("%d seconds left are %s", (seconds, text) => expect(clockLeft(seconds)).toBe(text));

  test.each([
    [12, "12 s"],
    [250, "4 min 10 s"],
    [240, "4 min"],
    [11_520, "3 h 12 min"],
    [432_000, "5 days"],
  ])("a span of %d seconds is %s", (seconds, text) => expect(spanText(seconds)).toBe(text));

  test("T4: before expiry it counts down, after it it counts up in minutes", () => {
    expect(expiryText(1250, 1000)).toBe("expires in 4 min 10 s");
    expect(expiryText(1000, 1000)).toBe("expired just now");
    expect(expiryText(1000, 1030)).toBe("expired 30 s ago");
    expect(expiryText(1000, 1145)).toBe("expired 2 min ago");
  });

  test("T4: the words on the screen go on by themselves", () => {
    vi.useFakeTimers({ now: 1_000_000 });
    render(
      <>
        <Expiry expiresAt={1002} />
        <TimeLeft expiresAt={1065} />
      </>,
    );
    const [expiry, left] = screen.getAllByRole("timer");
    expect(expiry).toHaveTextContent("expires in 2 s");
    expect(left).toHaveTextContent("1:05 left");
    act(() => void vi.advanceTimersByTime(5000));
    expect(expiry).toHaveTextContent("expired 3 s ago");
    expect(left).toHaveTextContent("1:00 left");
    act(() => void vi.advanceTimersByTime(61_000));
    expect(left).toHaveTextContent("time is up");
  });
});
