import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Handler } from "./handler";
import { requireOrder, requireUnique } from "./require";

type Call = RecordOf<"call">;

export const publish: Handler<"calls:publish"> = async (tx, input) => {
  const { command: _, ...call } = input;
  requireOrder(call.opensOn, call.closesOn);
  requireUnique(
    call.criteria.map(({ id }) => id),
    "criteria",
  );
  requireUnique(call.scopes, "scopes");
  requireUnique(call.lines, "lines");
  const total = weightTotal(call.criteria);
  if (total !== 100) throw new RuleError("weights_not_100", { total });
  await Promise.all(call.lines.map((line) => tx.need("budget_line", line)));
  await tx.create("call", [call.id], call);
  return undefined;
};

/** Gives more time, while there still is some: a call that has closed is not opened again. */
export const extend: Handler<"calls:extend"> = async (tx, input) => {
  const call = await tx.need("call", input.id);
  if (hasClosed(call, tx.day)) throw new RuleError("call_closed", { closesOn: call.closesOn });
  if (input.closesOn <= call.closesOn) {
    throw new RuleError("dates_out_of_order", { earlier: call.closesOn, later: input.closesOn });
  }
  tx.put("call", [call.id], { ...call, closesOn: input.closesOn, act: input.act });
  return undefined;
};

/** Sum of the weights of a call's criteria, points. */
export function weightTotal(criteria: Call["criteria"]): number {
  return criteria.reduce((sum, { weight }) => sum + weight, 0);
}

/** @throws {RuleError} `call_closed` unless the call takes proposals on this day */
export function requireOpen(call: Call, day: string): void {
  if (day < call.opensOn) throw new RuleError("too_early", { day: call.opensOn });
  if (hasClosed(call, day)) throw new RuleError("call_closed", { closesOn: call.closesOn });
}

export function hasClosed(call: Pick<Call, "closesOn">, day: string): boolean {
  return day > call.closesOn;
}
