/** What the relay does with several rounds, of which one cannot go on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SealedLedger } from "../sealed/ledger";
import type { RoundView } from "../sealed/round-view";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore, type Store } from "../sealed/store";
import { knownRound } from "../sealed/testing/known-round";
import { type CopyKeeping, KeepersDiffer } from "./copies";
import type { PassingOn } from "./passing-on";
import { Relay } from "./relay";
import { RelayStore, relaySchema } from "./store";

const keys = new ServiceKeys("relay", new PartSecret("a".repeat(64)));
let folder: string;
let file: Store;
let store: RelayStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cocity-relay-"));
  file = openStore(folder, relaySchema);
  store = new RelayStore(file);
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

function relayOf(rounds: readonly RoundView[], copies: Partial<CopyKeeping>, passing: Partial<PassingOn>) {
  const ledger = {
    rounds: async () =>
      Promise.all(rounds.map(async (one) => ({ ...one, keys: { relay: await keys.publicOf(one.id) } }))),
  } as unknown as SealedLedger;
  return new Relay({
    ...{ store, keys, rounds: new Rounds(ledger) },
    ...{ copies: copies as CopyKeeping, passing: passing as PassingOn },
    now: () => Date.parse("2026-06-01T10:00:00Z"),
  });
}

test("a copy-keeper that differs in one round keeps no other from going on, and an annulled one is left alone", async () => {
  const passed: string[] = [];
  const relay = relayOf(
    [knownRound("annulled", "annulled"), knownRound("differs", "open"), knownRound("after", "open")],
    {
      restore: async ({ id }) => {
        if (id === "differs") throw new KeepersDiffer("it has more posts");
      },
      countersign: async () => undefined,
    },
    {
      pass: async ({ id }) => {
        passed.push(id);
        return true;
      },
    },
  );
  await relay.work();
  expect(passed).toEqual(["after"]);
});
