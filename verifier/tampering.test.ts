/** Everything that somebody who holds all keys of the ledger could still write: each is named by its own item. */
import { describe, expect, test } from "vitest";
import { makeChain } from "@/tests/verifier/chain-maker";
import { openStory } from "@/tests/verifier/open-round";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { prolongedStory, prolongingTamperings } from "@/tests/verifier/prolonged-round";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { ballotTamperings } from "@/tests/verifier/tampered-ballots";
import { chainTamperings } from "@/tests/verifier/tampered-chains";
import { deskTamperings } from "@/tests/verifier/tampered-desks";
import { openTamperings } from "@/tests/verifier/tampered-open-rounds";
import { roundTamperings } from "@/tests/verifier/tampered-rounds";
import { blocksEvidence, failing } from "@/tests/verifier/verification";
import { verifyRound } from "./verify-round";

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

describe("a closing that is put off", () => {
  test("holds where the guarantors did so before it came", async () => {
    const blocks = await makeChain(organisations, (await prolongedStory()).transactions);
    const found = await verifyRound(blocksEvidence(blocks), { round: id });
    expect(found.items.filter(({ status }) => status === "fails")).toEqual([]);
    expect(found).toMatchObject({ holds: true, state: "attested" });
  });

  test.each(prolongingTamperings.map(([name, items, change]) => ({ name, items, change })))(
    "$name",
    async ({ items, change }) => {
      const story = await prolongedStory();
      await change(story);
      const blocks = await makeChain(organisations, story.transactions);
      const found = await failing(blocksEvidence(blocks), { round: id });
      expect([found.items, found.text]).toEqual([items, expect.any(String)]);
    },
  );

  test("one organisation alone endorses that it is put off", async () => {
    const story = await prolongedStory();
    story.the("sealed:prolong").forging = { endorsers: [organisations.parts.Garanti.peer] };
    const blocks = await makeChain(organisations, story.transactions);
    expect((await failing(blocksEvidence(blocks), { round: id })).items).toEqual(["transactions"]);
  });
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
