// Keys for one run: the provider's own, and those of the client that signs its requests (private_key_jwt).

import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

async function pair(algorithm) {
  const keys =
    algorithm === 'RS256'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'P-256' });
  const about = { use: 'sig', alg: algorithm };
  return {
    private: { ...keys.privateKey.export({ format: 'jwk' }), ...about },
    public: { ...keys.publicKey.export({ format: 'jwk' }), ...about },
    pem: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }),
  };
}

export async function makeKeys() {
  const [signing, rsa, elliptic] = await Promise.all([pair('RS256'), pair('RS256'), pair('ES256')]);
  return {
    /** What the provider signs with, and its public half. */
    jwks: { keys: [signing.private] },
    verifying: signing.public,
    /** What the client `latchwork-key` is registered with. */
    clientKeys: [rsa.public, elliptic.public],
    /** The private halves of these, for the test. */
    clientPems: { RS256: rsa.pem, ES256: elliptic.pem },
  };
}
