// An API behind the provider's tokens, opaque ones and JWTs alike: /api/<anything> tells whose token it was.

import { importJWK, jwtVerify } from 'jose';

export class Api {
  #provider;
  #counts;
  #key;
  /** Ids of the JWTs that work: they live outside the provider's store. */
  #live = new Set();

  constructor(provider, counts, key) {
    this.#provider = provider;
    this.#counts = counts;
    this.#key = importJWK(key);
    for (const event of ['access_token.issued', 'client_credentials.issued']) {
      provider.on(event, (token) => this.#live.add(token.jti));
    }
  }

  /** From now on no JWT that was handed out works. */
  forgetTokens() {
    this.#live.clear();
  }

  async answer(request, response) {
    this.#counts.now.api_calls += 1;
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    const found = scheme.toLowerCase() === 'bearer' && token ? await this.#find(token) : undefined;
    if (found) {
      json(response, 200, found);
    } else {
      this.#counts.now.api_refusals += 1;
      json(response, 401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
  }

  async #find(token) {
    if (token.split('.').length === 3) {
      return this.#findJwt(token);
    }
    for (const kind of [this.#provider.AccessToken, this.#provider.ClientCredentials]) {
      const found = await kind.find(token);
      if (found && !found.isExpired) {
        const { accountId, clientId, scope } = found;
        return { sub: accountId ?? clientId, client_id: clientId, scope: scope ?? '' };
      }
    }
    return undefined;
  }

  async #findJwt(token) {
    try {
      const { payload } = await jwtVerify(token, await this.#key, { issuer: this.#provider.issuer });
      const { sub, client_id, scope, aud, jti } = payload;
      return this.#live.has(jti) ? { sub, client_id, scope: scope ?? '', aud } : undefined;
    } catch {
      return undefined;
    }
  }
}

export function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
