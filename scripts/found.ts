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
import { dirname } from "node:path";
import { readConnection } from "@/ledger/client/connection";
import { env } from "@/lib/env";
import { keysIn, readJson, runStep, tellCodes, tellLinks, withLedger, writePrepared } from "./found/command";
import { Description, originIn, Preparation } from "./found/description";
import { firstKeyLinks, prepareFounding } from "./found/prepare";
import { readSignatures } from "./found/signatures";
import { codesOf, submitFounding, textToSign } from "./found/submit";

await runStep(
  { prepare, text: printText, submit },
  ["text", "submit"],
  "usage: npm run found -- prepare FILE | text FILE KEYS | submit FILE KEYS PART=SIGNATURE …",
);

async function prepare(path: string): Promise<void> {
  const preparation = await prepareFounding(Description.parse(await readJson(path)), dirname(path));
  await writePrepared(prepared(path), preparation);
  const { founding } = preparation.founding.register;
  tellLinks(prepared(path), firstKeyLinks(founding, preparation.people, originIn(preparation)));
}

async function printText(path: string, keysPath: string): Promise<void> {
  const [preparation, keys] = [await read(path), await keysIn(keysPath)];
  const { founding, people } = preparation;
  tellCodes(await codesOf(founding.register.founding, people, originIn(preparation), keys));
  const { channel } = await readConnection(env.LEDGER_CONNECTION);
  process.stdout.write(textToSign(channel, preparation, keys));
}

async function submit(path: string, keysPath: string, given: readonly string[]): Promise<void> {
  const [preparation, keys] = [await read(path), await keysIn(keysPath)];
  const done = await withLedger(async () => submitFounding(preparation, keys, await readSignatures(given)));
  const { name } = preparation.founding;
  console.log(`${name} is founded: transaction ${done.transactionId}, block ${done.block}.`);
  if (!done.cosigner)
    console.log("The Case network's registrar is not at hand: nobody can be admitted to a vote yet.");
}

async function read(path: string): Promise<Preparation> {
  return Preparation.parse(await readJson(prepared(path)));
}

function prepared(path: string): string {
  return `${path}.founding`;
}
