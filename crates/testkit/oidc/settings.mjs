// What a test asks for, as one JSON object on the command line, and the clients that are always there.
//
// Not here: anything that a provider does with it.

/** Every member may be left out; a member that is not named here is refused. */
const DEFAULTS = {
  // 0 takes a free port.
  port: 0,
  access_token_seconds: 3600,
  refresh_token_seconds: 86_400,
  device_code_seconds: 600,
  // "opaque", or "jwt": then tokens are for the provider's own /api, which is the default resource (RFC 8707).
  token_format: 'opaque',
  // How long a rotated refresh token still works. 0: using it again ends the whole grant.
  rotation_grace_seconds: 0,
  // "always", or "offline_access": only with that scope, which OpenID Connect grants with `prompt=consent` alone.
  refresh_tokens: 'always',
  registration: true,
  // More clients, as their registered metadata (RFC 7591).
  clients: [],
};

const GRANTS = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'];
const SERVICE_GRANTS = [...GRANTS, 'client_credentials'];

/** For native clients any port of a loopback address is registered with these (RFC 8252 section 7.3). */
const REDIRECTS = [
  'http://127.0.0.1/callback',
  'http://[::1]/callback',
  'http://localhost/callback',
  'studio.latchwork://oauth/callback',
  'studio.latchwork.dev://oauth/callback',
];

/** Characters that change where HTTP Basic is sent without encoding them first (RFC 6749 section 2.3.1). */
export const SECRET = 'a secret: 100% + & = / ?';

export function readSettings(text) {
  const given = text === undefined ? {} : JSON.parse(text);
  const unknown = Object.keys(given).find((name) => !(name in DEFAULTS));
  if (unknown !== undefined) {
    throw new Error(`there is no setting named ${unknown}`);
  }
  return { ...DEFAULTS, ...given };
}

/** The clients that every test finds. `keys` are the public keys of the one that signs its requests. */
export function clients(settings, keys) {
  const native = (id, name, method, more = {}) => ({
    client_id: id,
    client_name: name,
    application_type: 'native',
    token_endpoint_auth_method: method,
    redirect_uris: REDIRECTS,
    response_types: ['code'],
    grant_types: method === 'none' ? GRANTS : SERVICE_GRANTS,
    ...more,
  });
  return [
    native('latchwork-public', 'Latchwork', 'none'),
    native('latchwork-basic', 'Latchwork with a secret', 'client_secret_basic', { client_secret: SECRET }),
    native('latchwork-post', 'Latchwork with a secret in the body', 'client_secret_post', {
      client_secret: SECRET,
    }),
    native('latchwork-key', 'Latchwork with a key', 'private_key_jwt', { jwks: { keys } }),
    ...settings.clients,
  ];
}
