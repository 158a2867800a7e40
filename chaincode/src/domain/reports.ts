import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { stateOf } from "../../../protocol/workflow/states";
import type { Handler } from "./handler";
import { requireState } from "./moves";
import { requireRepresentative } from "./require";
import type { Tx } from "./tx";

type Commitment = RecordOf<"commitment">;

export const submit: Handler<"reports:submit"> = async (tx, input) => {
  const report = await tx.need("report", input.id);
  requireState(tx, "report", { id: report.id, state: stateOf("report", report) });
  const commitment = await tx.need("commitment", report.commitment);
  requireRepresentative(tx, await tx.need("subject", commitment.beneficiary));
  tx.put("report", [report.id], { ...report, submittedOn: tx.day, digest: input.digest });
  const left = (await owed(tx, commitment)).filter(({ id }) => id !== report.id);
  tx.putInternal("owed_reports", [commitment.id], { reports: left });
  return undefined;
};

/** Rule 6, by the chain's day. @throws {RuleError} `report_overdue` naming the report that is late for longest */
export async function requireNoneOverdue(tx: Tx, commitment: Commitment): Promise<void> {
  const late = (await owedAlong(tx, commitment))
    .filter(({ dueOn }) => dueOn < tx.day)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))[0];
  if (late) throw new RuleError("report_overdue", { id: late.id, day: late.dueOn });
}

/** Further reports that a commitment owes. */
export async function addToOwed(tx: Tx, commitment: Commitment, reports: readonly Owed[]): Promise<void> {
  const more = reports.map(({ id, dueOn }) => ({ id, dueOn }));
  tx.putInternal("owed_reports", [commitment.id], { reports: [...(await owed(tx, commitment)), ...more] });
}

/** What is owed for a commitment of several years: wherever along its carry-overs a report was planned. */
async function owedAlong(tx: Tx, commitment: Commitment): Promise<Owed[]> {
  let first = commitment;
  while (first.carriedFrom) first = await tx.need("commitment", first.carriedFrom.commitment);
  return owedFrom(tx, first);
}

async function owedFrom(tx: Tx, commitment: Commitment): Promise<Owed[]> {
  const all = await owed(tx, commitment);
  for (const carry of commitment.carries)
    all.push(...(await owedFrom(tx, await tx.need("commitment", carry.commitment))));
  return all;
}

type Owed = { id: string; dueOn: string };

/** Reports a commitment owes: from their list, or one by one where it is older than that list. */
async function owed(tx: Tx, commitment: Commitment): Promise<Owed[]> {
  const list = await tx.getInternal("owed_reports", commitment.id);
  if (list) return list.reports;
  const reports = await Promise.all(commitment.reports.map((id) => tx.need("report", id)));
  const left = reports.flatMap(({ id, dueOn, submittedOn }) =>
    submittedOn === undefined ? { id, dueOn } : [],
  );
  tx.putInternal("owed_reports", [commitment.id], { reports: left });
  return left;
}
