/** Replaces a preset with what it is made of. What that is, the core says. */
import { useNotices } from "@/components/Notices/Notices";
import { useEditor } from "@/editor/EditorContext";
import type { Place } from "@/editor/place";
import type { MultistepAuth } from "@/model/connector";
import { authMethodName, isMultistep, readDocument } from "@/model/document";
import { SIGNING_NAMES } from "@/model/signing";
import { usePlatform } from "@/platform/PlatformContext";

/** Where the person sees first what became of the preset. */
export function placeOfFlow(flow: MultistepAuth): Place {
  const [first] = flow.steps;
  if (first) return { type: "step", id: first.id };
  if (flow.signing) return { type: "signing" };
  return flow.request_parameters?.length ? { type: "request_parameters" } : { type: "auth" };
}

const counted = (count: number, noun: string) =>
  count === 0 ? null : `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What a flow consists of, in words. */
export function flowWords(flow: MultistepAuth): string {
  const parts = [
    counted(flow.steps.length, "step"),
    counted(flow.request_parameters?.length ?? 0, "request parameter"),
    flow.signing ? `${SIGNING_NAMES[flow.signing.type]} signing` : null,
  ].filter((part) => part !== null);
  return parts.join(" and ") || "no steps yet";
}

export function useTurnIntoMultistep(): () => Promise<void> {
  const platform = usePlatform();
  const notices = useNotices();
  const { document, documentText, apply, open } = useEditor();
  return async () => {
    try {
      const turned = readDocument(await platform.authTurnIntoMultistep(documentText()));
      if (!isMultistep(turned.auth)) return;
      apply({ type: "document_replaced", document: turned, reason: "turn into multistep" });
      open(placeOfFlow(turned.auth));
      const name = authMethodName(document.auth.method);
      notices.tell(`“${name}” is multistep now: ${flowWords(turned.auth)}. Undo takes it back.`);
    } catch (cause) {
      notices.fail("The auth method was not turned into multistep", cause);
    }
  };
}
