/**
 * The platform in memory: for tests, and for looking at the window in a plain browser. It behaves like the
 * core where a person can tell, and is never part of a build that ships.
 */
import type { Platform } from "../platform";
import type { VaultStatus } from "../wire";
import { type AccountOptions, type FakeAccount, fakeAccount } from "./account";
import { type FakeApps, fakeApps } from "./apps";
import { fakeConnectors } from "./connectors";
import { fakeSchemas } from "./graphql";
import { type FakeImports, fakeImports } from "./imports";
import { fakeLibrary, type Stored } from "./library";
import { type FakeLinked, fakeLinked } from "./linked";
import { fakeRuns } from "./runs";
import { PRACTICE_GRAPHQL, PRACTICE_LOGIN } from "./samples";
import { FakeSessions } from "./sessions";
import { fakeSignedIn } from "./signedIn";
import { SignIns } from "./signIn";
import { fakeSteps } from "./steps";
import { fakeStudio } from "./studio";

export interface FakeOptions extends AccountOptions {
  /** Connector files that are there from the start. */
  documents?: readonly string[];
  /** App files that are there from the start. */
  apps?: readonly string[];
  vault?: VaultStatus;
  /** 0 in tests: a run's requests take no time, and the browser comes back when the test says so. */
  speed?: number;
  draft?: string;
}

export interface FakePlatform extends Platform, Pick<FakeAccount, "notify">, FakeApps {
  stored: Map<string, Stored>;
  clipboard: string;
  signIns: SignIns;
  sessions: FakeSessions;
  /** Addresses that the person opened. */
  links: string[];
  imports: FakeImports;
  linked: FakeLinked;
}

/** How long the browser of a plain page is away. */
const BROWSER_MS = 40_000;

export function createFakePlatform(options: FakeOptions = {}): FakePlatform {
  const sessions = new FakeSessions();
  const signIns = new SignIns(options.speed === 0 ? null : BROWSER_MS);

  const library = fakeLibrary(sessions, options.documents ?? []);
  const { stored, put, row, opened, readOnce } = library;

  const apps = fakeApps(
    () => [...stored.values()].map((one) => [one.id, readOnce(one.document)]),
    options.apps ?? [],
  );

  const imports: FakeImports = { fileToChoose: null, held: new Map() };
  const linked: FakeLinked = { disk: library.disk, chosenPath: null };
  const importing = {
    add: (document: string, secrets: ReadonlyMap<string, string>) => {
      const one = put(document);
      for (const [name, value] of secrets) one.secrets.set(name, value);
      return opened(one);
    },
    document: (id: string) => row(id).document,
  };

  const fake: FakePlatform = {
    ...apps,
    ...fakeImports(importing, imports),
    imports,
    ...fakeLinked(library, linked),
    linked,
    ...fakeAccount(signIns, options),
    ...sessions.commands(),
    ...fakeStudio(options.vault, () => stored.size === 0 && apps.apps.size === 0),
    ...fakeConnectors(library),
    ...fakeSteps(),
    ...fakeSchemas(),
    ...fakeRuns({ library, sessions, signIns, speed: options.speed ?? 1, platform: () => fake }),
    ...fakeSignedIn(library, sessions),
    stored,
    signIns,
    sessions,
    links: [],
    clipboard: "",
    samplesAdd: async () => {
      await fake.sandboxStart();
      apps.addSampleApp();
      return [PRACTICE_LOGIN, PRACTICE_GRAPHQL].map((sample) => {
        const { id = "" } = readOnce(sample);
        return stored.has(id) ? id : put(sample).id;
      });
    },

    clipboardRead: async () => fake.clipboard,
    clipboardWrite: async (text) => {
      fake.clipboard = text;
    },
    linkOpen: async (url) => {
      fake.links.push(url);
    },
  };
  return fake;
}
