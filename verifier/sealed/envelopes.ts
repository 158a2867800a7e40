/** What the ledger shows of the private collection: hashes of the envelopes that came with ballots, and what was purged. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "../../ledger/evidence/hash";
import { areaPart, sealedSeqPart } from "../../protocol/records/sealed";
import { digest } from "../../voting/sealed/labels";
import { type Context, placeOf, type SealingRecord, type Taken } from "../round/context";
import type { SealedBallots } from "./ballots";

const COLLECTION = "envelopes";
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

export class Envelopes {
  readonly #purged = new Set<string>();

  constructor(private readonly context: Context) {}

  /** Each ballot's envelope has gone into the collection in the same transaction: the hash there is of what was signed. */
  takeGroup(
    { placed }: Taken,
    ballots: readonly { area: number; key: string; seq: number; digest: string }[],
  ): void {
    const { findings } = this.context;
    const hashes = new Map<string, Uint8Array>();
    for (const write of placed.action.hashedWrites)
      if (write.collection === COLLECTION && !write.isDelete) hashes.set(hex(write.keyHash), write.valueHash);
    for (const { area, key, seq, digest: signed } of ballots) {
      const stored = hashes.get(this.#keyHash(area, key, seq));
      const isThere =
        stored !== undefined && Buffer.compare(digest("envelope", stored), hexToBytes(signed)) === 0;
      findings.expect(
        "ballots",
        isThere,
        () =>
          `${placeOf(placed)}: the envelope of key ${key.slice(0, 16)}… was not handed to the organisations with it`,
      );
    }
  }

  takePurge({ placed }: Taken): void {
    for (const { collection, keyHash, isPurge } of placed.action.hashedWrites)
      if (collection === COLLECTION && isPurge) this.#purged.add(hex(keyHash));
  }

  /** Once keys are released no superseded envelope may be there any more. */
  finish({ released }: SealingRecord, ballots: SealedBallots): void {
    const { findings } = this.context;
    if (released.length === 0) return;
    findings.checked("purge");
    for (const { area, voter, seq } of ballots.standing.values()) {
      const key = hex(voter);
      for (let before = 1; before < seq; before++)
        findings.expect(
          "purge",
          this.#purged.has(this.#keyHash(area, key, before)),
          () =>
            `area ${area}, key ${key.slice(0, 16)}…: ballot ${before} is superseded, and its envelope was not purged`,
        );
      if (this.#purged.has(this.#keyHash(area, key, seq)))
        findings.fault(
          "purge",
          `area ${area}, key ${key.slice(0, 16)}…: the envelope of the ballot that stands was purged`,
        );
    }
  }

  #keyHash(area: number, key: string, seq: number): string {
    const { municipality, round } = this.context;
    const parts = ["envelope", round, areaPart(area), key, sealedSeqPart(seq)];
    return hex(sha256(Buffer.from(`\0${[municipality, ...parts].join("\0")}\0`)));
  }
}
