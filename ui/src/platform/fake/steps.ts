/** What the core says and makes of steps and templates, in memory: none of it is kept. */
import type { Step } from "@/model/connector";
import { readDocument, stepIds, writeDocument } from "@/model/document";
import { parseJson, writeJson } from "@/model/json";
import { freeId } from "@/model/stepKinds";
import type { Platform } from "../platform";
import { failure } from "./evaluate";
import { namesAt, referencesTo, renamed } from "./names";
import { turnedIntoMultistep } from "./turned";

type Commands = Pick<
  Platform,
  "templateNames" | "authTurnIntoMultistep" | "stepRename" | "stepReferences" | "stepParse"
>;

export function fakeSteps(): Commands {
  return {
    templateNames: async (document, path) => namesAt(readDocument(document), path),
    authTurnIntoMultistep: async (document) => {
      const connector = readDocument(document);
      return writeDocument({ ...connector, auth: turnedIntoMultistep(connector.auth) });
    },
    stepRename: async (document, from, to) => {
      const done = renamed(readDocument(document), from, to);
      return { document: writeDocument(done.connector), changed: done.changed };
    },
    stepReferences: async (document, step) => referencesTo(readDocument(document), step),
    stepParse: async (document, text, place) => {
      const taken = stepIds(readDocument(document));
      if (text.trim().startsWith("curl ")) {
        const url = /https?:\/\/[^\s'"]+/.exec(text)?.[0] ?? "/";
        const method = /-X\s+(\w+)/.exec(text)?.[1] ?? (/-d|--data/.test(text) ? "POST" : "GET");
        const step: Step = { id: freeId("call", taken), type: "api_request", request: { method, url } };
        return { step: writeJson(step), from: "curl", notes: [] };
      }
      let pasted: Step;
      try {
        const envelope = parseJson(text) as { format: string; step: Step };
        if (envelope.format !== "latchwork.step/1") throw new Error("another format");
        pasted = { ...envelope.step, id: freeId(envelope.step.id, taken) };
      } catch {
        throw failure("clipboard.no_step", "The clipboard holds no step.", {
          hint: "Copy a step in Latchwork, or a cURL command from your browser's developer tools.",
        });
      }
      if (place === "refresh" && pasted.type !== "api_request") {
        throw failure(
          "import.not_allowed_here",
          `A ${pasted.type} step cannot be pasted into a refresh flow.`,
          {
            hint: "A refresh flow takes API requests from the clipboard: it runs without anybody there to answer.",
          },
        );
      }
      return { step: writeJson(pasted), from: "step", notes: [] };
    },
  };
}
