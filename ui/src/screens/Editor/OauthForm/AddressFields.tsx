import { useMutation } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { usesBrowser } from "@/model/oauth";
import { templateParts } from "@/model/template";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import { Discovery } from "./Discovery";
import { GrantTemplate } from "./GrantTemplate";
import type { GrantPlace } from "./grantPlace";
import styles from "./OauthForm.module.css";

/** Where the provider is: its issuer, whose endpoints can be looked up, and the endpoints themselves. */
export function AddressFields({ grant }: { grant: GrantPlace }) {
  const platform = usePlatform();
  const { fields, type } = grant;
  const issuer = (fields.issuer ?? "").trim();
  const discover = useMutation({ mutationFn: (asked: string) => platform.oauthDiscover(asked) });
  const isWritten = templateParts(issuer).every((part) => part.kind === "text");
  const error = discover.error ? toAppError(discover.error) : null;
  const isOfThisIssuer = discover.variables === issuer;
  const isCovered = issuer !== "";
  const fromIssuer = isCovered ? "Found by the issuer when it runs" : "https://";
  return (
    <div className={styles.stack}>
      <div className={styles.withButton}>
        <GrantTemplate
          grant={grant}
          member="issuer"
          label="Issuer"
          placeholder="https://accounts.example.com"
          description={
            isWritten
              ? "Optional: its published metadata gives the addresses below."
              : "An expression is only known when it runs: the addresses are looked up then."
          }
        />
        <Button
          onPress={() => discover.mutate(issuer)}
          isDisabled={!isCovered || !isWritten || discover.isPending}
        >
          <Search size={13} aria-hidden />
          {discover.isPending ? "Looking…" : "Discover"}
        </Button>
      </div>
      {error && isOfThisIssuer ? (
        <Note tone="danger" role="alert" code={error.code} help={error.hint}>
          <Spoken text={error.message} />
        </Note>
      ) : null}
      {discover.data && isOfThisIssuer ? (
        <Discovery grant={grant} found={discover.data} onClose={() => discover.reset()} />
      ) : null}
      {usesBrowser(type) ? (
        <GrantTemplate
          grant={grant}
          member="authorization_url"
          label="Authorization URL"
          placeholder={fromIssuer}
        />
      ) : null}
      {type === "oauth2_device_code" ? (
        <GrantTemplate
          grant={grant}
          member="device_authorization_url"
          label="Device authorization URL"
          placeholder={fromIssuer}
        />
      ) : null}
      <GrantTemplate grant={grant} member="token_url" label="Token URL" placeholder={fromIssuer} />
    </div>
  );
}
