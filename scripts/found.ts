/*
 * npm run found -- prepare FILE                        what FILE says, made ready in FILE.founding, and a link for each person to
 *                                                      make their first key with
 * npm run --silent found -- text FILE KEYS             the text that each organisation signs with its recovery key; the codes of
 *                                                      the keys in KEYS, to be compared with what their owners read out
 * npm run found -- submit FILE KEYS PART=SIGNATURE …   founds the municipality, with the signature of each organisation
 *
 * For the Co-City that runs on COCITY_DATA, or what DATABASE_URL, LEDGER_CONNECTION, KEY_ENCRYPTION_KEY and FISCAL_NUMBER_KEY
 * name. docs/operating.md, "A municipality of your own", goes through it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ZodError, z } from "zod";
import { readConnection } from "@/ledger/client/connection";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { describeRunning } from "./data/running";
import { Description, type MadeKey, originIn, Preparation, readKeys } from "./found/description";
import { firstKeyLinks, prepareFounding } from "./found/prepare";
import { readSignatures } from "./found/signatures";
import { codesOf, submitFounding, textToSign } from "./found/submit";

const commands = { prepare, text: printText, submit } as const;

const [command, file, keysFile, ...signatures] = process.argv.slice(2);
try {
  await run();
} catch (error) {
  console.error(error instanceof ZodError ? z.prettifyError(error) : (error as Error).message);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  if (!file || !isCommand(command) || (command !== "prepare" && !keysFile)) throw new Error(usage());
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
  const preparation = await prepareFounding(description, dirname(path));
  // A founding id is drawn once: keys and signatures are made for it.
  await writeFile(prepared(path), `${JSON.stringify(preparation, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  console.log(`${prepared(path)} is made. Each person opens their link on the device they will sign with:\n`);
  const { register } = preparation.founding;
  const links = firstKeyLinks(register.founding, preparation.people, originIn(preparation));
  for (const { name, link } of links) console.log(`${name}\n  ${link}`);
}

async function printText(path: string, keysPath: string): Promise<void> {
  const { preparation, keys } = await read(path, keysPath);
  const { founding, people } = preparation;
  const codes = await codesOf(founding.register.founding, people, originIn(preparation), keys);
  for (const { name, organisation, code } of codes) console.error(`${name}, ${organisation}: ${code}`);
  const { channel } = await readConnection(env.LEDGER_CONNECTION);
  process.stdout.write(textToSign(channel, preparation, keys));
}

async function submit(path: string, keysPath: string, given: readonly string[]): Promise<void> {
  const { preparation, keys } = await read(path, keysPath);
  try {
    const done = await submitFounding(preparation, keys, await readSignatures(given));
    const { name } = preparation.founding;
    console.log(`${name} is founded: transaction ${done.transactionId}, block ${done.block}.`);
    if (!done.cosigner)
      console.log("The Case network's registrar is not at hand: nobody can be admitted to a vote yet.");
  } finally {
    (await ledger()).gateway.close();
  }
}

async function read(path: string, keysPath: string): Promise<{ preparation: Preparation; keys: MadeKey[] }> {
  const preparation = Preparation.parse(JSON.parse(await readFile(prepared(path), "utf8")));
  return { preparation, keys: readKeys(await readFile(keysPath, "utf8")) };
}

function prepared(path: string): string {
  return `${path}.founding`;
}

function usage(): string {
  return "usage: npm run found -- prepare FILE | text FILE KEYS | submit FILE KEYS PART=SIGNATURE …";
}
