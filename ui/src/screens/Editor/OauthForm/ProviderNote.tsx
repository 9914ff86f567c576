import { Plus } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { actionEdit, actionLabel, adviceFor, isDone } from "@/model/providers";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

/** A sentence of advice where the provider is a known one; what can be added is a click away. */
export function ProviderNote({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const provider = adviceFor(grant.type, grant.fields);
  if (!provider) return null;
  const open = provider.actions.filter((action) => !isDone(action, grant.fields));
  return (
    <Note tone="info">
      {provider.advice}
      {open.length > 0 ? (
        <div className={styles.hintActions}>
          {open.map((action) => (
            <Button
              key={actionLabel(action)}
              small
              onPress={() => {
                const { member, value } = actionEdit(action, grant.fields);
                edit({ [member]: value });
              }}
            >
              <Plus size={12} aria-hidden />
              Add {actionLabel(action)}
            </Button>
          ))}
        </div>
      ) : null}
    </Note>
  );
}
