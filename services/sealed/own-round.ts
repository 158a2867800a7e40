import { PartRefusal } from "@/lib/part-refusal";
import { type FrozenRound, isFrozen } from "./round-view";
import type { Rounds } from "./rounds";
import type { ServiceKeys } from "./service-keys";

/** A frozen round that a part works on with the key that the freeze names. @throws PartRefusal */
export async function ownRound(rounds: Rounds, keys: ServiceKeys, id: string): Promise<FrozenRound> {
  const round = await rounds.find(id, isFrozen);
  if (!round) throw new PartRefusal(404, "unknown_round");
  if (!isFrozen(round)) throw new PartRefusal(403, "not_frozen");
  if (!(await keys.isOwn(round))) throw new PartRefusal(503, "no_key");
  return round;
}
