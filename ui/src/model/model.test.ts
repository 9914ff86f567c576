import { describe, expect, test } from "vitest";
import { WITH_OAUTH } from "@/platform/fake/samples";
import { readDocument, writeDocument } from "./document";
import { parseJson, writeJson } from "./json";
import { formatPath, isInside, parsePath } from "./path";
import { additionProblem, freeId, newStep, STEP_KINDS, stepIdProblem, stepOutputs } from "./stepKinds";
import { memberPath, singleExpression, templateParts } from "./template";

describe("documents", () => {
  test("integers above 2^53 and numbers as written survive", () => {
    const text = '{"a":9007199254740993,"b":1.0,"c":1e400,"d":12}';
    expect(writeJson(parseJson(text))).toBe(text);
  });

  test("members named like those of every object are kept, as the app's frozen prototypes want it", () => {
    const text = '{"constructor":"x","__proto__":{"a":1},"list":[{"toString":2}]}';
    expect(writeJson(parseJson(text))).toBe(text);
  });

  test("a file with OAuth steps comes back unchanged", () => {
    expect(JSON.parse(writeDocument(readDocument(WITH_OAUTH)))).toEqual(JSON.parse(WITH_OAUTH));
  });
});

describe("paths", () => {
  test.each(["auth.steps[1].request.url", "a['b.c'][0]", "headers['content-type']", "name"])(
    "%s is read and written the same",
    (text) => expect(formatPath(parsePath(text))).toBe(text.replace("['content-type']", ".content-type")),
  );

  test("a path is inside its parents and no place with a longer name", () => {
    expect(isInside("auth.steps[1].request", "auth.steps[1]")).toBe(true);
    expect(isInside("auth.steps[10]", "auth.steps[1]")).toBe(false);
    expect(isInside("test", "test")).toBe(true);
  });

  test("members with odd names are quoted as templates want it", () => {
    expect(memberPath("login.headers", "content-type")).toBe("login.headers['content-type']");
    expect(memberPath("login.body.items", 0)).toBe("login.body.items[0]");
  });
});

describe("templates", () => {
  test("expressions, text and what does not end are told apart", () => {
    const parts = templateParts('Bearer {{ login.token }} and {{ "}}" }} {{ oops');
    expect(parts.map((part) => [part.kind, part.text])).toEqual([
      ["text", "Bearer "],
      ["expression", "login.token"],
      ["text", " and "],
      ["expression", '"}}"'],
      ["text", " "],
      ["broken", "oops"],
    ]);
  });

  test("an empty expression is broken", () => {
    expect(templateParts("{{ }}")[0]?.kind).toBe("broken");
  });

  test("a string that is exactly one expression is known as such", () => {
    expect(singleExpression("{{ a.b }}")).toBe("a.b");
    expect(singleExpression("x {{ a.b }}")).toBeNull();
  });
});

describe("steps", () => {
  test("S1: a form field's key is an output from the moment it is there", () => {
    const step = newStep("form", new Set());
    expect(stepOutputs(step)).toEqual(["email", "password"]);
  });

  test("own outputs stand beside the standard ones, each name once", () => {
    const step = {
      ...newStep("api_request", new Set()),
      outputs: [
        { name: "status", value: "" },
        { name: "token", value: "" },
      ],
    };
    expect(stepOutputs(step)).toEqual(["body", "headers", "status", "cookies", "token"]);
  });

  test("a new step's id is free and allowed", () => {
    const taken = new Set<string>();
    for (const kind of STEP_KINDS.filter((one) => one.creatable)) {
      for (let i = 0; i < 3; i += 1) {
        const { id } = newStep(kind.type, taken);
        expect(stepIdProblem(id, taken)).toBeNull();
        taken.add(id);
      }
    }
  });

  test("a copy's id counts on", () => {
    expect(freeId("login", new Set(["login"]))).toBe("login2");
    expect(freeId("login2", new Set(["login", "login2"]))).toBe("login3");
  });

  test.each(["vars", "body", "2fa", "Login", "log-in", "", "taken"])("%s cannot be a step's id", (id) => {
    expect(stepIdProblem(id, new Set(["taken"]))).not.toBeNull();
  });

  test("every kind of step that can run is offered, once", () => {
    const offered = STEP_KINDS.filter((kind) => kind.creatable).map((kind) => kind.type);
    expect(offered).toEqual([
      "form",
      "api_request",
      "oauth2_authorization_code",
      "oauth2_pkce",
      "oauth2_client_credentials",
      "oauth2_device_code",
      "basic_auth",
      "sso_token",
      "set_variables",
      "poll",
      "oauth2_jwt_bearer",
    ]);
  });

  test("S8: a second SSO token step is refused with the step that is there", () => {
    const one = newStep("sso_token", new Set());
    expect(additionProblem("sso_token", [])).toBeNull();
    expect(additionProblem("sso_token", [one])).toContain("(sso)");
    expect(additionProblem("oauth2_pkce", [newStep("oauth2_pkce", new Set())])).toBeNull();
  });
});
