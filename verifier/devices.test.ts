/** Voters' devices that do not keep to the protocol, and promises that voters hand over. */
import { expect, test } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { outcomeText } from "@/protocol/digests";
import { makeChain } from "@/tests/verifier/chain-maker";
import { craftedStory, falseOutcome, voided } from "@/tests/verifier/crafted-round";
import { lateCredentials } from "@/tests/verifier/late-credentials";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { blocksEvidence, failing } from "@/tests/verifier/verification";
import { Claim } from "./sealed/claims";

const organisations = await MadeOrganisations.make();

const notesOf = async (blocks: Uint8Array[], claims: Claim[] = []) => {
  const found = await failing(blocksEvidence(blocks), { round: id, claims });
  const notes = (item: string) => found.verification.items.find((one) => one.item === item)?.notes ?? [];
  return { ...found, notes };
};

test("each envelope that is not made again is void and named, whoever opens; the rest counts", async () => {
  const { transactions } = await craftedStory();
  const { text, notes } = await notesOf(await makeChain(organisations, transactions));
  expect(text).toBe("");
  const reasons = notes("openings").map((note) => note.split("void, ")[1]);
  expect(reasons.sort()).toEqual(voided.map(({ why }) => why).sort());
});

test("two ballots under one K are named", async () => {
  const { transactions } = await craftedStory();
  const { notes } = await notesOf(await makeChain(organisations, transactions));
  expect(notes("ballotKeys")).toEqual([expect.stringContaining("sealed with one K")]);
});

test("an outcome that counts void ballots fails", async () => {
  const { transactions } = await craftedStory();
  const story = new Story(transactions);
  story.editFrom(story.the("rounds:count"), "round", (round) => {
    round.outcome = { ...falseOutcome, digest: digest(outcomeText(falseOutcome)) };
  });
  expect((await notesOf(await makeChain(organisations, story.transactions))).items).toEqual(["outcome"]);
});

test("credentials taken after the last report are noted, and no fault", async () => {
  const { transactions } = await lateCredentials();
  const { text, notes } = await notesOf(await makeChain(organisations, transactions));
  expect(text).toBe("");
  expect(notes("issuance")).toContainEqual(expect.stringContaining("and of none after the closing"));
});

test("a broken promise fails; what is kept, was not due, or is no promise, does not", async () => {
  const { transactions, claims } = await craftedStory();
  const blocks = await makeChain(organisations, transactions);
  const judge = async (name: keyof typeof claims) => {
    const { items, text, notes } = await notesOf(blocks, [Claim.parse(claims[name])]);
    return [items, text + notes("claims").join()];
  };
  expect(await judge("broken")).toEqual([["claims"], expect.stringContaining("the promise is broken")]);
  expect(await judge("kept")).toEqual([[], expect.stringContaining("is on the ledger")]);
  expect(await judge("outOfOrder")).toEqual([[], expect.stringContaining("could not be recorded")]);
  expect(await judge("unsigned")).toEqual([[], expect.stringContaining("the receipt does not hold")]);
});
