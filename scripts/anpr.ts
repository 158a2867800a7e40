/*
 * npm run anpr -- keys FILE | check FILE [ORIGIN] | register MUNICIPALITY
 *
 * `keys` makes a client's private key (mode 0600, encrypted under ANPR_KEY_PASSPHRASE; nothing is written over) and prints
 * the public key to load on PDND. `check` reads the settings as the site would and asks PDND for a voucher for each
 * municipality; nobody is looked up. `register` prints which people a municipality asked ANPR about, as random
 * identifiers, when and for what: with the site's DATABASE_URL.
 */
import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { AnprRefusal } from "@/lib/anpr/refusal";
import { AnprSettingsError, readAnpr } from "@/lib/anpr/settings";
import { voucherFor } from "@/lib/anpr/vouchers";
import { env } from "@/lib/env";
import { Fetching } from "@/lib/federation/fetching";

const [command, given, origin = env.ORIGIN] = process.argv.slice(2);
try {
  if (command === "keys" && given) await makeKey(given);
  else if (command === "check" && given) await check(given, new URL(origin).origin);
  else if (command === "register" && given) await register(given);
  else {
    console.error("usage: npm run anpr -- keys FILE | check FILE [ORIGIN] | register MUNICIPALITY");
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof AnprSettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function makeKey(file: string): Promise<void> {
  const passphrase = env.ANPR_KEY_PASSPHRASE;
  if (passphrase === undefined) throw new AnprSettingsError("ANPR_KEY_PASSPHRASE: is missing");
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase });
  await writeFile(file, pem, { mode: 0o600, flag: "wx" });
  console.log(publicKey.export({ type: "spki", format: "pem" }).toString().trim());
}

async function check(file: string, site: string): Promise<void> {
  const whole = readAnpr(file, site, env.ANPR_KEY_PASSPHRASE);
  for (const member of whole.members) {
    try {
      await voucherFor(whole, member, { fetching: new Fetching(whole.thisMachine), now: new Date() });
      console.log(`${member.municipality} ${whole.service}: PDND gives a voucher`);
    } catch (error) {
      if (!(error instanceof AnprRefusal)) throw error;
      console.log(`${member.municipality} ${whole.service}: refused, ${error.message}`);
      process.exitCode = 1;
    }
  }
}

async function register(municipality: string): Promise<void> {
  const [{ lookupsOf }, { db }] = [await import("@/lib/anpr/lookups"), await import("@/lib/db")];
  for (const row of await lookupsOf(municipality)) console.log(JSON.stringify(row));
  await db.$disconnect();
}
