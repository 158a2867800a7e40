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
