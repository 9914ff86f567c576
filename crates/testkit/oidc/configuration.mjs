// The provider's configuration. What is not named here is as oidc-provider has it, and that is certified: PKCE with
// S256 only, `iss` in answers (RFC 9207), a code that works once.

import { deviceConnectedPage, errorPage, userCodeConfirmPage, userCodePage } from './pages.mjs';
import { clients } from './settings.mjs';

/** Scopes of the provider's own /api, beside those of OpenID Connect. */
const API_SCOPES = ['contacts.read', 'contacts.write'];

export function configuration(settings, issuer, store, keys) {
  const port = new URL(issuer).port;
  const seconds = settings.access_token_seconds;
  return {
    adapter: store.adapter,
    clients: clients(settings, keys.clientKeys),
    jwks: keys.jwks,
    scopes: ['openid', 'offline_access', ...API_SCOPES],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    // A browser sends the cookies of one port to all of them.
    cookies: {
      keys: [`cookies of ${issuer}`],
      names: {
        session: `session_${port}`,
        interaction: `interaction_${port}`,
        resume: `resume_${port}`,
      },
    },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `${id[0].toUpperCase()}${id.slice(1)} Example`,
        preferred_username: id,
        email: `${id}@example.test`,
        email_verified: true,
      }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    rotateRefreshToken: true,
    issueRefreshToken: (_context, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (settings.refresh_tokens === 'always' || source.scopes.has('offline_access')),
    expiresWithSession: () => false,
    ttl: {
      AccessToken: seconds,
      ClientCredentials: seconds,
      RefreshToken: settings.refresh_token_seconds,
      DeviceCode: settings.device_code_seconds,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 3600,
      Session: 86_400,
      Grant: 86_400,
    },
    renderError: (context, members) => {
      context.type = 'html';
      context.body = errorPage(members);
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      registration: { enabled: settings.registration },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context, form, _members, error) => {
          context.body = userCodePage(form, error && deviceError(error));
        },
        userCodeConfirmSource: (context, form, client, _device, userCode) => {
          context.body = userCodeConfirmPage(form, client.clientName ?? client.clientId, userCode);
        },
        successSource: (context) => {
          const { client } = context.oidc;
          context.body = deviceConnectedPage(client.clientName ?? client.clientId);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, _client, oneOf) =>
          oneOf ?? (settings.token_format === 'jwt' ? `${issuer}/api` : undefined),
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: API_SCOPES.join(' '),
          audience: resource,
          accessTokenTTL: seconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

function deviceError(error) {
  if (error.name === 'AbortedError') {
    return 'The device was not connected.';
  }
  return error.userCode || error.name === 'NoCodeError'
    ? 'That code is wrong.'
    : 'The code could not be used.';
}
