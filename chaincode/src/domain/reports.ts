import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { Handler } from "./handler";
import { requireRepresentative } from "./require";
import type { Tx } from "./tx";

export const submit: Handler<"reports:submit"> = async (tx, input) => {
  const report = await tx.need("report", input.id);
  if (report.submittedOn !== undefined) {
    throw new RuleError("wrong_state", { id: report.id, state: "submitted" });
  }
  const commitment = await tx.need("commitment", report.commitment);
  requireRepresentative(tx, await tx.need("subject", commitment.beneficiary));
  tx.put("report", [report.id], { ...report, submittedOn: tx.day, digest: input.digest });
  return undefined;
};

/** Rule 6, by the chain's day. @throws {RuleError} `report_overdue` naming the first report that is late */
export async function requireNoneOverdue(tx: Tx, commitment: RecordOf<"commitment">): Promise<void> {
  const reports = await Promise.all(commitment.reports.map((id) => tx.need("report", id)));
  const late = reports.find((report) => isOverdue(report, tx.day));
  if (late) throw new RuleError("report_overdue", { id: late.id, day: late.dueOn });
}

export function isOverdue(report: Pick<RecordOf<"report">, "dueOn" | "submittedOn">, day: string): boolean {
  return report.submittedOn === undefined && report.dueOn < day;
}
