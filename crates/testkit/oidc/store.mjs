// Everything that the provider remembers, in memory, as oidc-provider wants it from an adapter.
//
// Its own adapter forgets the oldest of a thousand entries; a test with many callers must not meet that. Here are
// also the grace after a rotation, and what a test does to tokens from outside.

const BOUND_TO_A_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode']);

export class Store {
  #entries = new Map();
  #graceMilliseconds;

  constructor(graceSeconds) {
    this.#graceMilliseconds = graceSeconds * 1000;
  }

  /** The factory that the provider's configuration takes. */
  get adapter() {
    return (model) => new Adapter(model, this.#entries, this.#graceMilliseconds);
  }

  /** Forgets everything: sessions, grants, tokens, and clients that registered themselves. */
  reset() {
    this.#entries.clear();
  }

  /** Forgets all of these kinds, so that what was handed out no longer works. */
  forget(...models) {
    for (const key of this.#entries.keys()) {
      if (models.some((model) => key.startsWith(`${model}:`))) {
        this.#entries.delete(key);
      }
    }
  }
}

class Adapter {
  #model;
  #entries;
  #grace;

  constructor(model, entries, grace) {
    this.#model = model;
    this.#entries = entries;
    this.#grace = grace;
  }

  async upsert(id, payload, expiresIn) {
    const ends = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000;
    this.#entries.set(this.#key(id), { model: this.#model, id, payload, ends, consumedAt: undefined });
  }

  async find(id) {
    return this.#payload(this.#entries.get(this.#key(id)));
  }

  async findByUserCode(userCode) {
    return this.#where((payload) => payload.userCode === userCode);
  }

  async findByUid(uid) {
    return this.#where((payload) => payload.uid === uid);
  }

  async destroy(id) {
    this.#entries.delete(this.#key(id));
  }

  async consume(id) {
    const entry = this.#entries.get(this.#key(id));
    if (entry) {
      entry.consumedAt ??= Date.now();
    }
  }

  async revokeByGrantId(grantId) {
    for (const [key, entry] of this.#entries) {
      if (BOUND_TO_A_GRANT.has(entry.model) && entry.payload.grantId === grantId) {
        this.#entries.delete(key);
      }
    }
  }

  #key(id) {
    return `${this.#model}:${id}`;
  }

  #where(matches) {
    for (const entry of this.#entries.values()) {
      if (entry.model === this.#model && matches(entry.payload)) {
        return this.#payload(entry);
      }
    }
    return undefined;
  }

  #payload(entry) {
    // Expired tokens stay for a while: the provider itself says that they are.
    if (entry === undefined || (entry.ends < Date.now() && !BOUND_TO_A_GRANT.has(entry.model))) {
      return undefined;
    }
    const { payload, consumedAt } = entry;
    if (consumedAt === undefined) {
      return payload;
    }
    const inGrace = entry.model === 'RefreshToken' && Date.now() < consumedAt + this.#grace;
    return inGrace ? payload : { ...payload, consumed: Math.floor(consumedAt / 1000) };
  }
}
