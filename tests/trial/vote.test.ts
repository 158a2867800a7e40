/**
 * The sealed vote of invented people that a trial holds by itself: killed while they vote, held to its end by the next
 * start, and found right by the verifier and by the second one in Python. By the real clock, so that it lasts as long as a
 * vote with the shortest terms.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { db } from "@/lib/db";
import { bundled } from "@/lib/programs";
import { trialVote } from "@/prisma/seed/trial-vote/address";
import type { RecordOf } from "@/protocol/records";
import { shareEnvironment } from "../browser/environment";
import { processOf } from "../processes";
import { cryptographyPython } from "../voting/python-environment";

const { municipality, id: round, slug } = trialVote;
const site = inject("site");
const run = promisify(execFile);
const patience = 600_000;
const verdictSchema = z.object({ items: z.record(z.string(), z.object({ status: z.string() })) });

let folder = "";
let python = "";
let environment: NodeJS.ProcessEnv;
let running: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-trial-vote-"));
  await shareEnvironment(site);
  const signer = await processOf(site.supervisor, "services/signer/main.ts");
  const told = (await readFile(`/proc/${signer}/environ`, "utf8")).split("\0");
  const SIGNER_SOCKET = told.find((line) => line.startsWith("SIGNER_SOCKET="))?.replace(/^[^=]*=/, "");
  environment = { ...process.env, SIGNER_SOCKET, TRIAL_VOTE_MINUTES: "1.5", NODE_ENV: "production" };
  python = await cryptographyPython();
});
afterAll(async () => {
  running?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
  await db.$disconnect();
});

/** Starts it. @returns what it says, line by line */
function start() {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", bundled("prisma/seed/trial-vote/main.ts")],
    {
      ...{ env: environment, stdio: ["ignore", "pipe", "inherit"] },
    },
  );
  running = child;
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

async function said(lines: AsyncIterator<string>): Promise<Record<string, string>> {
  const { value, done } = await lines.next();
  if (done) throw new Error("it ended before it said anything more");
  return JSON.parse(value) as Record<string, string>;
}

async function votersSoFar(): Promise<number> {
  const told = await readFile(join(site.data, "seed-progress.json"), "utf8");
  return Object.keys(JSON.parse(told)).filter((step) => /^trial vote \d+ once$/.test(step)).length;
}

describe("the vote that a trial holds by itself", () => {
  it(
    "is final although it was killed while people voted",
    async () => {
      const first = start();
      const open = await said(first.lines);
      await expect.poll(votersSoFar, { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
      first.child.kill("SIGKILL");
      await once(first.child, "exit");
      const voted = await votersSoFar();

      const second = start();
      expect(await said(second.lines)).toEqual(open);
      const final = await said(second.lines);
      expect(final.state).toBe("final");
      expect((await once(second.child, "exit"))[0]).toBe(0);
      expect(await votersSoFar()).toBeGreaterThan(voted);
      const result = await fetch(`${site.origin}/${municipality}/votazioni/${slug}/esito`);
      expect([result.status, await result.text()]).toEqual([200, expect.stringContaining(trialVote.title)]);
    },
    patience,
  );

  it("says at once that it is final when it is held again, whoever took its steps", async () => {
    // What the program itself has sent is how it would know its own steps: without, they are somebody else's.
    const taken = ["rounds:open", "rounds:close", "sealed:release", "rounds:count", "rounds:attest"];
    const where = { transaction: { in: [...taken, "rounds:finalise"] }, subjectId: round };
    expect((await db.outboxItem.deleteMany({ where })).count).toBeGreaterThan(0);
    const again = start();
    expect((await said(again.lines)).state).toBe("open");
    expect((await said(again.lines)).state).toBe("final");
    expect((await once(again.child, "exit"))[0]).toBe(0);
  });

  it("has ballots that nobody opens, of an area in which fewer than ten voted, and ballots that took another's place", async () => {
    const where = { municipality_id: { municipality: "001001", id: round } };
    const [sealing, outcome] = await Promise.all([
      db.chainSealing.findUniqueOrThrow({ where }),
      db.chainRound.findUniqueOrThrow({ where }),
    ]);
    const { list } = sealing.record as unknown as RecordOf<"sealing">;
    const record = outcome.record as unknown as RecordOf<"round">;
    expect(list?.areas.map(({ opened }) => opened)).toEqual([false, true, true]);
    expect(list?.superseded).toBeGreaterThan(0);
    expect(record.state).toBe("final");
    expect(record.outcome?.selected.length).toBeGreaterThan(0);
  });

  it(
    "is found right by both verifiers",
    async () => {
      const verifier = ["--import", "tsx", "verifier/main.ts", "--round", round];
      const { stdout } = await run(process.execPath, [
        ...verifier,
        "--ledger",
        join(site.data, "ledger"),
        "--json",
      ]);
      expect(JSON.stringify(JSON.parse(stdout))).not.toContain('"fails"');
      const bundle = await fetch(`${site.origin}/api/sealed/${municipality}/${round}/bundle`);
      const file = join(folder, "round.bundle");
      await writeFile(file, Buffer.from(await bundle.arrayBuffer()));
      const second = await run(python, ["verifier/python/round_bundle.py", file], {
        maxBuffer: 1 << 26,
      }).catch(
        // It ends with 1 where something fails: what, is in its answer.
        (error: { stdout: string }) => error,
      );
      const { items } = verdictSchema.parse(JSON.parse(second.stdout));
      expect(Object.entries(items).filter(([, { status }]) => status !== "holds")).toEqual([]);
      expect(Object.keys(items)).toContain("outcome");
    },
    patience,
  );
});
