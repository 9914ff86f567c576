import { QueryClient } from "@tanstack/react-query";

/** A window's questions to the core. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The core is on this machine: a failed question is told, not asked again and again.
      queries: { retry: false, networkMode: "always", refetchOnWindowFocus: true, staleTime: 1000 },
      mutations: { networkMode: "always" },
    },
  });
}
