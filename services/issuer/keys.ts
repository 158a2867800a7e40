/** An issuer's keys of a round: one for each area, one more for posting with the first issuer. Encrypted at rest. */
import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { modulusOf } from "@/voting/sealed/blind-sign";
import type { IssuerNumber } from "@/voting/sealed/round";
import { tieCommitment } from "@/voting/sealed/tie-order";
import type { PartSecret } from "../sealed/secrets";
import type { Store } from "../sealed/store";

const BITS = 3072;
const generate = promisify(generateKeyPair);

/** Draws a new secret key. */
export type KeyMaker = (round: string, area: number) => Promise<KeyObject>;

const drawKey: KeyMaker = async () =>
  (await generate("rsa", { modulusLength: BITS, publicExponent: 65537 })).privateKey;

export class IssuerKeys {
  readonly #opened = new Map<string, KeyObject>();

  constructor(
    private readonly store: Store,
    private readonly secret: PartSecret,
    readonly issuer: IssuerNumber,
    private readonly make: KeyMaker = drawKey,
  ) {}

  /** Areas for which this issuer has keys: those of the round, and 0 for posting with the first. */
  areasOf(areas: readonly { readonly number: number }[]): number[] {
    return [...(this.issuer === 1 ? [0] : []), ...areas.map(({ number }) => number)];
  }

  /** The modulus for an area; the key is made now if there is none. */
  async ensure(round: string, area: number): Promise<Uint8Array> {
    const known = this.#row(round, area);
    if (known) return known.modulus;
    const privateKey = await this.make(round, area);
    const der = privateKey.export({ format: "der", type: "pkcs8" });
    // Somebody who asked at the same time may have been first: the key that is stored is the key.
    this.store
      .prepare("INSERT OR IGNORE INTO key (round, area, modulus, sealed) VALUES (?, ?, ?, ?)")
      .run(round, area, modulusOf(privateKey), this.secret.seal(der, purposeOf(round, area)));
    return (this.#row(round, area) as { modulus: Uint8Array }).modulus;
  }

  /** Whether the key for an area is here and is the one that the ledger has. */
  holds(round: string, area: number, modulus: Uint8Array): boolean {
    const row = this.#row(round, area);
    return row !== undefined && Buffer.compare(row.modulus, modulus) === 0;
  }

  /** Undefined where there is none. */
  signingKey(round: string, area: number): KeyObject | undefined {
    const name = `${round} ${area}`;
    const opened = this.#opened.get(name);
    if (opened) return opened;
    const row = this.#row(round, area);
    if (!row) return undefined;
    const der = Buffer.from(this.secret.open(row.sealed, purposeOf(round, area)));
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    this.#opened.set(name, key);
    return key;
  }

  /** What every ρ of the round is made with. */
  rhoSecret(round: string): Uint8Array {
    return this.secret.derive(`rho ${round}`);
  }

  /** The same at every attempt: a freeze that is tried again keeps the commitments. */
  tieNumber(round: string): Uint8Array {
    return this.secret.derive(`tie ${round}`);
  }

  tieCommitment(round: string): Uint8Array {
    return tieCommitment(round, this.issuer, this.tieNumber(round));
  }

  #row(round: string, area: number): { modulus: Uint8Array; sealed: Uint8Array } | undefined {
    return this.store
      .prepare("SELECT modulus, sealed FROM key WHERE round = ? AND area = ?")
      .get(round, area) as never;
  }
}

function purposeOf(round: string, area: number): string {
  return `issuer key ${round} ${area}`;
}
