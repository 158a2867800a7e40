/** What issuers tell of each day: counts in steps, and the root of a list that only they have. */
import { RuleError } from "../../../../protocol/errors";
import { issuerNumberOf } from "../../../../protocol/records/sealed";
import type { Handler } from "../handler";
import { requireState } from "../moves";
import { invalid, requirePast, requireUnique } from "../require";

export const reportIssued: Handler<"sealed:reportIssued"> = async (tx, input) => {
  const { command: _, ...told } = input;
  const issuer = issuerNumberOf[tx.actor.organisation];
  const [round, sealing, earlier] = await Promise.all([
    tx.need("round", told.round),
    tx.need("sealing", told.round),
    tx.getInternal("last_issuance", told.round, String(issuer)),
  ]);
  requireState(tx, "round", round);
  requireState(tx, "sealing", sealing);
  requirePast(tx, told.day);
  if (earlier && told.day < earlier.day) {
    throw new RuleError("dates_out_of_order", { earlier: earlier.day, later: told.day });
  }
  requireUnique(
    told.issued.map(({ area }) => area),
    "issued",
  );
  const counts = new Map(told.issued.map(({ area, count }) => [area, count]));
  for (const [area, count] of counts) {
    const places = sealing.areas[area - 1]?.size ?? invalid("issued");
    if (count > places) throw new RuleError("over_roll", { area, rollSize: places });
  }
  const falls =
    earlier !== undefined &&
    (earlier.issued.some(({ area, count }) => (counts.get(area) ?? 0) < count) ||
      told.refused < earlier.refused ||
      told.paper < earlier.paper);
  if (falls) throw new RuleError("count_falls", { day: earlier.day });
  await tx.create("issuance", [told.round, String(issuer), told.day], { ...told, issuer });
  const { day, issued, refused, paper } = told;
  tx.putInternal("last_issuance", [told.round, String(issuer)], { day, issued, refused, paper });
  return undefined;
};
