/**
 * An issuer's keys of a round: one for each area, one more for posting with the first issuer. Encrypted at rest, or in a
 * token. Which key of a token is a round's, the store alone knows: with the store is lost to whom was issued, and an
 * issuer that found its keys again would issue twice.
 */
import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { blindSign, blindSignElsewhere, modulusOf } from "@/voting/sealed/blind-sign";
import type { IssuerNumber } from "@/voting/sealed/round";
import { tieCommitment } from "@/voting/sealed/tie-order";
import type { PartSecret } from "../sealed/secrets";
import type { Store } from "../sealed/store";
import type { Token } from "./token";

const BITS = 3072;
const generate = promisify(generateKeyPair);

/** Draws a new secret key. */
export type KeyMaker = (round: string, area: number) => Promise<KeyObject>;

const drawKey: KeyMaker = async () =>
  (await generate("rsa", { modulusLength: BITS, publicExponent: 65537 })).privateKey;

export interface BlindSigner {
  readonly modulus: Uint8Array;
  /** @throws SealedError `malformed`, or TokenAway */
  sign(blinded: Uint8Array): Promise<Uint8Array>;
}

interface Row {
  readonly modulus: Uint8Array;
  /** Encrypted, or null where the key is in a token. */
  readonly sealed: Uint8Array | null;
  readonly id: Uint8Array | null;
}

export class IssuerKeys {
  readonly #opened = new Map<string, KeyObject>();

  constructor(
    private readonly store: Store,
    private readonly secret: PartSecret,
    readonly issuer: IssuerNumber,
    private readonly make: KeyMaker = drawKey,
    /** Where keys are made from now on; those that are in the store stay there. */
    private readonly token?: Token,
  ) {}

  /** Areas for which this issuer has keys: those of the round, and 0 for posting with the first. */
  areasOf(areas: readonly { readonly number: number }[]): number[] {
    return [...(this.issuer === 1 ? [0] : []), ...areas.map(({ number }) => number)];
  }

  /** The modulus for an area; the key is made now if there is none. */
  async ensure(round: string, area: number): Promise<Uint8Array> {
    const known = this.#row(round, area);
    if (known) return known.modulus;
    // Somebody who asked at the same time may have been first: the key that is stored is the key.
    if (this.token) {
      const { id, modulus } = await this.token.generate(`co-city ${round} ${area}`);
      this.store
        .prepare("INSERT OR IGNORE INTO token_key (round, area, modulus, id) VALUES (?, ?, ?, ?)")
        .run(round, area, modulus, id);
    } else {
      const privateKey = await this.make(round, area);
      const der = privateKey.export({ format: "der", type: "pkcs8" });
      this.store
        .prepare("INSERT OR IGNORE INTO key (round, area, modulus, sealed) VALUES (?, ?, ?, ?)")
        .run(round, area, modulusOf(privateKey), this.secret.seal(der, purposeOf(round, area)));
    }
    return (this.#row(round, area) as Row).modulus;
  }

  /** Whether the key for an area is here and is the one that the ledger has. */
  holds(round: string, area: number, modulus: Uint8Array): boolean {
    const row = this.#row(round, area);
    return row !== undefined && Buffer.compare(row.modulus, modulus) === 0;
  }

  /** Undefined where there is no key, or it is in a token that this issuer is not told of. */
  signer(round: string, area: number): BlindSigner | undefined {
    const row = this.#row(round, area);
    if (!row) return undefined;
    const { modulus, sealed, id } = row;
    if (sealed) {
      const key = this.#open(round, area, sealed);
      return { modulus, sign: async (blinded) => blindSign(key, blinded) };
    }
    const { token } = this;
    if (!token || !id) return undefined;
    return {
      modulus,
      sign: (blinded) => blindSignElsewhere(modulus, blinded, (number) => token.raise(id, number)),
    };
  }

  #open(round: string, area: number, sealed: Uint8Array): KeyObject {
    const name = `${round} ${area}`;
    const opened = this.#opened.get(name);
    if (opened) return opened;
    const der = Buffer.from(this.secret.open(sealed, purposeOf(round, area)));
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

  #row(round: string, area: number): Row | undefined {
    return this.store
      .prepare(
        `SELECT modulus, sealed, NULL AS id FROM key WHERE round = :round AND area = :area
         UNION ALL SELECT modulus, NULL, id FROM token_key WHERE round = :round AND area = :area LIMIT 1`,
      )
      .get({ round, area }) as Row | undefined;
  }
}

function purposeOf(round: string, area: number): string {
  return `issuer key ${round} ${area}`;
}
