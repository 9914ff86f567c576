import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import type { RedirectKind } from "@/model/connector";
import { usePlatform } from "@/platform/PlatformContext";
import type { DeepLinkState, RedirectAddresses } from "@/platform/wire";
import { KEYS } from "../queries";
import { useCopy } from "../useCopy";
import styles from "./RedirectChoice.module.css";

export const REDIRECTS: readonly { value: RedirectKind; label: string; description: string }[] = [
  { value: "loopback", label: "Loopback", description: "To this computer, by itself" },
  { value: "deep_link", label: "Deep link", description: "By the app's own scheme" },
  { value: "paste", label: "Paste", description: "You copy the address back" },
];

const DEEP_LINK: Record<DeepLinkState, { dot: DotState; words: string }> = {
  ours: { dot: "ok", words: "This scheme opens Latchwork on this computer." },
  other_program: { dot: "failed", words: "Another program has taken this scheme." },
  not_registered: { dot: "changed", words: "This scheme is not registered on this computer." },
};

/** The paste kind needs no server: any address that the provider accepts will do. */
const PASTED_ADDRESS = "http://127.0.0.1/callback";

export function redirectAddress(
  kind: RedirectKind,
  fixed: string,
  addresses: RedirectAddresses | undefined,
): string {
  if (fixed !== "") return fixed;
  if (kind === "paste") return PASTED_ADDRESS;
  return (kind === "deep_link" ? addresses?.deep_link : addresses?.loopback) ?? "…";
}

function explanation(kind: RedirectKind, fixed: string, canFix: boolean): string {
  if (kind === "paste" || (kind === "loopback" && fixed.startsWith("https:"))) {
    return "The browser ends at this address, which may not load; you paste it from there. Works over SSH too.";
  }
  if (kind === "deep_link") {
    return "The browser hands it to Latchwork. The provider must accept an address of an app's own scheme.";
  }
  if (fixed !== "") return "Latchwork listens exactly here, and only while it waits.";
  const otherwise = canFix ? "needs a fixed port (More, Redirect)" : "needs another way back";
  return `Without a port: any free one is used, and most providers allow that. One that compares exactly ${otherwise}.`;
}

export function useRedirectAddresses() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.redirects, queryFn: () => platform.oauthRedirectAddresses() }).data;
}

interface Props {
  kind: RedirectKind;
  /** A fixed redirect URI, or nothing. */
  fixed: string;
  onChange: (kind: RedirectKind) => void;
  /** Whether a fixed address can be set elsewhere in the form. */
  canFix?: boolean;
}

/** Which way the browser comes back, and the address that the provider has to know for it. */
export function RedirectChoice({ kind, fixed, onChange, canFix = false }: Props) {
  const addresses = useRedirectAddresses();
  const copy = useCopy();
  const address = redirectAddress(kind, fixed, addresses);
  const state = kind === "deep_link" && addresses ? DEEP_LINK[addresses.deep_link_state] : null;
  return (
    <section className={styles.redirect} aria-label="Redirect address">
      <div className={styles.redirectHead}>
        <span className={styles.label}>Redirect address to register at the provider</span>
        <SelectInput
          label="Comes back by"
          labelHidden
          look="quiet"
          value={kind}
          choices={REDIRECTS}
          onChange={onChange}
        />
      </div>
      <div className={styles.addressRow}>
        <code className={styles.address} data-testid="redirect-address">
          {address}
        </code>
        <Button
          small
          aria-label="Copy redirect address"
          onPress={() => copy(address, "The redirect address")}
          isDisabled={address === "…"}
        >
          <Copy size={12} aria-hidden />
          Copy
        </Button>
      </div>
      {state ? (
        <p className={styles.state}>
          <StatusDot state={state.dot} word={state.words} />
          <span>
            <span aria-hidden>{state.words}</span>
            {addresses?.deep_link_note ? ` ${addresses.deep_link_note}` : ""}
          </span>
        </p>
      ) : null}
      <p className={styles.muted}>{explanation(kind, fixed, canFix)}</p>
    </section>
  );
}
