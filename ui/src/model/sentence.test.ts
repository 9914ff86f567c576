import { expect, test } from "vitest";
import { sentence } from "./sentence";

test("a text gets a full stop where it has no end of its own", () => {
  expect(sentence("`signin` has no `emial`")).toBe("`signin` has no `emial`.");
  expect(sentence("Did you mean `signin.email`?")).toBe("Did you mean `signin.email`?");
  expect(sentence("Done. ")).toBe("Done. ");
});
