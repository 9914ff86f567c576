import { expect, test } from "vitest";
import { passphraseAdvice } from "./passphraseAdvice";

test.each([
  ["", "empty"],
  ["short", "weak"],
  ["elevenchars", "weak"],
  ["aaaaaaaaaaaaaaaaaaaaaaaa", "weak"],
  ["correct horse", "fair"],
  ["correct horse battery staple", "strong"],
  ["x9!Kd02mQp4_ZaL7rtE3", "strong"],
])("“%s” is %s", (passphrase, level) => expect(passphraseAdvice(passphrase).level).toBe(level));

test("how much is missing is told", () => {
  expect(passphraseAdvice("elevenchars").words).toContain("1 more character at least");
  expect(passphraseAdvice("short").words).toContain("7 more characters at least");
});
