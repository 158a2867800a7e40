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
import { dirname } from "node:path";
import { readConnection } from "@/ledger/client/connection";
import { env } from "@/lib/env";
import { keysIn, readJson, runStep, tellCodes, tellLinks, withLedger, writePrepared } from "./found/command";
import { firstKeyLinks } from "./found/prepare";
import { readSignatures } from "./found/signatures";
import { codesOf } from "./found/submit";
import { Description, Preparation } from "./recover/description";
import { prepareRecovery } from "./recover/prepare";
import { completeRecovery, proposeRecovery, textToSign } from "./recover/submit";

await runStep(
  { prepare, text: printText, propose, complete },
  ["text", "propose"],
  "usage: npm run recover -- prepare FILE | text FILE KEYS | propose FILE KEYS PART=SIGNATURE … | complete FILE",
);

async function prepare(path: string): Promise<void> {
  const preparation = await prepareRecovery(Description.parse(await readJson(path)), dirname(path));
  await writePrepared(prepared(path), preparation);
  const { founding, people, origin } = preparation;
  tellLinks(
    prepared(path),
    firstKeyLinks(founding, people, () => origin),
  );
}

async function printText(path: string, keysPath: string): Promise<void> {
  const [preparation, keys] = [await read(path), await keysIn(keysPath)];
  const { founding, people, origin } = preparation;
  tellCodes(await codesOf(founding, people, () => origin, keys));
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

async function read(path: string): Promise<Preparation> {
  return Preparation.parse(await readJson(prepared(path)));
}

function prepared(path: string): string {
  return `${path}.recovery`;
}
