/** Everything that somebody who holds all keys of the ledger could still write: each is named by its own item. */
import { describe, expect, test } from "vitest";
import { makeChain } from "@/tests/verifier/chain-maker";
import { openStory } from "@/tests/verifier/open-round";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { ballotTamperings } from "@/tests/verifier/tampered-ballots";
import { chainTamperings } from "@/tests/verifier/tampered-chains";
import { deskTamperings } from "@/tests/verifier/tampered-desks";
import { openTamperings } from "@/tests/verifier/tampered-open-rounds";
import { roundTamperings } from "@/tests/verifier/tampered-rounds";
import { blocksEvidence, failing } from "@/tests/verifier/verification";

const organisations = await MadeOrganisations.make();

describe("ballots, their list, publication and opening", () => {
  test.each(ballotTamperings.map(([name, items, change]) => ({ name, items, change })))(
    "$name",
    async ({ items, change }) => {
      const story = await Story.sealed();
      await change(story);
      const blocks = await makeChain(organisations, story.transactions);
      const found = await failing(blocksEvidence(blocks), { round: id });
      expect([found.items, found.text]).toEqual([items, expect.any(String)]);
    },
  );
});

describe("what was frozen, who did what, and what came out", () => {
  test.each(roundTamperings.map(([name, items, change]) => ({ name, items, change })))(
    "$name",
    async ({ items, change }) => {
      const story = await Story.sealed();
      await change(story);
      const blocks = await makeChain(organisations, story.transactions);
      const found = await failing(blocksEvidence(blocks), { round: id });
      expect([found.items, found.text]).toEqual([items, expect.any(String)]);
    },
  );
});

describe("desks and sheets of paper", () => {
  test.each(deskTamperings.map(([name, items, change]) => ({ name, items, change })))(
    "$name",
    async ({ items, change }) => {
      const story = await Story.desks();
      await change(story);
      const blocks = await makeChain(organisations, story.transactions);
      const found = await failing(blocksEvidence(blocks), { round: id });
      expect([found.items, found.text]).toEqual([items, expect.any(String)]);
    },
  );
});

describe("a round with open ballots", () => {
  test.each(openTamperings.map(([name, items, change]) => ({ name, items, change })))(
    "$name",
    async ({ items, change }) => {
      const story = new Story(await openStory());
      await change(story);
      const blocks = await makeChain(organisations, story.transactions);
      const found = await failing(blocksEvidence(blocks), { round: id });
      expect([found.items, found.text]).toEqual([items, expect.any(String)]);
    },
  );
});

describe("blocks, signatures, endorsements and bundles", () => {
  test.each(chainTamperings.map(([name, items, make]) => ({ name, items, make })))(
    "$name",
    async ({ items, make }) => {
      const found = await failing(await make(organisations), { round: id });
      expect([found.items, found.text]).toEqual([items, expect.any(String)]);
    },
  );
});
