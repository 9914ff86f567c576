/** The schema of the API that a request goes to: what the core keeps, fetched anew, or out of a file. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { KEYS } from "@/app/queries";
import { formatPath, type Path, valueAt } from "@/model/path";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { AppError, GraphqlSchema } from "@/platform/wire";
import { useEditor } from "../EditorContext";

export interface SchemaState {
  schema: GraphqlSchema | null;
  error: AppError | null;
  isFetching: boolean;
  fetch: () => void;
  choose: () => void;
  forget: () => void;
}

/** `at`: the request. */
export function useSchema(at: Path): SchemaState {
  const platform = usePlatform();
  const client = useQueryClient();
  const { connectorId, document, documentText } = useEditor();
  const place = formatPath(at);
  const [error, setError] = useState<AppError | null>(null);
  const [isFetching, setFetching] = useState(false);
  // It is kept by address: the same for all requests that go there.
  const url = valueAt(document, [...at, "url"]);
  const queryKey = KEYS.graphqlSchema(connectorId, document.base_url, typeof url === "string" ? url : "");
  const kept = useQuery({
    queryKey,
    queryFn: () => platform.graphqlSchema(connectorId, documentText(), place),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const get = async (ask: () => Promise<GraphqlSchema | null | undefined>) => {
    setError(null);
    setFetching(true);
    try {
      const schema = await ask();
      // Nothing came of a dialog that was closed.
      if (schema === undefined) return;
      client.setQueryData(queryKey, schema);
      // Another address as it is written may be the same to the core.
      void client.invalidateQueries({ queryKey: KEYS.graphqlSchemas(connectorId) });
    } catch (cause) {
      setError(toAppError(cause));
    } finally {
      setFetching(false);
    }
  };
  return {
    schema: kept.data ?? null,
    error,
    isFetching,
    fetch: () => void get(() => platform.graphqlSchemaFetch(connectorId, documentText(), place)),
    choose: () =>
      void get(
        async () => (await platform.graphqlSchemaChoose(connectorId, documentText(), place)) ?? undefined,
      ),
    forget: () =>
      void get(async () => {
        await platform.graphqlSchemaForget(connectorId, documentText(), place);
        return null;
      }),
  };
}

/** Which schema it is, in words. */
export function schemaWords(schema: GraphqlSchema | null): string {
  if (schema === null) return "No schema yet: fetch it for completion and for what is wrong in a query.";
  const at = new Date(schema.fetched_at * 1000).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return schema.file_name
    ? `Schema from ${schema.file_name}, read ${at}.`
    : `Schema of ${schema.address}, fetched ${at}.`;
}
