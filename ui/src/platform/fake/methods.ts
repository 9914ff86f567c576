/** A connector of each auth method, for looking at their forms. */
import type { Auth, Connector } from "@/model/connector";
import { AUTH_METHOD_NAMES } from "@/model/document";

const AUTHS: readonly Auth[] = [
  { method: "none" },
  { method: "api_key", name: "X-API-Key", value: "{{ vars.api_key }}", location: "header" },
  { method: "bearer", token: "pk_live_51H8x" },
  { method: "basic", username: "{{ vars.user }}" },
  {
    method: "oauth2",
    grant: "jwt_bearer",
    key: "{{ vars.signing_key }}",
    algorithm: "RS256",
    claims: { iss: "{{ vars.user }}", aud: "https://accounts.acme.example/token" },
    token_url: "https://accounts.acme.example/token",
    scopes: ["contacts.read"],
  },
  {
    method: "aws_sigv4",
    access_key_id: "{{ vars.access_key_id }}",
    secret_access_key: "wJalrXUtnFEMI",
    region: "eu-central-1",
    service: "execute-api",
  },
  {
    method: "multistep",
    steps: [
      {
        id: "assume",
        type: "api_request",
        label: "Assume the role",
        request: { method: "POST", url: "https://sts.eu-central-1.amazonaws.com/" },
        outputs: [{ name: "key", value: "{{ body | xpath('//AccessKeyId/text()') }}" }],
      },
      {
        id: "site",
        type: "form",
        title: "Choose a site",
        fields: [{ key: "id", label: "Site", type: "select", options: "{{ assume.body.sites }}" }],
      },
    ],
    refresh: { mode: "none" },
    request_parameters: [],
    signing: {
      type: "aws_sigv4",
      access_key_id: "{{ assume.key }}",
      secret_access_key: "{{ assume.body.secret }}",
      session_token: "{{ assume.body.token }}",
      region: "{{ vars.region }}",
      service: "execute-api",
    },
  },
  {
    method: "multistep",
    steps: [],
    refresh: { mode: "none" },
    request_parameters: [],
    signing: {
      type: "oauth1",
      consumer_key: "{{ vars.user }}",
      consumer_secret: "{{ vars.consumer_secret }}",
      token: "",
      token_secret: "",
      signature_method: "HMAC-SHA1",
    },
  },
];

export function methodId(index: number): string {
  return `5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f2c0${index}`;
}

const connector = (auth: Auth, index: number): Connector => ({
  format: "latchwork.connector/1",
  id: methodId(index),
  name: `${AUTH_METHOD_NAMES[auth.method]} ${index}`,
  kind: "rest",
  base_url: "https://api.acme.example/v2",
  variables: [
    { name: "user", value: "ada" },
    { name: "region", value: "eu-central-1" },
    { name: "api_key", secret: true },
    { name: "signing_key", secret: true },
    { name: "access_key_id", secret: true },
    { name: "consumer_secret", secret: true },
  ],
  network: {
    proxy: "http://proxy.acme.example:3128",
    client_certificate: { certificate: "", key: "" },
    accept_invalid_certificates: true,
  },
  auth,
  test: { request: { method: "GET", url: "/me" }, advanced: true },
});

export const METHOD_CONNECTORS: readonly string[] = AUTHS.map((auth, index) =>
  JSON.stringify(connector(auth, index)),
);
