/*
 * npm run recover -- prepare FILE                      what FILE says, made ready in FILE.recovery, and a link for each person to
 *                                                      make their key with
 * npm run --silent recover -- text FILE KEYS           the text that two organisations sign with their recovery keys; the codes of
 *                                                      the keys in KEYS, to be compared with what their owners read out
 * npm run recover -- propose FILE KEYS PART=SIGNATURE …  makes it public, with the signatures of two organisations
 * npm run recover -- complete FILE                     carries it out after seven days, unless somebody in office has stopped it
 *
 * For the Co-City that runs on COCITY_DATA, or what DATABASE_URL, LEDGER_CONNECTION, KEY_ENCRYPTION_KEY and FISCAL_NUMBER_KEY
 * name. docs/operating.md, "When keys are lost, stolen or replaced", goes through it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ZodError, z } from "zod";
import { readConnection } from "@/ledger/client/connection";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { describeRunning } from "./data/running";
import { type MadeKey, readKeys } from "./found/description";
import { firstKeyLinks } from "./found/prepare";
import { readSignatures } from "./found/signatures";
import { codesOf } from "./found/submit";
import { Description, Preparation } from "./recover/description";
import { prepareRecovery } from "./recover/prepare";
import { completeRecovery, proposeRecovery, textToSign } from "./recover/submit";

const commands = { prepare, text: printText, propose, complete } as const;

const [command, file, keysFile, ...signatures] = process.argv.slice(2);
try {
  await run();
} catch (error) {
  console.error(error instanceof ZodError ? z.prettifyError(error) : (error as Error).message);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const needsKeys = command === "text" || command === "propose";
  if (!file || !isCommand(command) || (needsKeys && !keysFile))
    throw new Error(
      "usage: npm run recover -- prepare FILE | text FILE KEYS | propose FILE KEYS PART=SIGNATURE … | complete FILE",
    );
  await describeRunning(env.COCITY_DATA, ["KEY_ENCRYPTION_KEY", "FISCAL_NUMBER_KEY"]);
  try {
    await commands[command](file, keysFile ?? "", signatures);
  } finally {
    await db.$disconnect();
  }
}

function isCommand(name: string | undefined): name is keyof typeof commands {
  return name !== undefined && Object.hasOwn(commands, name);
}

async function prepare(path: string): Promise<void> {
  const description = Description.parse(JSON.parse(await readFile(path, "utf8")));
  const preparation = await prepareRecovery(description, dirname(path));
  // Keys and signatures are made for this one.
  await writeFile(prepared(path), `${JSON.stringify(preparation, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  console.log(`${prepared(path)} is made. Each person opens their link on the device they will sign with:\n`);
  const { founding, people, origin } = preparation;
  for (const { name, link } of firstKeyLinks(founding, people, () => origin))
    console.log(`${name}\n  ${link}`);
}

async function printText(path: string, keysPath: string): Promise<void> {
  const preparation = await read(path);
  const { founding, people, origin } = preparation;
  const keys = await keysIn(keysPath);
  for (const { name, organisation, code } of await codesOf(founding, people, () => origin, keys))
    console.error(`${name}, ${organisation}: ${code}`);
  const { channel } = await readConnection(env.LEDGER_CONNECTION);
  process.stdout.write(textToSign(channel, preparation, keys));
}

async function propose(path: string, keysPath: string, given: readonly string[]): Promise<void> {
  const preparation = await read(path);
  const { transactionId, block } = await withLedger(async () =>
    proposeRecovery(preparation, await keysIn(keysPath), await readSignatures(given)),
  );
  console.log(
    `The recovery of ${preparation.plan.part} is public: transaction ${transactionId}, block ${block}.`,
  );
}

async function complete(path: string): Promise<void> {
  const preparation = await read(path);
  const { transactionId, block } = await withLedger(() => completeRecovery(preparation));
  console.log(`${preparation.plan.part} is recovered: transaction ${transactionId}, block ${block}.`);
}

async function withLedger<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    (await ledger()).gateway.close();
  }
}

async function read(path: string): Promise<Preparation> {
  return Preparation.parse(JSON.parse(await readFile(prepared(path), "utf8")));
}

async function keysIn(path: string): Promise<MadeKey[]> {
  return readKeys(await readFile(path, "utf8"));
}

function prepared(path: string): string {
  return `${path}.recovery`;
}
