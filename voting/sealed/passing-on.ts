/** What goes between relay, copy-keeper and opener, each message signed with the relay's key of the round. */
import { concat, requireLength, uint } from "./bytes";
import { digest, labelled } from "./labels";
import { postDigest } from "./post";
import { FREEZE_DIGEST } from "./round";

/** F ‖ whether the reception has ended (1) ‖ digest of the sealed casts in the order in which they go, under a label. */
export function relayBatchMessage(
  freeze: Uint8Array,
  ended: boolean,
  sealed: readonly Uint8Array[],
): Uint8Array {
  return labelled(
    "relay batch",
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    uint(ended ? 1 : 0, 1),
    digest("passed posts", concat(...sealed.map(postDigest))),
  );
}

/** F ‖ first position asked for (4) ‖ seconds since 1970 (4): a question that is answered for a minute only. */
export function relayQuestionMessage(freeze: Uint8Array, from: number, seconds: number): Uint8Array {
  return labelled(
    "relay question",
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    uint(from, 4),
    uint(seconds, 4),
  );
}
