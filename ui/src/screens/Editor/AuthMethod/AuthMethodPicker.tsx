import { useState } from "react";
import { useNotices } from "@/components/Notices/Notices";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { useEditor } from "@/editor/EditorContext";
import type { AuthMethod } from "@/model/connector";
import { AUTH_METHOD_NAMES, AUTH_METHODS, authMethodName, isFilledIn, newAuth } from "@/model/document";
import { KeepPresetDialog } from "./KeepPresetDialog";
import { useTurnIntoMultistep } from "./useTurnIntoMultistep";

const ABOUT: Record<AuthMethod, string> = {
  multistep: "Steps, one after the other",
  oauth2: "One grant by itself",
  api_key: "A key in a header, the query or the body",
  bearer: "A token in the Authorization header",
  basic: "A username and a password",
  aws_sigv4: "Each request is signed with an access key",
  none: "The API asks for nothing",
};

const CHOICES = AUTH_METHODS.map((method) => ({
  value: method,
  label: AUTH_METHOD_NAMES[method],
  description: ABOUT[method],
}));

/** Which way the connector signs in. What is filled in is kept where another method can hold it. */
export function AuthMethodPicker() {
  const { document, apply, open } = useEditor();
  const notices = useNotices();
  const turn = useTurnIntoMultistep();
  const [asking, setAsking] = useState(false);
  const { auth } = document;
  const replace = (method: AuthMethod) => {
    apply({ type: "value_set", at: ["auth"], value: newAuth(method) });
    open({ type: "auth" });
    if (!isFilledIn(auth)) return;
    const what = auth.method === "multistep" ? "The flow" : `“${authMethodName(auth.method)}”`;
    notices.tellUndoable(`${what} was replaced.`);
  };
  const choose = (method: AuthMethod) => {
    if (method === auth.method) return;
    if (method === "multistep" && isFilledIn(auth)) setAsking(true);
    else replace(method);
  };
  return (
    <>
      <SelectInput label="Auth method" value={auth.method} choices={CHOICES} onChange={choose} />
      {asking ? (
        <KeepPresetDialog
          name={authMethodName(auth.method)}
          onClose={() => setAsking(false)}
          onKeep={() => void turn()}
          onEmpty={() => replace("multistep")}
        />
      ) : null}
    </>
  );
}
