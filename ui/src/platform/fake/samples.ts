/** Connector files for the in-memory platform: what a newcomer finds after "Try the practice provider". */

export const PRACTICE_URL = "http://127.0.0.1:8787";

export const PRACTICE_LOGIN = JSON.stringify({
  format: "latchwork.connector/1",
  id: "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c01",
  name: "Practice CRM",
  kind: "rest",
  description: "Signs in with a form and a JSON login call.",
  base_url: PRACTICE_URL,
  auth: {
    method: "multistep",
    steps: [
      {
        id: "signin",
        type: "form",
        title: "Sign in to Practice CRM",
        fields: [
          { key: "email", label: "E-mail", type: "email", default: "ann@practice.example" },
          {
            key: "password",
            label: "Password",
            type: "password",
            help: "In the practice provider it is “practice”.",
          },
        ],
      },
      {
        id: "login",
        type: "api_request",
        label: "Log in",
        request: {
          method: "POST",
          url: "/login",
          body: {
            type: "json",
            value: { email: "{{ signin.email }}", password: "{{ signin.password }}", device: "{{ uuid() }}" },
          },
        },
      },
    ],
    refresh: { mode: "none" },
    request_parameters: [
      { location: "header", name: "Authorization", value: "Bearer {{ login.body.token }}" },
    ],
  },
  test: { request: { method: "GET", url: "/me" }, advanced: true },
  endpoints: [
    { id: "contacts", name: "Contacts", request: { method: "GET", url: "/contacts" } },
    {
      id: "get_contact",
      name: "Contact",
      inputs: [{ name: "id", type: "number", required: true, default: 2 }],
      request: { method: "GET", url: "/contacts/{{ input.id }}" },
    },
    {
      id: "echo",
      name: "Echo",
      request: { method: "POST", url: "/echo", body: { type: "json", value: { big: 1 } } },
    },
  ],
});

export const RENEWING_ID = "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c05";

/** The same login, with a refresh flow that renews its token. */
export const PRACTICE_RENEWING = JSON.stringify({
  ...JSON.parse(PRACTICE_LOGIN),
  id: RENEWING_ID,
  name: "Practice sessions",
  account_name: "{{ login.body.user.name }}",
  auth: {
    ...JSON.parse(PRACTICE_LOGIN).auth,
    refresh: {
      mode: "steps",
      steps: [
        {
          id: "renew",
          type: "api_request",
          label: "Renew session",
          request: {
            method: "POST",
            url: "/renew",
            body: { type: "json", value: { token: "{{ login.body.renew.token }}" } },
          },
        },
      ],
      updates: [{ target: "login.body.token", value: "{{ renew.body.token }}" }],
    },
  },
});

export const PRACTICE_GRAPHQL = JSON.stringify({
  format: "latchwork.connector/1",
  id: "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c02",
  name: "Practice GraphQL",
  kind: "graphql",
  base_url: `${PRACTICE_URL}/graphql`,
  variables: [{ name: "api_key", secret: true }],
  auth: { method: "api_key", name: "X-API-Key", value: "{{ vars.api_key }}", location: "header" },
  test: {
    request: { method: "POST", url: "", body: { type: "graphql", query: "{ me { name } }" } },
    advanced: true,
  },
  endpoints: [
    {
      id: "orders",
      name: "Orders of a contact",
      inputs: [
        { name: "contact", type: "number", required: true },
        { name: "state", type: "text", required: false },
      ],
      request: {
        method: "POST",
        url: "",
        body: { type: "graphql", query: "query ($contact: Int) { orders(contact: $contact) { id total } }" },
      },
    },
  ],
});

export const WITH_OAUTH = JSON.stringify({
  format: "latchwork.connector/1",
  id: "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c03",
  name: "Acme CRM with a name that is much longer than anybody would give to a connector in real life",
  kind: "rest",
  base_url: "https://api.acme.example/v2",
  variables: [
    { name: "client_id", value: "abc" },
    { name: "client_secret", secret: true },
  ],
  auth: {
    method: "multistep",
    steps: [
      {
        id: "grant",
        type: "oauth2_pkce",
        client_id: "{{ vars.client_id }}",
        authorization_url: "https://acme.example/authorize",
        token_url: "https://acme.example/token",
        scopes: ["contacts.read"],
        code_challenge_method: "S256",
      },
      {
        id: "site",
        type: "form",
        title: "Choose a workspace",
        when: "{{ grant.raw.sites is defined }}",
        fields: [],
      },
    ],
    refresh: { mode: "none" },
    request_parameters: [
      { location: "header", name: "Authorization", value: "Bearer {{ grant.access_token }}" },
    ],
  },
  test: { request: { method: "GET", url: "/me" }, advanced: false },
});

export const OAUTH_ID = "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c04";

export const PRACTICE_OAUTH = JSON.stringify({
  format: "latchwork.connector/1",
  id: OAUTH_ID,
  name: "Acme",
  kind: "rest",
  base_url: PRACTICE_URL,
  variables: [
    { name: "client_id", value: "latchwork-desktop" },
    { name: "client_secret", secret: true },
  ],
  auth: {
    method: "multistep",
    steps: [
      {
        id: "grant",
        type: "oauth2_pkce",
        label: "Sign in to Acme",
        client_id: "{{ vars.client_id }}",
        client_secret: "{{ vars.client_secret }}",
        issuer: "https://accounts.acme.example",
        authorization_url: "https://accounts.acme.example/authorize",
        token_url: "https://accounts.acme.example/token",
        scopes: ["openid", "contacts.read", "offline_access"],
        shared_credentials: true,
      },
      {
        id: "device",
        type: "oauth2_device_code",
        client_id: "{{ vars.client_id }}",
        device_authorization_url: "https://accounts.acme.example/device/auth",
        token_url: "https://accounts.acme.example/token",
        scopes: ["contacts.read"],
      },
    ],
    refresh: { mode: "none" },
    request_parameters: [
      { location: "header", name: "Authorization", value: "Bearer {{ grant.access_token }}" },
    ],
  },
  test: { request: { method: "GET", url: "/me" }, advanced: true },
  endpoints: [{ id: "contacts", name: "Contacts", request: { method: "GET", url: "/contacts" } }],
});
