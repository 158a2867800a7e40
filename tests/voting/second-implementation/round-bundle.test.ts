/** A whole round's bundle here and in Python: both find the same in every item that both check. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { torino } from "@/chaincode/testing/people";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { ballotTypeRounds, ballotTypeStory } from "@/tests/verifier/ballot-types";
import { makeChain } from "@/tests/verifier/chain-maker";
import { craftedStory } from "@/tests/verifier/crafted-round";
import { lateCredentials } from "@/tests/verifier/late-credentials";
import { midnightStory, midnights } from "@/tests/verifier/midnight-round";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { prolongedStory, prolongingTamperings } from "@/tests/verifier/prolonged-round";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { ballotTamperings } from "@/tests/verifier/tampered-ballots";
import { deskTamperings } from "@/tests/verifier/tampered-desks";
import { roundTamperings } from "@/tests/verifier/tampered-rounds";
import { besideAnother } from "@/tests/verifier/two-municipalities";
import { each } from "@/tests/verifier/verification";
import { evidenceOfBundle } from "@/verifier/chain/frames";
import type { Item } from "@/verifier/items";
import { verifyRound } from "@/verifier/verify-round";
import { cryptographyPython } from "../python-environment";

const organisations = await MadeOrganisations.make();
let folder = "";
let python = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-python-bundle-"));
  python = await cryptographyPython();
});
afterAll(() => rm(folder, { recursive: true }));

/** Items that need the register of people, the workflow or the whole form of records: the first verifier's alone. */
const firstAlone: ReadonlySet<Item> = new Set([
  "acts",
  "writers",
  "records",
  "admissions",
  "claims",
  "ballotKeys",
]);

async function compare(transactions: Story["transactions"]): Promise<[ours: object, theirs: object]> {
  return compareBlocks(await makeChain(organisations, transactions));
}

async function compareBlocks(blocks: readonly Uint8Array[]): Promise<[ours: object, theirs: object]> {
  const frames: Uint8Array[] = [];
  for await (const frame of bundleFrames(blocks, { municipality: torino, round: id })) frames.push(frame);
  const file = join(folder, "round.bundle");
  await writeFile(file, Buffer.concat(frames));
  const { items } = await verifyRound(evidenceOfBundle(each(frames)), { round: id });
  const ours = items.filter(({ item, status }) => !firstAlone.has(item) && status !== "not_yet");
  const theirs = await new Promise<Record<string, { status: string }>>((resolve, reject) => {
    const options = { env: { PATH: process.env.PATH } as never, maxBuffer: 1 << 26 };
    execFile(python, ["verifier/python/round_bundle.py", file], options, (_, out, errors) => {
      if (errors) reject(new Error(errors));
      else resolve(JSON.parse(out).items);
    });
  });
  return [
    Object.fromEntries(ours.map(({ item, status }) => [item, status])),
    Object.fromEntries(
      Object.entries(theirs)
        .filter(([item]) => !firstAlone.has(item as Item))
        .map(([item, { status }]) => [item, status]),
    ),
  ];
}

test("a round that holds", async () => {
  const [ours, theirs] = await compare((await Story.sealed()).transactions);
  expect(theirs).toEqual(ours);
  expect(new Set(Object.values(theirs))).toEqual(new Set(["holds"]));
});

test("a round beside one of the same id in another municipality", async () => {
  const [ours, theirs] = await compareBlocks(await besideAnother(organisations));
  expect(theirs).toEqual(ours);
  expect(new Set(Object.values(theirs))).toEqual(new Set(["holds"]));
});

test("a round with sheets of paper", async () => {
  const [ours, theirs] = await compare((await Story.desks()).transactions);
  expect(theirs).toEqual(ours);
  expect(theirs).toMatchObject({ desks: "holds", sheets: "holds" });
});

test("a round in which devices do not keep to the protocol", async () => {
  const [ours, theirs] = await compare((await craftedStory()).transactions);
  expect(theirs).toEqual(ours);
});

test.each(midnights)("a vote that closes $name", async (midnight) => {
  const [ours, theirs] = await compare(await midnightStory(midnight));
  expect(theirs).toEqual(ours);
  expect(theirs).toMatchObject({ groups: "holds" });
});

test("a round whose last credentials were taken after the last report", async () => {
  const [ours, theirs] = await compare((await lateCredentials()).transactions);
  expect(theirs).toEqual(ours);
  expect(theirs).toMatchObject({ issuance: "holds" });
});

test.each(ballotTypeRounds)("a round of $name, some of them void", async (given) => {
  const [ours, theirs] = await compare(await ballotTypeStory(given));
  expect(theirs).toEqual(ours);
  expect(theirs).toMatchObject({ outcome: "holds" });
});

/** What the second one does not look at, and so cannot agree on: other rules, names of steps, forms of records. */
const leftOut = new Set([
  "the rule changes at the count",
  "a step that the protocol does not have writes of the round",
  "the round's record is none",
]);
const compared = [...ballotTamperings, ...roundTamperings].filter(([name]) => !leftOut.has(name));

describe("a round with", () => {
  test.each(compared.map(([name, , change]) => ({ name, change })))("$name", async ({ change }) => {
    const story = await Story.sealed();
    await change(story);
    const [ours, theirs] = await compare(story.transactions);
    expect(theirs).toEqual(ours);
  });
});

describe("a round whose closing is put off", () => {
  test("by the guarantors, before it came, holds", async () => {
    const [ours, theirs] = await compare((await prolongedStory()).transactions);
    expect(theirs).toEqual(ours);
    expect(new Set(Object.values(theirs))).toEqual(new Set(["holds"]));
  });

  test.each(prolongingTamperings.map(([name, , change]) => ({ name, change })))(
    "$name",
    async ({ change }) => {
      const story = await prolongedStory();
      await change(story);
      const [ours, theirs] = await compare(story.transactions);
      expect(theirs).toEqual(ours);
      expect(Object.values(theirs)).toContain("fails");
    },
  );

  test("with one organisation's endorsement alone", async () => {
    const story = await prolongedStory();
    story.the("sealed:prolong").forging = { endorsers: [organisations.parts.Garanti.peer] };
    const [ours, theirs] = await compare(story.transactions);
    expect(theirs).toEqual(ours);
    expect(theirs).toMatchObject({ transactions: "fails" });
  });
});

describe("a round with sheets of paper, and", () => {
  test.each(deskTamperings.map(([name, , change]) => ({ name, change })))("$name", async ({ change }) => {
    const story = await Story.desks();
    await change(story);
    const [ours, theirs] = await compare(story.transactions);
    expect(theirs).toEqual(ours);
  });
});
