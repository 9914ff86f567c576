// How often what was asked, for /_test/counts.

const NOTHING = () => ({
  // By grant type: all token requests, and those of them that were refused.
  token_requests: {},
  token_refusals: {},
  authorizations: 0,
  device_authorizations: 0,
  discoveries: 0,
  introspections: 0,
  registrations: 0,
  revocations: 0,
  userinfo: 0,
  // Grants that the provider ended: by revocation, or because a refresh token or a code came twice.
  grants_revoked: 0,
  api_calls: 0,
  api_refusals: 0,
});

const ROUTES = {
  authorization: 'authorizations',
  device_authorization: 'device_authorizations',
  discovery: 'discoveries',
  introspection: 'introspections',
  registration: 'registrations',
  revocation: 'revocations',
  userinfo: 'userinfo',
};

export class Counts {
  now = NOTHING();

  reset() {
    this.now = NOTHING();
  }

  /** Counts what this provider is asked from now on. */
  watch(provider) {
    provider.use(async (context, next) => {
      try {
        await next();
      } finally {
        this.#note(context);
      }
    });
    provider.on('grant.revoked', () => {
      this.now.grants_revoked += 1;
    });
  }

  #note(context) {
    const route = context.oidc?.route;
    if (route === 'token') {
      const grant = context.oidc.params?.grant_type ?? 'none';
      this.now.token_requests[grant] = (this.now.token_requests[grant] ?? 0) + 1;
      if (context.status !== 200) {
        this.now.token_refusals[grant] = (this.now.token_refusals[grant] ?? 0) + 1;
      }
    } else if (route in ROUTES) {
      this.now[ROUTES[route]] += 1;
    }
  }
}
