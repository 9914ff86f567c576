import type { Place } from "@/editor/place";
import { AccountsView } from "./Accounts/AccountsView";
import { EndpointsList } from "./EndpointView/EndpointsList";
import { EndpointView } from "./EndpointView/EndpointView";
import { AuthForm } from "./PlaceForms/AuthForm";
import { RequestParametersForm } from "./PlaceForms/RequestParametersForm";
import { SettingsForm } from "./PlaceForms/SettingsForm";
import { TestRequestForm } from "./PlaceForms/TestRequestForm";
import { VariablesForm } from "./PlaceForms/VariablesForm";
import { RefreshForm } from "./RefreshForm/RefreshForm";
import { SigningForm } from "./Signing/SigningForm";
import { StepForm } from "./StepForm/StepForm";

export function PlaceView({ place }: { place: Place }) {
  switch (place.type) {
    case "step":
      return <StepForm key={place.id} id={place.id} />;
    case "auth":
      return <AuthForm />;
    case "refresh":
      return <RefreshForm />;
    case "request_parameters":
      return <RequestParametersForm />;
    case "signing":
      return <SigningForm />;
    case "test_request":
      return <TestRequestForm />;
    case "endpoints":
      return <EndpointsList />;
    case "endpoint":
      return <EndpointView key={place.index} index={place.index} />;
    case "variables":
      return <VariablesForm />;
    case "accounts":
      return <AccountsView />;
    case "settings":
      return <SettingsForm />;
  }
}
