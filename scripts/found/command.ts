/** What the commands share that a municipality is founded and an organisation is recovered with. */
import { readFile, writeFile } from "node:fs/promises";
import { ZodError, z } from "zod";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { describeRunning } from "../data/running";
import { type MadeKey, readKeys } from "./description";

export type Step = (file: string, keysFile: string, signatures: readonly string[]) => Promise<void>;

/**
 * Runs the step that the first argument names; a sentence on standard error and 1 where it cannot.
 * @param withKeys steps that ask for a file of keys
 */
export async function runStep(
  steps: Readonly<Record<string, Step>>,
  withKeys: readonly string[],
  usage: string,
): Promise<void> {
  const [name = "", file, keysFile, ...signatures] = process.argv.slice(2);
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  try {
    if (!file || !step || (withKeys.includes(name) && !keysFile)) throw new Error(usage);
    await describeRunning(env.COCITY_DATA, ["KEY_ENCRYPTION_KEY", "FISCAL_NUMBER_KEY"]);
    await step(file, keysFile ?? "", signatures).finally(() => db.$disconnect());
  } catch (error) {
    console.error(error instanceof ZodError ? z.prettifyError(error) : (error as Error).message);
    process.exitCode = 1;
  }
}

export async function withLedger<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    (await ledger()).gateway.close();
  }
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Written once: keys and signatures are made for it. */
export async function writePrepared(file: string, preparation: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(preparation, null, 2)}\n`, { flag: "wx", mode: 0o600 });
}

export async function keysIn(file: string): Promise<MadeKey[]> {
  return readKeys(await readFile(file, "utf8"));
}

/** The link with which each person makes their first key. */
export function tellLinks(prepared: string, links: readonly { name: string; link: string }[]): void {
  console.log(`${prepared} is made. Each person opens their link on the device they will sign with:\n`);
  for (const { name, link } of links) console.log(`${name}\n  ${link}`);
}

/** Beside the text on standard output, which is signed as it is. */
export function tellCodes(codes: readonly { name: string; organisation: string; code: string }[]): void {
  for (const { name, organisation, code } of codes) console.error(`${name}, ${organisation}: ${code}`);
}
