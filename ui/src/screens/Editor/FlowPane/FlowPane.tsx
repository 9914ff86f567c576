import { useAccounts } from "@/app/queries";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { SETTINGS_PATHS } from "@/editor/place";
import { Mono, PartList, SidePane, SideParts, SideSection } from "@/editor/SidePane/SidePane";
import { accountTitle } from "@/model/accounts";
import { authMethodName, authSteps, isMultistep } from "@/model/document";
import { formatPath } from "@/model/path";
import { selfRenewing } from "@/model/refresh";
import { signingName } from "@/model/signing";
import { STEP_KINDS } from "@/model/stepKinds";
import { Part } from "./Parts";
import { RefreshSection } from "./RefreshSection";
import { StepList } from "./StepList";

const SETTINGS = SETTINGS_PATHS.map(formatPath);
const AUTH_KINDS = STEP_KINDS.filter((kind) => kind.creatable).map((kind) => kind.type);

/** The left side: how the connector signs in and renews that, as cards where it is a flow, and its other parts below. */
export function FlowPane() {
  const editor = useEditor();
  const { document } = editor;
  const count = authSteps(document).length;
  return (
    <SidePane label="Connector">
      <SideSection
        title={isMultistep(document.auth) ? "Auth flow" : "Sign-in"}
        withUndo
        note={isMultistep(document.auth) ? `${count} ${count === 1 ? "step" : "steps"}` : ""}
      >
        {isMultistep(document.auth) ? (
          <StepList
            flow="auth"
            label="Steps of the auth flow"
            kinds={AUTH_KINDS}
            whenEmpty="No steps yet. Add the first one, or paste one."
          />
        ) : (
          <PartList>
            <Part place={{ type: "auth" }} path="auth" name={authMethodName(document.auth.method)} />
          </PartList>
        )}
      </SideSection>
      {isMultistep(document.auth) || selfRenewing(document) ? <RefreshSection /> : null}
      <SideParts label="Parts of the connector">
        {isMultistep(document.auth) ? (
          <>
            <Part
              place={{ type: "request_parameters" }}
              path="auth.request_parameters"
              name="Request parameters"
              value={document.auth.request_parameters?.length ?? 0}
            />
            <Part
              place={{ type: "signing" }}
              path="auth.signing"
              name="Signing"
              value={signingName(document.auth.signing)}
            />
          </>
        ) : null}
        <Part
          place={{ type: "test_request" }}
          path="test"
          name="Test request"
          value={
            document.test ? (
              <Mono>
                {document.test.request.method} {document.test.request.url || "/"}
              </Mono>
            ) : (
              "none"
            )
          }
        />
        <Part
          place={{ type: "endpoints" }}
          path="endpoints"
          name="Endpoints"
          value={document.endpoints?.length ?? 0}
        />
        <Part
          place={{ type: "variables" }}
          path="variables"
          name="Variables"
          value={document.variables?.length ?? 0}
        />
        {document.auth.method === "none" ? null : <AccountsPart />}
        <Part
          place={{ type: "settings" }}
          path={SETTINGS}
          name="Connector settings"
          value={
            document.network?.accept_invalid_certificates ? (
              <Tag tone="warn" title="Certificates of servers are not checked for this connector">
                Unsafe TLS
              </Tag>
            ) : undefined
          }
        />
      </SideParts>
    </SidePane>
  );
}

function AccountsPart() {
  const { connectorId } = useEditor();
  const accounts = useAccounts(connectorId).data ?? [];
  const active = accounts.find((one) => one.active);
  const needsYou = accounts.filter((one) => one.state === "needs_you").length;
  const value =
    needsYou > 0
      ? needsYou === 1
        ? "1 needs you"
        : `${needsYou} need you`
      : active?.state === "signed_out" && accounts.length === 1
        ? "nobody yet"
        : (active?.label ?? accountTitle(active?.name ?? ""));
  return <Part place={{ type: "accounts" }} path={null} name="Accounts" value={value} />;
}
