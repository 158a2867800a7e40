/** Whether a vote was over when a transaction was endorsed, as the contract judges it. */
import { instantMs, legalDay } from "../../protocol/days";
import { closingOf } from "../../protocol/records/rounds";
import { type Context, dayOf, type RoundRecord, type Taken } from "../round/context";
import type { Register } from "../round/register";

/** By the chain's day or the sender's clock; in a trial, told in past days, where both agree. */
export function isOver(
  { municipality }: Context,
  register: Register,
  round: Pick<RoundRecord, "closesAt" | "prolongedTo">,
  { placed }: Taken,
): boolean {
  const closes = instantMs(closingOf(round));
  const day = dayOf(placed);
  if (day > legalDay(closes)) return true;
  const isTrial = register.get(municipality, "municipality", municipality)?.trial === true;
  const sent = placed.transaction.timestamp.getTime();
  return sent >= closes && (!isTrial || legalDay(sent) === day);
}
