/** The key of a relay, copy-keeper or opener for a round, and its offer to the ledger before the freeze. */
import { deriveSecretKey } from "@/voting/sealed/hpke";
import { nodePrimitives } from "@/voting/sealed/node";
import type { Keeper } from "@/voting/sealed/receipts";
import { hex } from "./forms";
import { LedgerRefusal, type SealedLedger } from "./ledger";
import type { RoundView } from "./round-view";
import type { PartSecret } from "./secrets";

/**
 * Comes from the part's secret: a part whose disk is lost goes on with the same key. The secret is changed between
 * rounds, and the old one destroyed when no claim can be made any more.
 */
export class ServiceKeys {
  readonly #known = new Map<string, Uint8Array>();

  constructor(
    readonly part: Keeper | "opener",
    private readonly secret: PartSecret,
  ) {}

  /** Ed25519, of the opener X25519. The same bytes object each time, by which the machine remembers the key it read. */
  secretOf(round: string): Uint8Array {
    const known = this.#known.get(round);
    if (known) return known;
    const derived = this.secret.derive(`${this.part} key ${round}`);
    const key = this.part === "opener" ? deriveSecretKey(derived) : derived;
    this.#known.set(round, key);
    return key;
  }

  publicOf(round: string): Promise<Uint8Array> {
    const secret = this.secretOf(round);
    return this.part === "opener"
      ? nodePrimitives.x25519PublicKey(secret)
      : nodePrimitives.ed25519PublicKey(secret);
  }

  /** Whether the frozen key is this part's: with another secret it takes no part. */
  async isOwn(round: RoundView): Promise<boolean> {
    const frozen = round.keys[this.part];
    return frozen !== undefined && Buffer.compare(frozen, await this.publicOf(round.id)) === 0;
  }

  async offer(round: RoundView, ledger: SealedLedger): Promise<void> {
    if (round.frozen || round.keys[this.part]) return;
    const { municipality, id } = round;
    try {
      await ledger.submit("sealed:offerServiceKey", {
        ...{ municipality, round: id },
        key: hex(await this.publicOf(id)),
      });
    } catch (error) {
      // What was looked up is older than the offer.
      if (!(error instanceof LedgerRefusal && error.code === "already_exists")) throw error;
    }
  }
}
