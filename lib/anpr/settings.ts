/** By which services of PDND the site asks ANPR who lives where: one file of JSON, and encrypted private keys beside it. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { env } from "../env";
import { log } from "../log";
import { isThisMachine } from "../outside/addresses";

const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .transform((url) => url.replace(/\/$/, ""));

const settingsSchema = z.strictObject({
  /** PDND's authorisation server, and what a client's assertion for it names as its audience. */
  token: z.strictObject({ endpoint: address, audience: z.string().min(1).max(300) }),
  /** `C008` answers yes or no to a declared municipality; `C020` says the residence, of which only yes or no is kept. */
  service: z.enum(["C008", "C020"]),
  /** Of the service without its operation; ends with its version. */
  address,
  /** What signatures for it name as their audience: at ANPR another address than the one that is asked. */
  audience: z.string().min(1).max(500),
  /** What the site says of where it asks from. */
  location: z.string().min(1).max(20).default("cocity"),
  /** The reason that is given to ANPR. */
  reason: z.string().min(1).max(100).default("Verifica della residenza di chi accede"),
  /** How long an answer counts before the next sign-in asks again. */
  days: z.int().min(1).max(365).default(30),
  /** The most questions of a municipality in a day; the service's own threshold where nothing is said. */
  daily: z.int().min(1).max(100_000).optional(),
  /** Each municipality asks as itself. */
  members: z
    .array(
      z.strictObject({
        municipality: z.string().regex(/^\d{6}$/),
        /** Of its client on PDND, of the public key there, and of the purpose that allows the service. */
        client: z.uuid(),
        kid: z.string().min(1).max(200),
        purpose: z.uuid(),
        /** Path of its private key from this file's folder: RSA, PKCS#8, encrypted under `ANPR_KEY_PASSPHRASE`. */
        key: z.string().min(1),
      }),
    )
    .min(1)
    .max(2_000),
});

/** Daily thresholds as PDND's catalogue states them. */
const thresholds = { C008: 100, C020: 2_000 } as const;

type Settings = z.output<typeof settingsSchema>;
export type AnprMember = Omit<Settings["members"][number], "key"> & { readonly key: KeyObject };
export interface Anpr extends Omit<Settings, "members" | "daily"> {
  readonly daily: number;
  readonly members: readonly AnprMember[];
  /** Whether addresses of this machine are asked: only where the site itself has no other. */
  readonly thisMachine: boolean;
}

export class AnprSettingsError extends Error {
  override readonly name = "AnprSettingsError";
}

/** `wrong`: the settings are given and cannot be used; nobody's residence is looked up. */
export type AnprState = "off" | "ready" | "wrong";

let held: { file: string; anpr: Anpr | undefined } | undefined;

/** How ANPR is asked; undefined where it is not, or the settings are not as they have to be: the log says why. */
export function anpr(): Anpr | undefined {
  const file = env.ANPR_RESIDENCE;
  if (file === undefined) return undefined;
  if (held?.file === file) return held.anpr;
  try {
    held = { file, anpr: readAnpr(file, env.ORIGIN, env.ANPR_KEY_PASSPHRASE) };
  } catch (error) {
    if (!(error instanceof AnprSettingsError)) throw error;
    log.error({ reason: error.message }, "anpr");
    held = { file, anpr: undefined };
  }
  return held.anpr;
}

export function anprState(): AnprState {
  if (env.ANPR_RESIDENCE === undefined) return "off";
  return anpr() ? "ready" : "wrong";
}

/** A municipality that asks ANPR as itself; undefined where it does not. */
export function anprMember(municipality: string): { whole: Anpr; member: AnprMember } | undefined {
  const whole = anpr();
  const member = whole?.members.find((one) => one.municipality === municipality);
  return whole && member ? { whole, member } : undefined;
}

/** @throws AnprSettingsError that names the place in the file, and none of its values */
export function readAnpr(file: string, origin: string, passphrase: string | undefined): Anpr {
  const settings = parsed(file);
  if (passphrase === undefined) throw new AnprSettingsError("ANPR_KEY_PASSPHRASE: is missing");
  const municipalities = settings.members.map(({ municipality }) => municipality);
  if (new Set(municipalities).size < municipalities.length)
    throw new AnprSettingsError("members: one stands there twice");
  const thisMachine = isThisMachine(origin);
  for (const [name, url] of [
    ["token.endpoint", settings.token.endpoint],
    ["address", settings.address],
  ] as const)
    if (!thisMachine && !url.startsWith("https:")) throw new AnprSettingsError(`${name}: is asked by https`);
  const members = settings.members.map(({ key, ...member }, index) => ({
    ...member,
    key: readKey(resolve(dirname(file), key), passphrase, `members.${index}.key`),
  }));
  return { ...settings, daily: settings.daily ?? thresholds[settings.service], members, thisMachine };
}

function readKey(file: string, passphrase: string, place: string): KeyObject {
  const wrong = (why: string) => new AnprSettingsError(`ANPR_RESIDENCE: ${place}: ${why}`);
  let pem: string;
  try {
    pem = readFileSync(file, "utf8");
  } catch {
    throw wrong("cannot be read");
  }
  if (!pem.includes("BEGIN ENCRYPTED PRIVATE KEY")) throw wrong("is no encrypted private key");
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, passphrase });
  } catch {
    throw wrong("does not open with ANPR_KEY_PASSPHRASE");
  }
  if (key.asymmetricKeyType !== "rsa" || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    throw wrong("is no RSA key of 2,048 bits or more");
  return key;
}

function parsed(file: string): Settings {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "is no JSON" : "cannot be read";
    throw new AnprSettingsError(`ANPR_RESIDENCE: ${file} ${why}`);
  }
  const result = settingsSchema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AnprSettingsError(`ANPR_RESIDENCE: ${file}: ${issue?.path.join(".")}: ${issue?.message}`);
}
