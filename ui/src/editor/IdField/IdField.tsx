import { useEffect, useState } from "react";
import { TextInput } from "@/components/TextInput/TextInput";

interface Props {
  id: string;
  /** Why a text cannot be the id; asked for other texts than the id there is. */
  problemOf: (id: string) => string | null;
  description: string;
  /** Gives it the new id. */
  rename: (id: string) => Promise<void> | void;
}

/** The id takes effect when the field is left, since every reference to it is then rewritten. */
export function IdField({ id, problemOf, description, rename }: Props) {
  const [text, setText] = useState(id);
  useEffect(() => setText(id), [id]);
  const problem = text === id ? null : problemOf(text);
  const commit = async () => {
    if (text === id) return;
    if (problem) {
      setText(id);
      return;
    }
    try {
      await rename(text);
    } catch {
      // Whoever renames says why not.
      setText(id);
    }
  };
  return (
    <TextInput
      label="Id"
      mono
      value={text}
      onChange={setText}
      error={problem}
      description={description}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === "Enter") void commit();
        if (event.key === "Escape") setText(id);
      }}
    />
  );
}

/** What a rename did, in words. */
export function renamedWords(noun: string, id: string, references: number): string {
  return references === 0
    ? `The ${noun} is now “${id}”. Nothing referred to it.`
    : `The ${noun} is now “${id}”; ${references} ${references === 1 ? "reference was" : "references were"} rewritten.`;
}
