// A certified OpenID provider on loopback, for tests: `node server.mjs '{"access_token_seconds": 5}'`.
//
// Once it answers it prints one line of JSON: `issuer`, `client_keys`. It ends when its standard input does, so that
// a test that is killed leaves no process behind. Beside the provider itself there are:
//   /api/<anything>        an API that wants one of its access tokens
//   GET  /_test/counts     how often what was asked
//   POST /_test/reset      forget everything, the counts too
//   POST /_test/expire     access tokens that were handed out no longer work, whatever their time
//   POST /_test/revoke     refresh tokens too

import './runtime.mjs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { Api, json } from './api.mjs';
import { configuration } from './configuration.mjs';
import { Counts } from './counts.mjs';
import { interact } from './interactions.mjs';
import { makeKeys } from './keys.mjs';
import { readSettings } from './settings.mjs';
import { Store } from './store.mjs';

process.stdin.on('close', () => process.exit(0)).resume();

const settings = readSettings(process.argv[2]);
const keys = await makeKeys();
// Node's five seconds end connections that a test on a busy machine is just about to use again.
const server = createServer({ keepAliveTimeout: 60_000 });
await new Promise((resolve, reject) => {
  server.once('error', reject).listen(settings.port, '127.0.0.1', resolve);
});
const issuer = `http://127.0.0.1:${server.address().port}`;

const store = new Store(settings.rotation_grace_seconds);
const counts = new Counts();
const provider = new Provider(issuer, configuration(settings, issuer, store, keys));
counts.watch(provider);
provider.on('server_error', (_context, error) => console.error(error));
const api = new Api(provider, counts, keys.verifying);
const answer = provider.callback();

const CONTROLS = {
  'GET /_test/counts': () => counts.now,
  'POST /_test/reset': () => {
    store.reset();
    api.forgetTokens();
    counts.reset();
  },
  'POST /_test/expire': () => {
    store.forget('AccessToken', 'ClientCredentials');
    api.forgetTokens();
  },
  'POST /_test/revoke': () => {
    store.forget('AccessToken', 'ClientCredentials', 'RefreshToken');
    api.forgetTokens();
  },
};

server.on('request', async (request, response) => {
  try {
    const { pathname } = new URL(request.url, issuer);
    if (pathname.startsWith('/_test/')) {
      const control = CONTROLS[`${request.method} ${pathname}`];
      json(response, control ? 200 : 404, control?.() ?? {});
    } else if (pathname.startsWith('/api/')) {
      await api.answer(request, response);
    } else if (!(await interact(provider, request, response))) {
      await answer(request, response);
    }
  } catch (error) {
    console.error(error);
    if (!response.headersSent) {
      response.writeHead(500);
    }
    response.end();
  }
});

process.stdout.write(`${JSON.stringify({ issuer, client_keys: keys.clientPems })}\n`);
