/** Stored and shared sign-ins of the in-memory core. */
import { authSteps, readDocument } from "@/model/document";
import type { Platform } from "../platform";
import { failure } from "./evaluate";
import { type FakeLibrary, seconds } from "./library";
import type { FakeSessions } from "./sessions";

type Commands = Pick<Platform, "authClear" | "authStatus" | "bundleSeal" | "bundleOpen">;

export function fakeSignedIn({ stored, row }: FakeLibrary, sessions: FakeSessions): Commands {
  return {
    authClear: async (id, shared) => {
      if (shared) row(id).shared = null;
      else sessions.clear(id, null);
    },
    authStatus: async (id) => ({
      signed_in: sessions.row(id, null).outputs !== null,
      step_ids: authSteps(readDocument(row(id).document)).map((step) => step.id),
      expires_at: sessions.row(id, null).expires_at,
      stored_at: sessions.row(id, null).stored_at,
      shared: {
        wanted: row(id).document.includes('"shared_credentials": true'),
        signed_in: row(id).shared !== null,
        expires_at: row(id).shared,
        stored_at: row(id).shared === null ? null : seconds() - 60,
      },
    }),
    bundleSeal: async (id) => `~/${readDocument(row(id).document).name}.latchwork-bundle`,
    bundleOpen: async (passphrase) => {
      if (passphrase === "wrong passphrase") {
        throw failure("bundle.passphrase", "This passphrase does not open the bundle.", {
          field: "passphrase",
        });
      }
      const one = [...stored.values()].find((each) => each.document.includes("shared_credentials"));
      if (!one) return null;
      one.shared = seconds() + 12_300;
      return { connector_id: one.id, connector_name: readDocument(one.document).name };
    },
  };
}
