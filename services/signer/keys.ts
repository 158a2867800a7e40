/** The trial signer's folder: a passkey of each person in office, and each organisation's recovery key. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { toBase64url } from "@/protocol/acts/base64url";
import { Origin } from "@/protocol/acts/origins";
import { coseAlgorithms } from "@/protocol/cose-algorithms";
import { Id, IstatCode, mspIds, Organisation, organisations } from "@/protocol/primitives";

/** Whose key it is, as the seed says. */
export const KeyOwner = z.strictObject({
  municipality: IstatCode,
  /** Random id of the person. */
  person: Id,
  /** Id of the trial person at the trial identity provider. */
  account: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  organisation: Organisation,
  /** Origin of the organisation, on which its people sign. */
  origin: Origin,
});
export type KeyOwner = z.infer<typeof KeyOwner>;

const PersonKey = KeyOwner.extend({
  /** base64url */
  credential: z.string(),
  /** PKCS#8, PEM. */
  privateKey: z.string(),
});
export type PersonKey = z.infer<typeof PersonKey>;

/** A passkey as the register takes it. */
export type Passkey = {
  person: string;
  credential: string;
  /** SPKI DER, base64. */
  spki: string;
  algorithm: typeof coseAlgorithms.ES256;
  trial: true;
};

/** Keys are made when they are first asked for, and stay as they are. One process uses the folder at a time. */
export class SignerKeys {
  readonly #making = new Map<string, Promise<unknown>>();

  private constructor(private readonly folder: string) {}

  static async open(folder: string): Promise<SignerKeys> {
    for (const path of [folder, join(folder, "people"), join(folder, "recovery")]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await chmod(path, 0o700);
    }
    return new SignerKeys(folder);
  }

  /** The key of a person, undefined where none was made. */
  async find(municipality: string, person: string): Promise<PersonKey | undefined> {
    if (!IstatCode.safeParse(municipality).success || !Id.safeParse(person).success) return undefined;
    const text = await readIfThere(this.#fileOf(municipality, person));
    return text === undefined ? undefined : PersonKey.parse(JSON.parse(text));
  }

  /** The key of a person, made now if there is none. */
  async passkey(owner: KeyOwner): Promise<Passkey> {
    const file = this.#fileOf(owner.municipality, owner.person);
    const key = await this.#once(file, async () => {
      const known = await this.find(owner.municipality, owner.person);
      if (known) return known;
      const made = { ...owner, credential: toBase64url(randomBytes(32)), privateKey: newPrivateKey() };
      await writeOnce(file, JSON.stringify(made));
      return made;
    });
    return {
      person: key.person,
      credential: key.credential,
      spki: spkiOf(createPrivateKey(key.privateKey)).toString("base64"),
      algorithm: coseAlgorithms.ES256,
      trial: true,
    };
  }

  /** An organisation's recovery key, made now if there is none. */
  async recoveryKey(part: Organisation): Promise<KeyObject> {
    const file = join(this.folder, "recovery", `${part}.pem`);
    const pem = await this.#once(file, async () => {
      const known = await readIfThere(file);
      if (known !== undefined) return known;
      const made = newPrivateKey();
      await writeOnce(file, made);
      return made;
    });
    return createPrivateKey(pem);
  }

  /** What chaincode processes are configured with to know the recovery keys (`COCITY_RECOVERY_KEYS`). */
  async recoveryFingerprints(): Promise<string> {
    const entries = organisations.map(async (part) => {
      const spki = spkiOf(await this.recoveryKey(part));
      return `${mspIds[part]}:${createHash("sha256").update(spki).digest("hex")}`;
    });
    return (await Promise.all(entries)).join(",");
  }

  #fileOf(municipality: string, person: string): string {
    return join(this.folder, "people", `${municipality}-${person}.json`);
  }

  /** Two that ask for the same key at once get the same. */
  async #once<T>(file: string, make: () => Promise<T>): Promise<T> {
    const known = this.#making.get(file) as Promise<T> | undefined;
    if (known) return known;
    const making = make().finally(() => this.#making.delete(file));
    this.#making.set(file, making);
    return making;
  }
}

/** SPKI DER of the public half of a key. */
export function spkiOf(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: "der", type: "spki" });
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return privateKey.export({ format: "pem", type: "pkcs8" }).toString();
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** After a crash the file is whole or not there. */
async function writeOnce(file: string, content: string): Promise<void> {
  const handle = await open(`${file}.new`, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}
