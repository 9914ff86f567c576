import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { ParameterTable } from "@/editor/ParameterTable/ParameterTable";
import { Place } from "@/editor/PlaceForm/Place";
import { isMultistep } from "@/model/document";

const AT = ["auth", "request_parameters"] as const;
const COOKIES = ["auth", "send_cookies"] as const;

export function RequestParametersForm() {
  const { document, apply } = useEditor();
  const rows = isMultistep(document.auth) ? (document.auth.request_parameters ?? []) : [];
  return (
    <Place
      title="Request parameters"
      about="Added to the test request and to every endpoint; never to the steps."
    >
      <ParameterTable
        noun="parameter"
        at={AT}
        rows={rows}
        withLocation
        newRow={
          rows.length === 0
            ? { location: "header", name: "Authorization", value: "Bearer " }
            : { location: "header", name: "", value: "" }
        }
        emptyText="None yet. Most APIs want a header such as Authorization, made from an output of the flow."
      />
      <Toggle
        label="Send the cookies of the steps"
        description="What the steps were given goes with the test request and the endpoints, to the servers that set it."
        isSelected={isMultistep(document.auth) && document.auth.send_cookies === true}
        onChange={(on) => apply({ type: "value_set", at: COOKIES, value: on ? true : undefined })}
      />
      <Findings paths={[AT, COOKIES]} />
    </Place>
  );
}
