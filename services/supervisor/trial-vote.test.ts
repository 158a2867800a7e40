import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDataFolder, readDescription, writeDescription } from "./data-folder";
import { holdVote, MOST_FAILURES, voteLines } from "./trial-vote";

const waiting = (failures: number) => ({ state: "waits" as const, failures });
let parent: string;
let folder: string;
const told: string[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "cocity-trial-vote-"));
  folder = join(parent, "data");
  await (await openDataFolder(folder)).release();
  told.length = 0;
  vi.spyOn(console, "error").mockImplementation((line: string) => void told.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(parent, { recursive: true });
});

const setFailures = async (failures: number) =>
  writeDescription(folder, { ...(await readDescription(folder)), trialVote: waiting(failures) });
/** Told of no database and no signer, the program fails as soon as it has begun. */
const hold = (signal = new AbortController().signal) =>
  holdVote(folder, { NODE_ENV: "production", PATH: process.env.PATH }, signal, true);

describe("the vote that a trial holds by itself", () => {
  it("is tried at three starts when it fails, says so each time, and then is given up", async () => {
    await setFailures(0);
    for (let failures = 1; failures <= MOST_FAILURES; failures += 1) {
      await hold();
      expect((await readDescription(folder)).trialVote).toEqual(waiting(failures));
    }
    expect(told).toHaveLength(MOST_FAILURES);
    expect(told.at(-1)).toMatch(/given up|non si terrà/);
    expect(await readFile(join(folder, "logs", "trial-vote.log"), "utf8")).toMatch(/SIGNER_SOCKET/);
    await hold();
    expect(told).toHaveLength(MOST_FAILURES);
    expect(voteLines(waiting(MOST_FAILURES), folder, true).join()).toMatch(/given up|non si terrà/);
  });

  it("has not failed when everything is stopped meanwhile", async () => {
    await setFailures(1);
    const stopping = new AbortController();
    const held = hold(stopping.signal);
    stopping.abort();
    await held;
    expect((await readDescription(folder)).trialVote).toEqual(waiting(1));
    expect(told).toEqual([]);
  });

  it("is not held in a folder that was not told its story by a version that holds one", async () => {
    await hold();
    expect((await readDescription(folder)).trialVote).toBeUndefined();
    expect(voteLines(undefined, folder, true)).toEqual([]);
    expect(told).toEqual([]);
  });

  it("is told with its address before, and afterwards with the command that verifies it and the words of a voter", () => {
    expect(voteLines(waiting(0), folder, true).join()).toContain(
      "/tre-angoli-del-paese-un-voto-segreto-ced8/",
    );
    const lines = voteLines({ state: "final", words: "abaco bacio" }, folder, true).join("\n");
    expect(lines).toContain(`--ledger ${join(folder, "ledger")}`);
    expect(lines).toContain("abaco bacio");
  });

  it("is told with the address of its bundle where the ledger is elsewhere, and with no words where nobody voted", () => {
    const lines = voteLines({ state: "final" }, folder, false).join("\n");
    expect(lines).toMatch(/\/api\/sealed\/aglie\/[0-9a-f-]{36}\/bundle/);
    expect(lines).not.toContain("--ledger");
    expect(lines).not.toMatch(/undefined|\/check|\/controlla/);
  });
});
