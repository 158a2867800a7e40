import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { InputOf } from "../protocol/transactions";
import type { Handler } from "./handler";
import { putCommitment, putLine, requireCents } from "./money";
import { invalid, requireOrder, requireState, requireUnique } from "./require";
import { grantableKinds, unpayableKinds } from "./subjects";
import type { Tx } from "./tx";

type Commit = InputOf<"funds:commit">;

export const openLine: Handler<"funds:openLine"> = async (tx, input) => {
  const { command: _, ...given } = input;
  await tx.create("budget_line", [given.id], { ...given, committedCents: 0, acceptedCents: 0, paidCents: 0 });
  return undefined;
};

export const changeBudget: Handler<"funds:changeBudget"> = async (tx, input) => {
  const line = await tx.need("budget_line", input.id);
  if (input.budgetCents < line.committedCents) {
    throw new RuleError("below_committed", { committedCents: line.committedCents });
  }
  putLine(tx, { ...line, budgetCents: input.budgetCents, act: input.act });
  return undefined;
};

/** Commits money of a line to a signed pact, for one of its parties, by an act (rules 3, 4, 7, 8). */
export const commit: Handler<"funds:commit"> = async (tx, input) => {
  const { command: _, ...given } = input;
  const [line, pact, beneficiary, payee, { settings }] = await Promise.all([
    tx.need("budget_line", input.line),
    tx.need("pact", input.pact),
    tx.need("subject", input.beneficiary),
    tx.need("subject", input.payee),
    tx.need("municipality", tx.municipality),
  ]);
  requireState(pact, "signed", "active");
  if (!pact.parties.some(({ subject }) => subject === beneficiary.id)) {
    throw new RuleError("not_a_party", { party: beneficiary.id });
  }
  requireCodes(input, line, settings);
  requirePayee(input, payee);
  putLine(tx, { ...line, committedCents: line.committedCents + input.amountCents });
  await tx.create("commitment", [input.id], {
    ...given,
    proposal: pact.proposal,
    commons: pact.commons,
    committedOn: tx.day,
    acceptedCents: 0,
    paidCents: 0,
    plannedCents: 0,
    milestones: [],
    reports: [],
  });
  if (input.type === "contribution") await addToGrants(tx, payee.id, input.amountCents);
  return undefined;
};

/** Records that the row of arts. 26–27 D.Lgs. 33/2013 is published. */
export const publishGrant: Handler<"funds:publishGrant"> = async (tx, input) => {
  const commitment = await tx.need("commitment", input.commitment);
  if (commitment.publication) {
    throw new RuleError("already_exists", { type: "publication", id: commitment.id });
  }
  putCommitment(tx, { ...commitment, publication: { digest: input.digest, on: tx.day } });
  return undefined;
};

/** Divides a commitment into milestones and says which reports are owed, and when. Can be done in several parts. */
export const planMilestones: Handler<"funds:planMilestones"> = async (tx, input) => {
  const commitment = await tx.need("commitment", input.commitment);
  if (input.milestones.length === 0 && input.reports.length === 0) invalid("milestones");
  requireUnique(
    input.milestones.map(({ id }) => id),
    "milestones",
  );
  requireUnique(
    input.reports.map(({ id }) => id),
    "reports",
  );
  for (const { dueOn } of [...input.milestones, ...input.reports])
    requireOrder(commitment.committedOn, dueOn);
  const planned = input.milestones.reduce(
    (sum, { amountCents }) => sum + amountCents,
    commitment.plannedCents,
  );
  putCommitment(tx, {
    ...commitment,
    plannedCents: planned,
    milestones: [...commitment.milestones, ...input.milestones.map(({ id }) => id)],
    reports: [...commitment.reports, ...input.reports.map(({ id }) => id)],
  });
  const owner = {
    municipality: tx.municipality,
    commitment: commitment.id,
    commons: commitment.commons,
  };
  await Promise.all([
    ...input.milestones.map((milestone, index) =>
      tx.create("milestone", [milestone.id], {
        ...owner,
        ...milestone,
        line: commitment.line,
        number: commitment.milestones.length + index + 1,
        state: "planned",
        evidence: [],
        acceptedCents: 0,
        requestedCents: 0,
      }),
    ),
    ...input.reports.map((report) => tx.create("report", [report.id], { ...owner, ...report })),
  ]);
  return undefined;
};

/**
 * Whether a contribution has to be published before it is paid: the threshold is of the year's total to one
 * beneficiary (art. 26 c. 2), so dividing a grant does not avoid it.
 */
export async function isUnpublishedGrant(tx: Tx, commitment: RecordOf<"commitment">): Promise<boolean> {
  if (commitment.type !== "contribution" || commitment.publication) return false;
  const [total, { settings }] = await Promise.all([
    tx.getInternal("grant_total", commitment.payee, commitment.committedOn.slice(0, 4)),
    tx.need("municipality", tx.municipality),
  ]);
  return (total?.cents ?? commitment.amountCents) > settings.publishGrantsAboveCents;
}

async function addToGrants(tx: Tx, payee: string, cents: number): Promise<void> {
  const key = [payee, tx.day.slice(0, 4)];
  const total = ((await tx.getInternal("grant_total", ...key))?.cents ?? 0) + cents;
  requireCents(total);
  tx.putInternal("grant_total", key, { cents: total });
}

/** Rule 7. @throws {RuleError} `cup_missing` or `cig_missing` */
function requireCodes(
  input: Commit,
  line: RecordOf<"budget_line">,
  settings: RecordOf<"municipality">["settings"],
): void {
  if (line.kind === "investment" && input.cup === undefined) throw new RuleError("cup_missing");
  if (settings.cigRequired && input.type !== "contribution" && input.cig === undefined) {
    throw new RuleError("cig_missing");
  }
}

/** Rule 8. @throws {RuleError} `payee_not_eligible` or `grant_act_missing` */
function requirePayee(input: Commit, payee: RecordOf<"subject">): void {
  if (unpayableKinds.includes(payee.kind)) throw new RuleError("payee_not_eligible", { kind: payee.kind });
  if (input.type !== "contribution") return;
  if (!payee.eligible || !grantableKinds.includes(payee.kind)) {
    throw new RuleError("payee_not_eligible", { kind: payee.kind });
  }
  if (!input.grantAct) throw new RuleError("grant_act_missing");
}
