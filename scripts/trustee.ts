/*
 * A trustee's key of a sealed round, on a computer that is on no network:
 *
 *   npm run trustee -- create ROUND FILE FILE   makes the key and writes it for two custodians, each with a passphrase
 *   npm run trustee -- show FILE                the public key and its fingerprint, which are no secret
 *   npm run trustee -- test FILE ENVELOPE       opens a test envelope (base64) and shows the words in it
 *   npm run trustee -- release FILE             shows the secret key, as text and as a picture, for the act of release
 *
 * Passphrases are asked for and not shown; from a pipe, each is a line. Nothing is sent anywhere: what is shown is
 * carried over by hand, by file or by camera.
 */
import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { renderUnicode } from "uqr";
import { fingerprint } from "../services/trustee/fingerprint";
import { KeyFile, LEAST_PASSPHRASE, openKey, sealKey } from "../services/trustee/key-file";
import { SealedError } from "../voting/sealed/errors";
import { deriveSecretKey } from "../voting/sealed/hpke";
import { nodePrimitives } from "../voting/sealed/node";
import { openTrusteeTest } from "../voting/sealed/trustee-test";
import { Passphrases } from "./trustee/passphrases";

/** A sentence for whoever typed the command. */
class Failure extends Error {}

const usage = `usage: npm run trustee -- create ROUND FILE FILE
       npm run trustee -- show FILE
       npm run trustee -- test FILE ENVELOPE
       npm run trustee -- release FILE`;
const [command, ...args] = process.argv.slice(2);
const passphrases = new Passphrases();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

try {
  const [first, second, third] = args;
  if (command === "create" && first && second && third && args.length === 3)
    await create(first, second, third);
  else if (command === "show" && first && args.length === 1) show(await readKeyFile(first));
  else if (command === "test" && first && second && args.length === 2) await test(first, second);
  else if (command === "release" && first && args.length === 1) await release(first);
  else {
    console.error(usage);
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  passphrases.close();
}

async function create(round: string, ...files: [string, string]): Promise<void> {
  if (files[0] === files[1]) throw new Failure("Two custodians need two files.");
  const secret = deriveSecretKey(new Uint8Array(randomBytes(32)));
  const publicKey = await nodePrimitives.x25519PublicKey(secret);
  const texts = [];
  for (const [at, file] of files.entries()) {
    const passphrase = await passphrases.chosen(`Passphrase of custodian ${at + 1}, for ${file}`);
    if (passphrase.length < LEAST_PASSPHRASE)
      throw new Failure(`A passphrase has ${LEAST_PASSPHRASE} characters at least.`);
    const sealed = KeyFile.safeParse(sealKey(round, publicKey, secret, passphrase));
    if (!sealed.success) throw new Failure("ROUND is the round's id, as its page has it.");
    texts.push(`${JSON.stringify(sealed.data, null, 2)}\n`);
  }
  for (const [at, file] of files.entries()) await writeNew(file, texts[at] as string);
  for (const file of files)
    console.log(`Written: ${file}. Keep it apart from the other one, and keep a copy.`);
  show(await readKeyFile(files[0]));
}

function show({ round, publicKey }: KeyFile): void {
  console.log(`Round        ${round}`);
  console.log(`Public key   ${publicKey}`);
  console.log(`Fingerprint  ${fingerprint(Buffer.from(publicKey, "hex"))}`);
  console.log(renderUnicode(publicKey));
}

async function test(file: string, envelope: string): Promise<void> {
  const secret = await opened(await readKeyFile(file));
  try {
    const text = await openTrusteeTest(
      nodePrimitives,
      secret,
      new Uint8Array(Buffer.from(envelope, "base64")),
    );
    console.log(`The test envelope opens. It says: ${Buffer.from(text).toString("utf8")}`);
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    throw new Failure(
      "The test envelope does not open: it is sealed to another key, or was not copied whole.",
    );
  }
}

async function release(file: string): Promise<void> {
  const key = await readKeyFile(file);
  const secret = await opened(key);
  console.log(
    `The secret key of round ${key.round}. Once it is on the ledger everybody has it; before, nobody may.`,
  );
  console.log(hex(secret));
  console.log(renderUnicode(hex(secret)));
}

async function opened(file: KeyFile): Promise<Uint8Array> {
  const secret = openKey(file, await passphrases.asked("Passphrase"));
  if (!secret) throw new Failure("This is another passphrase, or the file is damaged.");
  if (hex(await nodePrimitives.x25519PublicKey(secret)) !== file.publicKey)
    throw new Failure("The file is damaged: its two keys do not belong together.");
  return secret;
}

async function readKeyFile(file: string): Promise<KeyFile> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`${file} cannot be read.`);
  });
  try {
    return KeyFile.parse(JSON.parse(text));
  } catch {
    throw new Failure(`${file} is not the file of a trustee's key, or is damaged.`);
  }
}

/** Never over another key: that could be the only one of a round. */
async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600).catch(() => {
    throw new Failure(`${file} is there already, or cannot be written.`);
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
