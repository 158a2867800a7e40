/** Whether what counts as valid read the state as it was, and whether what does not count was rightly left out. */
import { validationCodeName, validationCodes } from "../../ledger/evidence/codes";
import { writtenParts } from "../../ledger/evidence/state-key";
import type { Version } from "../../ledger/evidence/types";
import type { Placed } from "../chain/chain-reader";
import type { Findings } from "../findings";
import { placeOf } from "./context";

const LEAST_ENDORSERS = 2;

/** Versions of the keys of one round: evidence may leave out blocks that touch none of them. */
export class Versions {
  readonly #versions = new Map<string, number>();
  readonly #valid = new Set<string>();

  constructor(
    private readonly findings: Findings,
    private readonly isOfRound: (parts: readonly string[]) => boolean,
  ) {}

  /** A valid transaction: its reads must be of the last version, and its writes are the next. */
  take(placed: Placed): void {
    const { block, transaction, action } = placed;
    this.#valid.add(transaction.id);
    const stale = this.#stale(placed);
    this.findings.expect(
      "validity",
      stale === undefined,
      () => `${placeOf(placed)}: it read ${stale} as it no longer was`,
    );
    for (const { key, isDelete } of action.writes) {
      if (!this.isOfRound(writtenParts(key))) continue;
      if (isDelete) this.#versions.delete(key);
      else this.#versions.set(key, number({ block, transaction: transaction.index }));
    }
  }

  /** One that a peer marked as not valid, for a reason that the evidence may contradict. */
  leaveOut(placed: Placed, code: number): void {
    const { action, transaction, endorsers } = placed;
    const touches = action.writes.some(({ key }) => this.isOfRound(writtenParts(key)));
    if (!touches) return;
    const { MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE, DUPLICATE_TXID, PHANTOM_READ_CONFLICT } =
      validationCodes;
    const name = `${placeOf(placed)}: marked ${validationCodeName(code)}`;
    const isWrong = (text: string) => this.findings.expect("validity", false, `${name}, and ${text}`);
    this.findings.checked("validity");
    if (code === MVCC_READ_CONFLICT) {
      const all = action.reads.every(({ key }) => this.isOfRound(writtenParts(key)) || isUnchanging(key));
      if (all && this.#stale(placed) === undefined) isWrong("nothing that it read had changed");
    } else if (code === ENDORSEMENT_POLICY_FAILURE) {
      if (endorsers.size >= LEAST_ENDORSERS) isWrong("peers of two organisations endorsed it");
    } else if (code === DUPLICATE_TXID) {
      if (!this.#valid.has(transaction.id)) isWrong("no other has its id");
    } else if (code !== PHANTOM_READ_CONFLICT) this.findings.note("validity", name);
  }

  #stale({ action }: Placed): string | undefined {
    for (const { key, version } of action.reads) {
      const parts = writtenParts(key);
      if (!this.isOfRound(parts)) continue;
      if (this.#versions.get(key) !== (version && number(version))) return parts.slice(1).join("/");
    }
    return undefined;
  }
}

/** A block has far fewer than 2²⁰ transactions. */
function number({ block, transaction }: Version): number {
  return block * 2 ** 20 + transaction;
}

/** Keys that steps of a round read beside its own, and that are written once: commands. */
function isUnchanging(key: string): boolean {
  return writtenParts(key)[1] === "command";
}
