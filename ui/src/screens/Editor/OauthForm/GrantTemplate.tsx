import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { OauthFields } from "@/model/connector";
import { type GrantPlace, useGrantEdit } from "./grantPlace";

type TextMember = {
  [Member in keyof OauthFields]-?: OauthFields[Member] extends string | undefined ? Member : never;
}[keyof OauthFields];

interface Props {
  grant: GrantPlace;
  member: TextMember;
  label: string;
  placeholder?: string;
  description?: string;
}

/** One member of a grant that is a template; left empty it is not in the file. */
export function GrantTemplate({ grant, member, ...rest }: Props) {
  const edit = useGrantEdit(grant.at);
  return (
    <TemplateField
      {...rest}
      at={[...grant.at, member]}
      value={grant.fields[member] ?? ""}
      onChange={(value) => edit({ [member]: value })}
    />
  );
}
