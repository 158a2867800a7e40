/** What has not the form of a bundle or of a record: both verifiers come to the same, and neither breaks down over it. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { torino } from "@/chaincode/testing/people";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { makeChain } from "@/tests/verifier/chain-maker";
import { malformedFiles, malformedRecords, partsOf, type Verdict } from "@/tests/verifier/malformed-bundles";
import { nobodies } from "@/tests/verifier/nobody";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { prolongedStory } from "@/tests/verifier/prolonged-round";
import { id } from "@/tests/verifier/sealed-round";
import { Story } from "@/tests/verifier/story";
import { each } from "@/tests/verifier/verification";
import { evidenceOfBundle, NoEvidenceError } from "@/verifier/chain/frames";
import { verifyRound } from "@/verifier/verify-round";
import { cryptographyPython } from "../python-environment";

const organisations = await MadeOrganisations.make();
let folder = "";
let python = "";
let told: Story;
let whole: Uint8Array[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-malformed-bundle-"));
  python = await cryptographyPython();
  told = await Story.sealed();
  whole = await framesOf(told);
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

async function framesOf(story: Story): Promise<Uint8Array[]> {
  const blocks = await makeChain(organisations, story.transactions);
  const frames: Uint8Array[] = [];
  for await (const frame of bundleFrames(blocks, { municipality: torino, round: id })) frames.push(frame);
  return frames;
}

async function ours(bytes: Uint8Array): Promise<Verdict> {
  try {
    return (await verifyRound(evidenceOfBundle(each([bytes])), { round: id })).holds ? "holds" : "fails";
  } catch (error) {
    if (!(error instanceof NoEvidenceError)) throw error;
    return "nothing to look at";
  }
}

/** By its exit code; it says why in one line where there is nothing to look at, and nothing else beside its answer. */
async function theirs(bytes: Uint8Array): Promise<Verdict> {
  const file = join(folder, "round.bundle");
  await writeFile(file, bytes);
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: process.env.PATH } as never, maxBuffer: 1 << 26 };
    execFile(python, ["verifier/python/round_bundle.py", file], options, (error, out, errors) => {
      const code = error?.code ?? 0;
      if (code === 2 && /^[^\n]+\n$/.test(errors)) resolve("nothing to look at");
      else if (errors !== "") reject(new Error(errors));
      else resolve(JSON.parse(out) && code === 0 ? "holds" : "fails");
    });
  });
}

describe("a file with", () => {
  test.each(malformedFiles.map(([name, verdict, make]) => ({ name, verdict, make })))(
    "$name",
    async ({ verdict, make }) => {
      const bytes = make(partsOf(whole));
      expect([await ours(bytes), await theirs(bytes)]).toEqual([verdict, verdict]);
    },
  );
});

const copyOf = (story: Story) => new Story(story.transactions.map((one) => ({ ...one })));
const isOf =
  (type: string) =>
  ([key]: readonly [string, string]) =>
    key.split("\0")[2] === type;

function lastOf(story: Story, type: string): Story["transactions"][number] {
  const last = story.transactions.findLast(({ writes }) => writes.some(isOf(type)));
  if (!last) throw new Error(`no ${type} is written`);
  return last;
}

/** The story with the last records of a type changed; undefined where that changes nothing. */
function changedLast(type: string, change: (text: string) => string): Story | undefined {
  const story = copyOf(told);
  const last = lastOf(story, type);
  const before = JSON.stringify(last.writes);
  last.writes = last.writes.map((write) => (isOf(type)(write) ? [write[0], change(write[1])] : write));
  // A record without a list has none to write otherwise.
  return JSON.stringify(last.writes) === before ? undefined : story;
}

const ofTheRound = ["round", "sealing", "sealed_ballot", "sealed_envelope", "issuance"];
const ofTheRegister = ["municipality", "passkey", "official", "office"];

describe.each(ofTheRound)("of a %s", (type) => {
  test.each(malformedRecords.map(([name, change]) => ({ name, change })))("$name", async ({ change }) => {
    const story = changedLast(type, change);
    if (!story) return;
    const bytes = Buffer.concat(await framesOf(story));
    expect([await ours(bytes), await theirs(bytes)]).toEqual(["fails", "fails"]);
  });
});

/** Of their members the second one reads few: it finds a fault or has none to find, and breaks down over nothing. */
describe.each(ofTheRegister)("of a %s", (type) => {
  test.each(malformedRecords.map(([name, change]) => ({ name, change })))("$name", async ({ change }) => {
    const story = changedLast(type, change);
    if (!story) return;
    const bytes = Buffer.concat(await framesOf(story));
    expect([await ours(bytes), await theirs(bytes)]).toEqual([
      "fails",
      expect.stringMatching(/^(fails|holds)$/),
    ]);
  });
});

test.each([...ofTheRound, ...ofTheRegister])("of a %s a text that is no UTF-8", async (type) => {
  const story = copyOf(told);
  const last = lastOf(story, type);
  const [key, text] = last.writes.find(isOf(type)) ?? ["", ""];
  const written = Buffer.from(text);
  // In a name any text is one of its form.
  const name = written.indexOf('"name":"');
  written[name < 0 ? written.lastIndexOf('"') - 1 : name + 8] = 0xff;
  last.forging = { written: new Map([[key, written]]) };
  const bytes = Buffer.concat(await framesOf(story));
  expect([await ours(bytes), await theirs(bytes)]).toEqual(["fails", "fails"]);
});

test.each(["null", "[]", "7"])("a closing that is put off by %s", async (argument) => {
  const story = await prolongedStory();
  story.the("sealed:prolong").argument = argument;
  const bytes = Buffer.concat(await framesOf(story));
  expect([await ours(bytes), await theirs(bytes)]).toEqual(["fails", "fails"]);
});

describe("beside two endorsements, one by", () => {
  test.each(nobodies(organisations.parts.Case.peer))("$name", async ({ identity }) => {
    const story = copyOf(told);
    const { Comune, Case, Garanti } = organisations.parts;
    const nobody = { ...Case.peer, identity };
    story.the("sealed:cast").forging = { endorsers: [nobody, Comune.peer, Garanti.peer] };
    const bytes = Buffer.concat(await framesOf(story));
    expect([await ours(bytes), await theirs(bytes)]).toEqual(["holds", "holds"]);
  });
});
