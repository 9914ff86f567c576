import { describe, expect, test } from "vitest";
import { authView } from "@/platform/fake/app";
import { connector, EVERY_CONNECTOR } from "@/platform/fake/app/samples";
import { failure } from "@/platform/fake/evaluate";
import { appInitials, howManyWords, messageWords, missingWords, stateWords, tileLetters } from "./words";

describe("the words around the controls", () => {
  test("two letters stand for an app and for a service", () => {
    expect(appInitials("Field Sales")).toBe("FS");
    expect(appInitials("notes")).toBe("No");
    expect(appInitials("a-b c")).toBe("AB");
    expect(tileLetters("Acme CRM")).toBe("Ac");
    expect(tileLetters("X")).toBe("X");
    expect(tileLetters("“Ösel”")).toBe("Ös");
    expect(tileLetters("")).toBe("?");
  });

  test("how many services there are is said in words, and rightly for one and for none", () => {
    expect(howManyWords(4)).toMatch(/^Four services, each once\..* when a service ends your session\.$/);
    expect(howManyWords(1)).toMatch(/^One service, once\./);
    expect(howManyWords(13)).toMatch(/^13 services/);
    expect(howManyWords(0)).toBe("This app has nothing to sign in to.");
  });

  test("why Continue does not continue names who is missing, and not those that are optional", () => {
    const all = authView(EVERY_CONNECTOR);
    expect(missingWords(all)).toBe("Sign in to Odoo, Xero and 1 more to continue.");
    const admin = authView(EVERY_CONNECTOR.filter((one) => one.id === "warehouse" || one.id === "tv"));
    expect(missingWords(admin)).toBe("Your admin has to set up Warehouse first.");
    expect(missingWords({ ...all, can_continue: true })).toBeNull();
  });

  test("a provider's own words are kept, and what to do follows where they do not say it", () => {
    const ended = connector({ id: "x", name: "Xero", state: "needs_you" });
    expect(stateWords({ ...ended, message: "Xero ended the session: “expired”" })).toBe(
      "Xero ended the session: “expired”. Sign in again.",
    );
    expect(stateWords({ ...ended, message: "It is over. Sign in again." })).toBe(
      "It is over. Sign in again.",
    );
    expect(stateWords(ended)).toBe("Xero ended the session. Sign in again.");
  });

  test("a message says what went wrong once", () => {
    const error = failure("http.status", "the server said 503");
    expect(messageWords("Not sent", error)).toBe("Not sent. The server said 503.");
    expect(messageWords("Not sent: the server said 503", error)).toBe("Not sent: the server said 503");
    expect(messageWords("Sent", null)).toBe("Sent");
  });
});
