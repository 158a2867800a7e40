/** What the checks of a round share: what was found, and what the evidence has shown so far. */

import type { Actor } from "../../protocol/primitives";
import type { RecordOf } from "../../protocol/records";
import type { TransactionName } from "../../protocol/transactions";
import type { Placed } from "../chain/chain-reader";
import type { Findings } from "../findings";

export interface Context {
  readonly findings: Findings;
  readonly municipality: string;
  readonly round: string;
}

/** A record of the round as one transaction wrote it. */
export interface Written<T> {
  readonly record: T;
  readonly by: Taken;
  /** The key's parts after municipality and type. */
  readonly idParts: readonly string[];
}

/** A transaction with who took it, as certificate and passkey show it. */
export interface Taken {
  readonly name: TransactionName;
  readonly placed: Placed;
  readonly actor: Actor | undefined;
  readonly input: Record<string, unknown>;
}

export const placeOf = ({ block, transaction }: Placed) => `block ${block}, transaction ${transaction.index}`;

export type RoundRecord = RecordOf<"round">;
export type SealingRecord = RecordOf<"sealing">;

/** The chain's day when a transaction was endorsed. */
export function dayOf({ action }: Placed): string {
  try {
    const event = JSON.parse(Buffer.from(action.event?.payload ?? "{}").toString("utf8")) as {
      day?: unknown;
    };
    return typeof event.day === "string" ? event.day : "";
  } catch {
    return "";
  }
}
