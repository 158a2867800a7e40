/** The command as it is packed, run in a folder where nothing else of the repository is. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { torino } from "@/chaincode/testing/people";
import { encodeRecord } from "@/ledger/evidence/block-record";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { packVerifier } from "@/scripts/pack-verifier";
import { makeChain } from "@/tests/verifier/chain-maker";
import { MadeOrganisations } from "@/tests/verifier/organisations";
import { id, sealedStory } from "@/tests/verifier/sealed-round";

let folder = "";
const organisations = await MadeOrganisations.make();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-verifier-"));
  await packVerifier(folder);
  const blocks = await makeChain(organisations, await sealedStory());
  const frames: Uint8Array[] = [];
  for await (const frame of bundleFrames(blocks, { municipality: torino, round: id })) frames.push(frame);
  await writeFile(join(folder, "round.bundle"), Buffer.concat(frames));
  const records: Uint8Array[] = [];
  let offset = 0;
  for (const [number, block] of blocks.entries()) {
    const record = encodeRecord(number, block, offset);
    offset += record.length;
    records.push(record);
  }
  await writeFile(join(folder, "blocks"), Buffer.concat(records));
  // Another organisation under one of the names, as a forged chain would have.
  const roots = organisations.all.map(({ mspId, rootPem }) => `# ${mspId}\n${rootPem}`);
  await writeFile(join(folder, "roots.pem"), roots.join("\n"));
  const forged = await MadeOrganisations.make();
  const [first] = forged.all;
  await writeFile(
    join(folder, "forged.pem"),
    [`# ${first?.mspId}\n${first?.rootPem}`, ...roots.slice(1)].join("\n"),
  );
});
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

function verify(...options: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["verify.mjs", ...options],
      { cwd: folder, env: { PATH: process.env.PATH } as never },
      (error, out, errors) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, errors }),
    );
  });
}

test("all holds, from the bundle and from the ledger's folder, under the roots that were expected", async () => {
  for (const source of [
    ["--bundle", "round.bundle"],
    ["--ledger", "."],
  ]) {
    const { code, out } = await verify("--round", id, ...source, "--roots", "roots.pem");
    expect(out).toContain("Everything that can be checked holds.");
    expect(code).toBe(0);
  }
});

test("writes a bundle of a ledger's folder, and says as JSON what it found in it", async () => {
  const { code, out } = await verify(
    "--round",
    id,
    "--ledger",
    ".",
    "--municipality",
    torino,
    "--bundle-out",
    "made.bundle",
    "--json",
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ holds: true, round: id, ballotKind: "sealed", state: "attested" });
  expect((await verify("--round", id, "--bundle", "made.bundle")).code).toBe(0);
});

test("names what does not hold, and ends with 1", async () => {
  const { code, out } = await verify("--round", id, "--bundle", "round.bundle", "--roots", "forged.pem");
  expect(code).toBe(1);
  expect(out).toContain("Does not hold: organisations.");
});

test("ends with 2 where it cannot look", async () => {
  const attempts = [
    ["--round", id, "--bundle", "nothing.bundle"],
    ["--round", id, "--bundle", "verify.mjs"],
    ["--round", "another-round", "--bundle", "round.bundle"],
    ["--round", id, "--ledger", "/"],
    ["--round", id],
    ["--bundle", "round.bundle"],
    ["--round", id, "--bundle", "round.bundle", "--claim", "round.bundle"],
  ];
  for (const options of attempts) {
    const { code, errors } = await verify(...options);
    expect([options, code]).toEqual([options, 2]);
    expect(errors).not.toMatch(/\n\s+at /);
  }
});
