/** A bundle holds what is of its own municipality: another's day is read in a block of it, and written in one that it has not. */
import { expect, test } from "vitest";
import { torino } from "@/chaincode/testing/people";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { makeChain } from "@/tests/verifier/chain-maker";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { besideAnother } from "@/tests/verifier/two-municipalities";
import { evidenceOfBundle } from "./chain/frames";
import { verifyRound } from "./verify-round";

const aglie = "001001";

test("a bundle holds beside another municipality on the same ledger", async () => {
  const story = await Story.sealed();
  const day = story.transactions.find(({ writes }) => writes.some(([key]) => key.split("\0")[2] === "day"));
  if (!day) throw new Error("no day in the story");
  const others = (key: string) => key.replace(torino, aglie);
  const written = {
    ...day,
    reads: [],
    writes: day.writes.map(([key, value]) => [others(key), value] as [string, string]),
  };
  const reading = { ...day, reads: [...day.reads, ...written.writes.map(([key]) => key)] };
  const at = story.transactions.indexOf(day);
  const transactions = [
    ...story.transactions.slice(0, at),
    written,
    reading,
    ...story.transactions.slice(at + 1),
  ];
  const blocks = await makeChain(await MadeOrganisations.make(), transactions);
  const bundle = evidenceOfBundle(bundleFrames(blocks, { municipality: torino, round: id }));
  const { holds, items } = await verifyRound(bundle, { round: id });
  expect(items.flatMap(({ item, faults }) => faults.map((fault) => `${item}: ${fault}`))).toEqual([]);
  expect(holds).toBe(true);
});

test("a bundle holds beside a round of the same id in another municipality", async () => {
  const blocks = await besideAnother(await MadeOrganisations.make());
  const bundle = evidenceOfBundle(bundleFrames(blocks, { municipality: torino, round: id }));
  const { holds, items, municipality } = await verifyRound(bundle, { round: id });
  expect(items.flatMap(({ item, faults }) => faults.map((fault) => `${item}: ${fault}`))).toEqual([]);
  expect([holds, municipality]).toEqual([true, torino]);
});
