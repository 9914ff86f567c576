import { useAuthStatus } from "@/app/queries";
import { useNow } from "@/components/Countdown/Countdown";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { wantsShared } from "@/model/oauth";
import styles from "./EditorHeader.module.css";

/** Who is signed in: this account, and everyone by the shared sign-in. */
export function AuthTags() {
  const { connectorId, document } = useEditor();
  const auth = useAuthStatus(connectorId).data;
  const shared = auth?.shared;
  return (
    <>
      {auth?.signed_in ? <SignedIn what="Signed in" expiresAt={auth.expires_at} /> : null}
      {shared && (shared.signed_in || wantsShared(document)) ? (
        <span className={styles.shared}>
          {shared.signed_in ? (
            <SignedIn what="Shared" expiresAt={shared.expires_at ?? null} />
          ) : (
            <Tag title="Nobody has signed in for everyone yet">Shared: not signed in</Tag>
          )}
        </span>
      ) : null}
    </>
  );
}

function SignedIn({ what, expiresAt }: { what: string; expiresAt: number | null }) {
  const now = useNow();
  if (expiresAt === null) return <Tag tone="ok">{what}</Tag>;
  const minutes = Math.floor((expiresAt - now) / 60);
  if (minutes < 0) return <Tag tone="warn">{what === "Shared" ? "Shared: expired" : "Sign-in expired"}</Tag>;
  const left = minutes >= 120 ? `${Math.floor(minutes / 60)} h left` : `${minutes} min left`;
  return (
    <Tag tone="ok">
      {what} · {left}
    </Tag>
  );
}
