/*
 * npm run federation -- keys FILE | check FILE [ORIGIN] | entry ID
 *
 * `keys` makes the three private keys of a member of SPID's and CIE's federations (mode 0600; nothing is written over).
 * `check` reads the settings as the site would, asks for each provider's trust chain and says what came of it.
 * `entry` prints what the register holds of one sign-in, for those whom the law lets ask: with the site's DATABASE_URL and
 * KEY_ENCRYPTION_KEY.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { env } from "@/lib/env";
import { resolveProvider } from "@/lib/federation/providers";
import { FederationRefusal } from "@/lib/federation/refusal";
import { clientIdOf, FederationSettingsError, readFederation } from "@/lib/federation/settings";

const [command, given, origin = env.ORIGIN] = process.argv.slice(2);
try {
  if (command === "keys" && given) await makeKeys(given);
  else if (command === "check" && given) await check(given, origin);
  else if (command === "entry" && given) await entry(given);
  else {
    console.error("usage: npm run federation -- keys FILE | check FILE [ORIGIN] | entry ID");
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof FederationSettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function makeKeys(file: string): Promise<void> {
  const key = () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    return { ...privateKey.export({ format: "jwk" }), kid: randomBytes(16).toString("hex") };
  };
  const keys = { federation: key(), signature: key(), encryption: key() };
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  const { kty, kid, n, e } = keys.federation as { kty?: string; kid: string; n?: string; e?: string };
  console.log(JSON.stringify({ keys: [{ kty, kid, n, e }] }));
}

async function check(file: string, site: string): Promise<void> {
  const whole = readFederation(file, new URL(site).origin);
  console.log(`aggregator ${whole.entity}`);
  for (const member of whole.settings.members) console.log(`member ${clientIdOf(whole, member)}`);
  for (const setting of whole.settings.providers) {
    try {
      const { chain } = await resolveProvider(whole, setting, new Date());
      const until = chain.expires.toISOString();
      console.log(`provider ${setting.entity}: known by ${chain.anchor.entity}, until ${until}`);
    } catch (error) {
      if (!(error instanceof FederationRefusal)) throw error;
      console.log(`provider ${setting.entity}: refused, ${error.message}`);
      process.exitCode = 1;
    }
  }
}

async function entry(id: string): Promise<void> {
  const [{ registerEntry }, { db }] = [await import("@/lib/federation/register"), await import("@/lib/db")];
  const found = await registerEntry(id);
  if (found) console.log(JSON.stringify(found, null, 2));
  else process.exitCode = 1;
  await db.$disconnect();
}
