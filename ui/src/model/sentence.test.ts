import { expect, test } from "vitest";
import { sentence, spoken } from "./sentence";

test("a text gets a full stop where it has no end of its own", () => {
  expect(sentence("`signin` has no `emial`")).toBe("`signin` has no `emial`.");
  expect(sentence("Did you mean `signin.email`?")).toBe("Did you mean `signin.email`?");
  expect(sentence("Done. ")).toBe("Done. ");
});

test("what the core says begins as a sentence does, and names stay as they are", () => {
  expect(spoken("a form step cannot go there")).toBe("A form step cannot go there.");
  expect(spoken("`signin` has no `emial`")).toBe("`signin` has no `emial`.");
  expect(spoken("auth.steps[0].url: not an address")).toBe("auth.steps[0].url: not an address.");
  expect(spoken("login: no answer")).toBe("login: no answer.");
  expect(spoken("https://acme.example/token gave no token")).toBe(
    "https://acme.example/token gave no token.",
  );
});
