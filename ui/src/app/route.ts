/** Which screen is shown: the part of the address after `#`, so that reload and back keep the place. */
import { useMemo, useSyncExternalStore } from "react";

export type Route =
  | { screen: "connectors" }
  | { screen: "connector"; id: string; place?: "variables" }
  | { screen: "catalogue"; id?: string }
  | { screen: "apps" }
  | { screen: "app"; id: string }
  | { screen: "practice" }
  | { screen: "settings" };

export function readRoute(hash: string): Route {
  const [screen = "", id = "", place = ""] = hash.replace(/^#\/?/, "").split("/");
  if (screen === "connector" && id !== "") {
    return { screen, id: decodeURIComponent(id), ...(place === "variables" ? { place } : {}) };
  }
  if (screen === "app" && id !== "") return { screen, id: decodeURIComponent(id) };
  if (screen === "catalogue") return id === "" ? { screen } : { screen, id: decodeURIComponent(id) };
  if (screen === "app") return { screen: "apps" };
  if (screen === "apps" || screen === "practice" || screen === "settings") return { screen };
  return { screen: "connectors" };
}

export function routeHash(route: Route): string {
  if (route.screen === "connectors") return "#/";
  if (!("id" in route) || route.id === undefined) return `#/${route.screen}`;
  const place = route.screen === "connector" && route.place ? `/${route.place}` : "";
  return `#/${route.screen}/${encodeURIComponent(route.id)}${place}`;
}

export function goTo(route: Route): void {
  window.location.hash = routeHash(route);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => readRoute(hash), [hash]);
}
