/** What the core owns and the window reads, by key. A change says which of them it makes stale. */
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePlatform, useWindowPlatform } from "@/platform/PlatformContext";
import type { Platform } from "@/platform/platform";
import type { ConnectorPage, VaultStatus } from "@/platform/wire";

export const KEYS = {
  status: ["status"] as const,
  settings: ["settings"] as const,
  connectors: ["connectors"] as const,
  catalogue: ["catalogue"] as const,
  apps: ["apps"] as const,
  /** The connectors as an app binds to them; stale with the connectors themselves. */
  bindable: ["connectors", "bindable"] as const,
  auth: (id: string) => ["auth", id] as const,
  accounts: (id: string) => ["accounts", id] as const,
  activity: (id: string) => ["activity", id] as const,
  graphqlSchemas: (id: string) => ["graphql_schema", id] as const,
  /** By where requests go, as the connector writes it. */
  graphqlSchema: (id: string, baseUrl: string, url: string) => ["graphql_schema", id, baseUrl, url] as const,
  secrets: (id: string) => ["secrets", id] as const,
  redirects: ["redirects"] as const,
  sso: ["sso"] as const,
  runs: (id: string) => ["runs", id] as const,
  file: (id: string) => ["file", id] as const,
};

export function useStudioStatus() {
  const platform = useWindowPlatform();
  return useQuery({ queryKey: KEYS.status, queryFn: () => platform.studioStatus() });
}

/** How many connectors the core gives at once. */
export const CONNECTOR_PAGE = 100;

function connectorPage(platform: Platform, query: string, page: number) {
  return {
    queryKey: [...KEYS.connectors, "list", query, page] as const,
    queryFn: () => platform.connectorList(query, page * CONNECTOR_PAGE),
  };
}

/** The first page of the connectors that fit a query, and how many there are. */
export function useConnectors(query: string) {
  const platform = usePlatform();
  return useQuery({
    ...connectorPage(platform, query, 0),
    placeholderData: (previous: ConnectorPage | undefined) => previous,
  });
}

/** Further pages, by their numbers; what is not there yet is missing. */
export function useConnectorPages(query: string, pages: readonly number[]) {
  const platform = usePlatform();
  const found = useQueries({ queries: pages.map((page) => connectorPage(platform, query, page)) });
  return new Map(pages.map((page, index) => [page, found[index]?.data?.connectors]));
}

/** How often a connector's file is looked at while its editor is in sight. */
const FILE_LOOK_MS = 1_000;

/** A connector's file and how it stands; null where it has none. */
export function useConnectorFile(id: string) {
  const platform = usePlatform();
  return useQuery({
    queryKey: KEYS.file(id),
    queryFn: () => platform.connectorFile(id),
    refetchInterval: (query) => (query.state.data ? FILE_LOOK_MS : false),
    refetchOnWindowFocus: "always",
  });
}

/** The catalogue does not change while the program runs. */
export function useCatalogue(query: string) {
  const platform = usePlatform();
  return useQuery({
    queryKey: [...KEYS.catalogue, query],
    queryFn: () => platform.catalogueList(query),
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useApps() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.apps, queryFn: () => platform.appList() });
}

export function useBindableConnectors() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.bindable, queryFn: () => platform.appConnectors() });
}

export function useAuthStatus(id: string) {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.auth(id), queryFn: () => platform.authStatus(id) });
}

export function useAccounts(id: string) {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.accounts(id), queryFn: () => platform.accountList(id) });
}

export function useSessionActivity(id: string) {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.activity(id), queryFn: () => platform.sessionActivity(id) });
}

/** What to read again when a connector's sessions changed: by a run here, or by anybody else. */
export function sessionKeys(id: string): readonly (readonly string[])[] {
  return [KEYS.accounts(id), KEYS.auth(id), KEYS.activity(id), KEYS.connectors];
}

/** The same for all connectors: a key stands for all that begin with it. */
export const EVERY_SESSION: readonly (readonly string[])[] = [
  ["accounts"],
  ["auth"],
  ["activity"],
  KEYS.connectors,
];

export function useSsoStatus() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.sso, queryFn: () => platform.ssoStatus() });
}

export function useStale() {
  const client = useQueryClient();
  return (...keys: readonly (readonly string[])[]) => {
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  };
}

/** True where secrets are kept now: by the keyring, a passphrase, or for this session. */
export function vaultIsOpen(vault: VaultStatus): boolean {
  return vault.state === "ready" || vault.state === "session_only";
}
