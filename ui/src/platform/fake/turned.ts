/** Presets as what they are made of, as the core tells it. */
import type { Auth, MultistepAuth, Oauth2Auth, OauthStep, RequestParameter } from "@/model/connector";
import { stepTypeOf } from "@/model/oauth";

const flow = (parts: Partial<MultistepAuth>): MultistepAuth => ({
  method: "multistep",
  steps: [],
  request_parameters: [],
  ...parts,
});

const authorization = (value: string): RequestParameter => ({
  location: "header",
  name: "Authorization",
  value,
});

function grantStep({ method: _method, grant, ...fields }: Oauth2Auth): OauthStep {
  return { id: "oauth", type: stepTypeOf(grant), ...fields };
}

export function turnedIntoMultistep(auth: Auth): MultistepAuth {
  switch (auth.method) {
    case "multistep":
      return auth;
    case "none":
      return flow({});
    case "api_key": {
      const { location, name, value } = auth;
      return flow({ request_parameters: [{ location, name, value }] });
    }
    case "bearer":
      return flow({ request_parameters: [authorization(`Bearer ${auth.token}`)] });
    case "basic": {
      const { method: _method, ...fields } = auth;
      return flow({
        steps: [{ id: "basic", type: "basic_auth", ...fields }],
        request_parameters: [authorization("{{ basic.header }}")],
      });
    }
    case "oauth2":
      return flow({
        steps: [grantStep(auth)],
        request_parameters: [authorization("Bearer {{ oauth.access_token }}")],
      });
    case "aws_sigv4": {
      const { method: _method, ...fields } = auth;
      return flow({ signing: { type: "aws_sigv4", ...fields } });
    }
  }
}
