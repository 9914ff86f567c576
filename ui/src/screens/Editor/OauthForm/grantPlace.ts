/** One OAuth grant in the document, as the parts of its form share it: a step, or the auth method. */
import { useEditor } from "@/editor/EditorContext";
import type { OauthFields, OauthMember, OauthStepType, OutputDefinition } from "@/model/connector";
import { writtenValue } from "@/model/oauth";
import type { Path } from "@/model/path";

export interface GrantPlace {
  type: OauthStepType;
  fields: OauthFields;
  /** The step's own outputs; nothing where it is the auth method, which has none. */
  outputs: readonly OutputDefinition[] | null;
  at: Path;
}

/** Sets members of a grant, one step of undo for all of them; defaults are taken out of the file. */
export function useGrantEdit(
  at: Path,
): (changes: Partial<Record<OauthMember, unknown>>, typing?: boolean) => void {
  const { apply } = useEditor();
  return (changes, typing = false) =>
    apply(
      ...Object.entries(changes).map(([member, value]) => ({
        type: "value_set" as const,
        at: [...at, member],
        value: writtenValue(member as OauthMember, value),
        typing,
      })),
    );
}
