/** A round of many sealed ballots verified from its blocks, on one core; COCITY_BALLOTS says how many (20,000). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { packVerifier } from "@/scripts/pack-verifier";
import { writeLargeRound } from "@/tests/verifier/large-round";

export const needs = "nothing";
export const onlyByName = true;

const count = z.coerce
  .number()
  .int()
  .min(1000)
  .max(1_000_000)
  .parse(process.env.COCITY_BALLOTS ?? 20_000);

export default async function measureVerifier(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "cocity-bench-verify-"));
  try {
    await packVerifier(folder);
    const bundle = join(folder, "round.bundle");
    const round = await writeLargeRound(bundle, count);
    const { size } = await stat(bundle);
    const started = performance.now();
    const program = [join(folder, "verify.mjs"), "--round", round, "--bundle", bundle, "--json"];
    // One core, also for what Node does beside its own thread.
    const child = spawn("taskset", ["-c", "0", "/usr/bin/time", "-v", process.execPath, ...program]);
    let out = "";
    let errors = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    const [code] = await once(child, "close");
    const seconds = (performance.now() - started) / 1000;
    const { holds, items } = JSON.parse(out) as { holds: boolean; items: { status: string; item: string }[] };
    const failing = items.filter(({ status }) => status === "fails").map(({ item }) => item);
    if (code !== 0 || !holds) throw new Error(`the round does not hold: ${failing.join()}`);
    const measured = (name: string) => Number(new RegExp(`${name}: ([\\d.]+)`).exec(errors)?.[1]);
    return {
      ballots: count,
      bundleMegabytes: Math.round(size / 1e6),
      seconds: Math.round(seconds * 10) / 10,
      coreSeconds: measured("User time \\(seconds\\)") + measured("System time \\(seconds\\)"),
      memoryMegabytes: Math.round(measured("Maximum resident set size \\(kbytes\\)") / 1024),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
