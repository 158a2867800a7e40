/** The device's program that a round was announced with, kept as long as rounds name it: a later build has another digest. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { deviceProgram } from "@/lib/programs";

/** Digest of the program as it is built now; a round announced now is voted with it. Keeps a copy of it. */
export async function keepProgram(): Promise<string> {
  const program = await readFile(deviceProgram);
  const digest = digestOf(program);
  const kept = keptFile(digest);
  await mkdir(join(env.COCITY_DATA, "sealed", "programs"), { recursive: true });
  await writeFile(`${kept}.new`, program);
  await rename(`${kept}.new`, kept);
  return digest;
}

/** Undefined where it is neither built nor kept. */
export async function programOf(digest: string): Promise<Buffer | undefined> {
  for (const file of [keptFile(digest), deviceProgram]) {
    const program = await readFile(file).catch(() => undefined);
    if (program && digestOf(program) === digest) return program;
  }
  return undefined;
}

function keptFile(digest: string): string {
  return join(env.COCITY_DATA, "sealed", "programs", `${digest}.js`);
}

function digestOf(program: Buffer): string {
  return createHash("sha256").update(program).digest("hex");
}
