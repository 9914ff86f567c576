/** What needs the GraphQL packages, in one part that is loaded when it is first shown. */
import { useMemo } from "react";
import { Disclosure } from "@/components/Disclosure/Disclosure";
import { Note } from "@/components/Note/Note";
import GraphqlField from "./GraphqlField";
import { readSchema } from "./graphqlSchema";
import { SchemaExplorer } from "./SchemaExplorer";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isInvalid: boolean;
  describedBy: string;
  /** The schema's text; null where there is none. */
  schema: string | null;
  isExploring: boolean;
  onExplore: (isExploring: boolean) => void;
}

export default function WithSchema({ schema, isExploring, onExplore, ...field }: Props) {
  const read = useMemo(() => {
    if (schema === null) return { schema: null, problem: null };
    try {
      return { schema: readSchema(schema), problem: null };
    } catch (error) {
      return { schema: null, problem: error instanceof Error ? error.message : String(error) };
    }
  }, [schema]);
  return (
    <>
      <GraphqlField {...field} schema={read.schema} />
      {read.problem === null ? null : (
        <Note tone="warn" help="Queries can be written and run without it.">
          The schema cannot be used: {read.problem}
        </Note>
      )}
      {read.schema ? (
        <Disclosure label="Types and fields" isOpen={isExploring} onToggle={onExplore}>
          {/* Another schema is looked at from its beginning. */}
          <SchemaExplorer key={schema} schema={read.schema} />
        </Disclosure>
      ) : null}
    </>
  );
}
