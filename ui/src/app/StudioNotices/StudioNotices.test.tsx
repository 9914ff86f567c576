import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { failure } from "@/platform/fake/evaluate";
import { OAUTH_ID, PRACTICE_OAUTH } from "@/platform/fake/samples";
import type { StudioNotice } from "@/platform/wire";
import { openWindow } from "@/testing/render";

const interrupted: StudioNotice = {
  kind: "sign_in_interrupted",
  connector_id: OAUTH_ID,
  connector_name: "Acme",
  message: "The sign-in to Acme was interrupted. Nothing was lost. Start it again.",
};

describe("what the core says without being asked", () => {
  test("F18 Z16: an interrupted sign-in is told, and leads to its connector", async () => {
    const { user } = openWindow({ documents: [PRACTICE_OAUTH], notices: [interrupted] });
    const banner = await screen.findByTestId("notice-sign_in_interrupted");
    expect(banner).toHaveTextContent("Nothing was lost. Start it again.");
    await user.click(within(banner).getByRole("button", { name: "Open Acme" }));
    expect(await screen.findByRole("button", { name: "Test auth steps" })).toBeInTheDocument();
    expect(screen.queryByTestId("notice-sign_in_interrupted")).not.toBeInTheDocument();
  });

  test("F18: where it was SSO it leads to the account", async () => {
    const { user } = openWindow({ notices: [{ ...interrupted, connector_id: null, connector_name: null }] });
    const banner = await screen.findByTestId("notice-sign_in_interrupted");
    await user.click(within(banner).getByRole("button", { name: "Open Settings" }));
    expect(await screen.findByRole("region", { name: "Account" })).toBeInTheDocument();
  });

  test("Z15: a refused link is told on every screen, until it is dismissed", async () => {
    const { user, platform } = openWindow();
    await screen.findByRole("button", { name: "Try the sample" });
    const error = failure("oauth.state_mismatch", "No sign-in waits for this.", { hint: "Start it again." });
    act(() => platform.notify({ kind: "deep_link_refused", error }));
    await user.click(screen.getByRole("link", { name: "Settings" }));
    const banner = await screen.findByTestId("notice-deep_link_refused");
    expect(banner).toHaveTextContent("oauth.state_mismatch");
    expect(banner).toHaveTextContent("Start it again.");
    await user.click(within(banner).getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(screen.queryByTestId("notice-deep_link_refused")).not.toBeInTheDocument());
  });

  test("F35: tokens that the disk would not take are said to be in memory only", async () => {
    const { platform } = openWindow();
    await screen.findByRole("button", { name: "Try the sample" });
    const error = failure("store.disk_full", "There is no room left on the disk.", {
      hint: "Free some space.",
    });
    act(() => platform.notify({ kind: "session_not_kept", connector_name: "Acme", error }));
    const banner = await screen.findByTestId("notice-session_not_kept");
    expect(banner).toHaveTextContent("You are still signed in to Acme");
    expect(banner).toHaveTextContent("in memory only: There is no room left on the disk.");
    expect(banner).toHaveTextContent("Free some space.");
  });

  test("Z38: a program that sends the same link again and again fills no window", async () => {
    const { platform } = openWindow();
    await screen.findByRole("button", { name: "Try the sample" });
    act(() => {
      for (let i = 0; i < 20; i += 1) {
        for (const message of [`Number ${i}.`, "The same.", "The same."]) {
          platform.notify({ kind: "deep_link_refused", error: failure("oauth.state_mismatch", message) });
        }
      }
    });
    const banners = screen.getAllByTestId("notice-deep_link_refused");
    expect(banners).toHaveLength(3);
    expect(banners.filter((banner) => banner.textContent?.includes("The same."))).toHaveLength(1);
  });
});
