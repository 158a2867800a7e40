/** The last group may be of few keys once the closing instant has come, whatever the chain's day says: as the contract judges. */
import { expect, test } from "vitest";
import { makeChain } from "@/tests/verifier/chain-maker";
import { midnightStory, midnights } from "@/tests/verifier/midnight-round";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { blocksEvidence, failing } from "@/tests/verifier/verification";

const organisations = await MadeOrganisations.make();

test.each(midnights)("a vote closes $name", async (midnight) => {
  const blocks = await makeChain(organisations, await midnightStory(midnight));
  expect((await failing(blocksEvidence(blocks), { round: id })).text).toBe("");
});

test.each(midnights)("a vote closes $name, and few keys came before", async (midnight) => {
  const story = new Story(await midnightStory(midnight));
  story.the("sealed:cast", -1).at = Date.parse(midnight.closesAt) - 1000;
  const blocks = await makeChain(organisations, story.transactions);
  expect((await failing(blocksEvidence(blocks), { round: id })).items).toEqual(["groups"]);
});
