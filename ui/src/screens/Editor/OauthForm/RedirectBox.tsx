import { RedirectChoice } from "@/app/RedirectChoice/RedirectChoice";
import { type GrantPlace, useGrantEdit } from "./grantPlace";

/** How this grant's browser comes back. */
export function RedirectBox({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  return (
    <RedirectChoice
      canFix
      kind={grant.fields.redirect ?? "loopback"}
      fixed={grant.fields.redirect_uri ?? ""}
      onChange={(redirect) => edit({ redirect })}
    />
  );
}
