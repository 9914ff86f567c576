/** What a connector of the app offers to sources and actions: from the library, or from the app's own file. */
import type { App, AppConnector } from "@/model/app";
import type { BindableConnector, BindableEndpoint } from "@/platform/wire";

/** The app file's own definition stands in place of the library's. */
export function bindableOf(
  used: AppConnector,
  library: readonly BindableConnector[] | null,
): BindableConnector | null {
  const { definition } = used;
  if (definition) {
    return {
      id: used.connector,
      name: definition.name,
      endpoints: (definition.endpoints ?? []).map((endpoint) => ({
        id: endpoint.id,
        name: endpoint.name || endpoint.id,
        method: endpoint.request.method,
        inputs: (endpoint.inputs ?? []).map((input) => ({
          name: input.name,
          type: input.type ?? "text",
          required: input.required !== false && input.default === undefined,
        })),
      })),
    };
  }
  return (
    library?.find((one) => one.id === used.connector) ??
    library?.find((one) => one.name === used.connector) ??
    null
  );
}

export function connectorTitle(used: AppConnector, library: readonly BindableConnector[] | null): string {
  return bindableOf(used, library)?.name ?? used.connector;
}

export function endpointOf(
  app: App,
  library: readonly BindableConnector[] | null,
  connector: string,
  endpoint: string,
): BindableEndpoint | null {
  const used = app.connectors?.find((one) => one.id === connector);
  const bound = used ? bindableOf(used, library) : null;
  return bound?.endpoints.find((one) => one.id === endpoint) ?? null;
}
