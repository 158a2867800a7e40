/** What the opener does with several rounds, of which one cannot go on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LedgerRefusal, type SealedLedger } from "../sealed/ledger";
import type { RoundView } from "../sealed/round-view";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore, type Store } from "../sealed/store";
import { knownRound } from "../sealed/testing/known-round";
import { Opener } from "./opener";
import { OpenerStore, openerSchema } from "./store";

let folder: string;
let file: Store;
let store: OpenerStore;
const keys = new ServiceKeys("opener", new PartSecret("c".repeat(64)));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cocity-opener-"));
  file = openStore(folder, openerSchema);
  store = new OpenerStore(file);
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

/** @returns what reached the ledger. @param refuses what the ledger says to a transaction in a round, if it refuses */
async function worked(
  rounds: readonly RoundView[],
  refuses: (transaction: string, round: unknown) => string | undefined,
): Promise<string[]> {
  const carriedOut: string[] = [];
  const ledger = {
    rounds: async () =>
      Promise.all(rounds.map(async (one) => ({ ...one, keys: { opener: await keys.publicOf(one.id) } }))),
    submit: async (transaction: string, { round }: { round: string }) => {
      const refusal = refuses(transaction, round);
      if (refusal) throw new LedgerRefusal(refusal);
      carriedOut.push(`${transaction} ${round}`);
      return { done: true };
    },
  } as unknown as SealedLedger;
  await new Opener({ store, keys, ledger, rounds: new Rounds(ledger) }).work();
  return carriedOut;
}

function ended(round: string): void {
  const signature = new Uint8Array(64);
  store.end(round, {
    ...{ count: 0, order: new Uint8Array(32) },
    ...{ relaySignature: signature, copySignature: signature },
  });
}

test("nothing is done in an annulled round, and those after it go on", async () => {
  ended("annulled");
  ended("open");
  const rounds = [knownRound("annulled", "annulled"), knownRound("open", "open")];
  const refuses = (_: string, round: unknown) => (round === "annulled" ? "wrong_state" : undefined);
  expect(await worked(rounds, refuses)).toEqual(["sealed:endReception open"]);
});

test.each([
  ["sealed:endReception", "wrong_state"],
  ["sealed:list", "wrong_state"],
  ["sealed:completePublication", "publication_incomplete"],
])("a refusal of %s in one round keeps no other from its publication", async (refused, code) => {
  ended("refused");
  const over = { receptionEnded: true, openedAreas: [] };
  const rounds = [knownRound("refused", "closed", { openedAreas: [] }), knownRound("after", "closed", over)];
  const refuses = (transaction: string, round: unknown) =>
    round === "refused" && transaction === refused ? code : undefined;
  const done = await worked(rounds, refuses);
  expect(done.filter((one) => one.endsWith(" after"))).toEqual([
    "sealed:list after",
    "sealed:completePublication after",
  ]);
});
