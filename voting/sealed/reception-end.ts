/** What relay and copy-keeper say at the end of the reception: how many posts they hold, and in which order they came. */
import { requireLength, uint } from "./bytes";
import { signedBy } from "./curve-keys";
import { type Label, labelled } from "./labels";
import type { Primitives } from "./primitives";
import type { Keeper } from "./receipts";
import { FREEZE_DIGEST } from "./round";

export interface ReceptionEnd {
  readonly count: number;
  /** `postingOrder` up to the last post; zeros where none came. */
  readonly order: Uint8Array;
}

export const NO_POST = new Uint8Array(32);

/** F ‖ count (4) ‖ order (32), under the keeper's own label. */
export function receptionEndMessage(
  keeper: Keeper,
  freeze: Uint8Array,
  { count, order }: ReceptionEnd,
): Uint8Array {
  const label: Label = keeper === "relay" ? "relay end" : "copy-keeper end";
  return labelled(
    label,
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    uint(count, 4),
    requireLength(order, 32, "order"),
  );
}

/** Whether a keeper has signed the end. @param key Ed25519, from the freeze */
export function isReceptionEnd(
  primitives: Primitives,
  keeper: Keeper,
  key: Uint8Array,
  freeze: Uint8Array,
  end: ReceptionEnd,
  signature: Uint8Array,
): Promise<boolean> {
  return signedBy(primitives, key, receptionEndMessage(keeper, freeze, end), signature);
}
