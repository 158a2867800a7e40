import { describe, expect, test } from "vitest";
import { torino } from "@/chaincode/testing/people";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { makeChain } from "@/tests/verifier/chain-maker";
import { openStory } from "@/tests/verifier/open-round";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { deskStory, id, sealedStory } from "@/tests/verifier/sealed-round";
import { each } from "@/tests/verifier/verification";
import { evidenceOfBlocks, evidenceOfBundle } from "./chain/frames";
import type { Item } from "./items";
import { verifyRound } from "./verify-round";

const organisations = await MadeOrganisations.make();

/** What has nothing to be checked in each kind of round; claims are handed over by somebody. */
const notYet: Record<string, Item[]> = {
  sealed: ["admissions", "desks", "sheets", "claims"],
  desks: ["admissions", "claims"],
  open: [
    ...([
      "areas",
      "keys",
      "issuance",
      "groups",
      "reception",
      "desks",
      "sheets",
      "list",
      "purge",
      "publication",
    ] as const),
    ...(["release", "openings", "ballotKeys", "claims"] as const),
  ],
};

describe.each([
  ["sealed", "sealed", sealedStory],
  ["sealed and paper", "desks", deskStory],
  ["open", "open", openStory],
] as const)("a round with %s ballots that holds", (_, kind, story) => {
  const ballotKind = kind === "open" ? "open" : "sealed";

  test("holds in every item, from its blocks and from its bundle alike", async () => {
    const blocks = await makeChain(organisations, await story());
    const whole = await verifyRound(evidenceOfBlocks(each(blocks)), { round: id });
    expect(whole).toMatchObject({ holds: true, ballotKind, state: "attested" });
    expect(whole.items.flatMap(({ item, faults }) => faults.map((fault) => `${item}: ${fault}`))).toEqual([]);
    expect(whole.items.filter(({ status }) => status === "not_yet").map(({ item }) => item)).toEqual(
      notYet[kind],
    );
    const bundle = evidenceOfBundle(bundleFrames(blocks, { municipality: torino, round: id }));
    const read = await verifyRound(bundle, { round: id });
    expect(read).toMatchObject({ holds: true, frozenDigest: whole.frozenDigest });
    expect(read.items.map(({ status }) => status)).toEqual(whole.items.map(({ status }) => status));
  });

  test("holds as far as it has come, after each of its transactions", async () => {
    const transactions = await story();
    const first = transactions.findIndex(({ writes }) => writes.some(([key]) => key.includes(`\0${id}\0`)));
    const blocks = await makeChain(organisations, transactions);
    for (let count = first + 2; count <= blocks.length; count += 3) {
      const { holds, items } = await verifyRound(evidenceOfBlocks(each(blocks.slice(0, count))), {
        round: id,
      });
      expect([count, items.flatMap(({ faults }) => faults)]).toEqual([count, []]);
      expect(holds).toBe(true);
    }
  });
});
