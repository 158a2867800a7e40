/** What the relay does where the copy-keeper is away or says something else, in one round of several or for one post. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PartAway } from "@/lib/part-client";
import { decodeReceipt } from "@/voting/sealed/receipts";
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
    copies: copies as CopyKeeping,
    passing: { requireNoneLost: async () => undefined, ...passing } as PassingOn,
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

test("receipts are given only when every post of the key is promised", async () => {
  const round = knownRound("round", "open");
  const postingKey = new Uint8Array(32).fill(1);
  const posts = [2, 3].map((number) => {
    const digest = new Uint8Array(32).fill(number);
    return { digest, postingKey, bytes: digest, sealed: digest };
  });
  store.add(round.id, round.frozen.digest, posts, "2026-06-01T10");
  let isAway = true;
  const relay = relayOf(
    [round],
    {
      restore: async () => {
        if (isAway) throw new PartAway("no answer");
      },
      sign: async () => new Uint8Array(64),
    },
    {},
  );
  const busy = expect.objectContaining({ status: 503, code: "too_busy" });
  const signature = new Uint8Array(64);
  // It does not know yet whether it has lost posts of this key.
  await expect(relay.receipts(round.id, postingKey)).rejects.toEqual(busy);
  isAway = false;
  store.countersigned(round.id, [{ position: 1, signature }]);
  await expect(relay.receipts(round.id, postingKey)).rejects.toEqual(busy);
  // Another key's post is nobody else's hindrance.
  expect(await relay.receipts(round.id, new Uint8Array(32).fill(9))).toEqual([]);
  store.countersigned(round.id, [{ position: 2, signature }]);
  const receipts = await relay.receipts(round.id, postingKey);
  expect(receipts.map((one) => decodeReceipt(one).position)).toEqual([1, 2]);
});
