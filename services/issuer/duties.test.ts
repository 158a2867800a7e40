/** What an issuer does by itself with several rounds, of which one cannot go on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LedgerRefusal, type SealedLedger } from "../sealed/ledger";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { openStore } from "../sealed/store";
import { knownRound } from "../sealed/testing/known-round";
import { Duties } from "./duties";
import { Enrolments } from "./enrolments";
import { IssuerKeys } from "./keys";
import { Roll } from "./roll";
import { issuerSchema } from "./schema";

test("a report that is refused in one round keeps no other from its report, and an annulled one has none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cocity-issuer-"));
  const store = openStore(folder, issuerSchema);
  for (const round of ["annulled", "refused", "after"])
    store.prepare("INSERT INTO roll (round, digest) VALUES (?, '')").run(round);
  const tried: string[] = [];
  const ledger = {
    rounds: async () => [
      knownRound("annulled", "annulled"),
      knownRound("refused", "open"),
      knownRound("after", "open"),
    ],
    day: async () => "2026-06-01",
    submit: async (transaction: string, { round }: { round: string }) => {
      tried.push(`${transaction} ${round}`);
      if (round === "refused") throw new LedgerRefusal("wrong_state");
    },
  } as unknown as SealedLedger;
  const duties = new Duties({
    ...{ store, ledger, rounds: new Rounds(ledger), rolls: folder },
    keys: new IssuerKeys(store, new PartSecret("e".repeat(64)), 1),
    ...{ roll: new Roll(store), enrolments: new Enrolments(store) },
  });
  await duties.work();
  expect(tried).toEqual(["sealed:reportIssued refused", "sealed:reportIssued after"]);
  store.close();
  rmSync(folder, { recursive: true });
});

test("of the last day it tells once the vote is over, also of a round that is closed and not yet listed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cocity-issuer-"));
  const store = openStore(folder, issuerSchema);
  for (const round of ["open", "closed", "listed"])
    store.prepare("INSERT INTO roll (round, digest) VALUES (?, '')").run(round);
  const told: string[] = [];
  let clock = "";
  const ledger = {
    rounds: async () => [
      knownRound("open", "open"),
      knownRound("closed", "closed"),
      knownRound("listed", "closed", { listed: true }),
    ],
    day: async () => clock.slice(0, 10),
    submit: async (_: string, { round, day }: { round: string; day: string }) => {
      told.push(`${round} ${day}`);
    },
  } as unknown as SealedLedger;
  const duties = new Duties({
    ...{ store, ledger, rounds: new Rounds(ledger), rolls: folder, now: () => Date.parse(clock) },
    keys: new IssuerKeys(store, new PartSecret("e".repeat(64)), 1),
    ...{ roll: new Roll(store), enrolments: new Enrolments(store) },
  });
  const toldAt = async (instant: string) => {
    told.length = 0;
    clock = instant;
    await duties.work();
    return [...told];
  };
  expect(await toldAt("2026-06-30T06:00:00Z")).toEqual(["open 2026-06-30", "closed 2026-06-30"]);
  expect(await toldAt("2026-07-01T06:00:00Z")).toEqual([]);
  expect(await toldAt("2026-07-01T09:59:59Z")).toEqual([]);
  expect(await toldAt("2026-07-01T10:00:00Z")).toEqual(["open 2026-07-01", "closed 2026-07-01"]);
  expect(await toldAt("2026-07-01T10:01:00Z")).toEqual([]);
  store.close();
  rmSync(folder, { recursive: true });
});
