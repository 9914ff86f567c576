import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { ParameterTable } from "@/editor/ParameterTable/ParameterTable";
import { Place } from "@/editor/PlaceForm/Place";
import { isMultistep } from "@/model/document";

const AT = ["auth", "request_parameters"] as const;

export function RequestParametersForm() {
  const { document } = useEditor();
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
      <Findings paths={[AT]} />
    </Place>
  );
}
