import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { grantableKinds } from "../../../protocol/records/commons";
import { MOST_MILESTONES, MOST_REPORTS } from "../../../protocol/records/money";
import type { InputOf } from "../../../protocol/transactions";
import { addToGrants, countsAsGrant } from "./grants";
import type { Handler } from "./handler";
import { putCommitment, putLine } from "./money";
import { requireOthers, requireState } from "./moves";
import { change } from "./proposals";
import { addToOwed } from "./reports";
import { invalid, requireOrder, requireRoom, requireSince, requireUnique } from "./require";
import { requireDisinterested } from "./separation";
import { requireOfficial, requireWithinTerm, subjectsOf } from "./standing";
import { unpayableKinds } from "./subjects";
import type { Tx } from "./tx";

type Commit = InputOf<"funds:commit">;

/** What a line holds when it is opened. */
export const emptyLine = {
  ...{ committedCents: 0, acceptedCents: 0, paidCents: 0 },
  ...{ carriedInCents: 0, carriedOutCents: 0 },
};

export const openLine: Handler<"funds:openLine"> = async (tx, input) => {
  const { command: _, ...given } = input;
  await tx.create("budget_line", [given.id], { ...given, ...emptyLine });
  return undefined;
};

export const changeBudget: Handler<"funds:changeBudget"> = async (tx, input) => {
  const line = await tx.need("budget_line", input.id);
  requireSince(input.act.date, line.act.date);
  if (input.budgetCents < line.committedCents) {
    throw new RuleError("below_committed", { committedCents: line.committedCents });
  }
  // What was carried over has taken its budget along: put back here it would be there twice.
  if (input.budgetCents > line.budgetCents) requireYear(tx, line);
  putLine(tx, { ...line, budgetCents: input.budgetCents, act: input.act });
  return undefined;
};

/**
 * Commits money of a line to a signed pact, for one of its parties, by an act (rules 3, 4, 7, 8), within what was
 * decided: the cost that was voted, the call's lines, the subject that proposed, or what an act allows beyond.
 */
export const commit: Handler<"funds:commit"> = async (tx, input) => {
  const { command: _, ...given } = input;
  const [line, pact, beneficiary, payee, { settings }] = await Promise.all([
    tx.need("budget_line", input.line),
    tx.need("pact", input.pact),
    tx.need("subject", input.beneficiary),
    tx.need("subject", input.payee),
    tx.need("municipality", tx.municipality),
  ]);
  requireState(tx, "pact", pact);
  requireWithinTerm(pact, tx.day);
  const proposal = await tx.need("proposal", pact.proposal);
  requireState(tx, "proposal", proposal);
  await requireDisinterested(tx, proposal, beneficiary.id, payee.id, ...subjectsOf(pact));
  if (!pact.parties.some(({ subject }) => subject === beneficiary.id)) {
    throw new RuleError("not_a_party", { party: beneficiary.id });
  }
  for (const act of [input.act, input.grantAct]) if (act) requireSince(act.date, signedOn(pact));
  requireCodes(input, line, settings);
  requirePayee(input, payee, votedFor(proposal));
  requireYear(tx, line);
  if (input.fictional !== line.fictional) throw new RuleError("fictional_differs");
  putLine(tx, { ...line, committedCents: line.committedCents + input.amountCents });
  const committedCents = await requireDecided(tx, proposal, input);
  await tx.create("commitment", [input.id], {
    ...given,
    proposal: pact.proposal,
    commons: pact.commons,
    committedOn: tx.day,
    acceptedCents: 0,
    paidCents: 0,
    plannedCents: 0,
    releases: [],
    carries: [],
    milestones: [],
    reports: [],
    publishAboveCents: settings.publishGrantsAboveCents,
    payeeCode: payee.code,
  });
  change(tx, proposal, { committedCents });
  tx.putInternal("owed_reports", [input.id], { reports: [] });
  if (countsAsGrant(input.type, payee)) {
    await addToGrants(tx, { payee: payee.id, payeeCode: payee.code, committedOn: tx.day }, input.amountCents);
  }
  return undefined;
};

/** Records that the row of arts. 26–27 D.Lgs. 33/2013 is published. */
export const publishGrant: Handler<"funds:publishGrant"> = async (tx, input) => {
  const commitment = await tx.need("commitment", input.commitment);
  await requireOfficial(tx, commitment);
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
  requireRoom(commitment.milestones, MOST_MILESTONES, input.milestones.length);
  requireRoom(commitment.reports, MOST_REPORTS, input.reports.length);
  const { pact } = await requireOfficial(tx, commitment);
  requireState(tx, "pact", pact);
  requireWithinTerm(pact, tx.day);
  for (const { dueOn } of [...input.milestones, ...input.reports]) requireOrder(tx.day, dueOn);
  for (const { dueOn } of input.milestones) requireOrder(dueOn, pact.endsOn);
  if (input.milestones.length > 0) requireYear(tx, await tx.need("budget_line", commitment.line));
  await addToOwed(tx, commitment, input.reports);
  const planned = input.milestones.reduce(
    (sum, { amountCents }) => sum + amountCents,
    commitment.plannedCents,
  );
  const lastNumber = lastNumberOf(commitment);
  putCommitment(tx, {
    ...commitment,
    plannedCents: planned,
    ...(commitment.lastNumber !== undefined && { lastNumber: lastNumber + input.milestones.length }),
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
        number: lastNumber + index + 1,
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

/** The highest number of a milestone so far. */
export function lastNumberOf({ lastNumber, milestones }: RecordOf<"commitment">): number {
  return lastNumber ?? milestones.length;
}

/** Nothing new is committed, planned or put on a line whose year is over. @throws {RuleError} `line_year_over` */
function requireYear(tx: Tx, { year }: RecordOf<"budget_line">): void {
  if (year < Number(tx.day.slice(0, 4))) throw new RuleError("line_year_over", { year });
}

/** The subject that was voted, and those that an act allows beside it. */
function votedFor({ subject, beyond }: RecordOf<"proposal">): string[] {
  return [subject, ...(beyond?.beneficiaries ?? [])];
}

/** The day of the last signature; no pact is signed without. */
function signedOn({ signatures }: RecordOf<"pact">): string | undefined {
  return signatures
    .map(({ on }) => on)
    .sort()
    .at(-1);
}

/**
 * What is committed to a proposal with this commitment, cents.
 * @throws {RuleError} `line_not_of_call`, `not_the_proponent` or `over_decided` beyond what was decided or an act allows;
 * `same_person` when whoever recorded that act commits the money as well
 */
async function requireDecided(tx: Tx, proposal: RecordOf<"proposal">, input: Commit): Promise<number> {
  const { beyond } = proposal;
  requireOthers(tx, { proposal });
  const { lines } = await tx.need("call", proposal.call);
  if (![...lines, ...(beyond?.lines ?? [])].includes(input.line)) throw new RuleError("line_not_of_call");
  if (!votedFor(proposal).includes(input.beneficiary)) {
    throw new RuleError("not_the_proponent");
  }
  const before = await committedTo(tx, proposal);
  const limit = beyond?.costCents ?? proposal.costCents;
  if (before + input.amountCents > limit) throw new RuleError("over_decided", { limitCents: limit - before });
  return before + input.amountCents;
}

/** Sum of what is committed to a proposal; of one older than that sum, from its commitments. */
export async function committedTo(tx: Tx, proposal: RecordOf<"proposal">): Promise<number> {
  if (proposal.committedCents !== undefined) return proposal.committedCents;
  const all = await tx.list("commitment");
  return all.reduce((sum, one) => sum + (one.proposal === proposal.id ? one.amountCents : 0), 0);
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

/**
 * Rule 8. What counts as a grant is added up by the code of the body, and a contribution goes to nobody but who
 * was voted or an act names.
 * @param among the subjects that it may go to
 * @throws {RuleError} `payee_not_eligible`, `body_code_missing`, `not_the_proponent` or `grant_act_missing`
 */
function requirePayee(input: Commit, payee: RecordOf<"subject">, among: readonly string[]): void {
  if (unpayableKinds.includes(payee.kind)) throw new RuleError("payee_not_eligible", { kind: payee.kind });
  if (input.type === "contribution") {
    if (!payee.eligible || !grantableKinds.includes(payee.kind)) {
      throw new RuleError("payee_not_eligible", { kind: payee.kind });
    }
    if (!among.includes(payee.id)) throw new RuleError("not_the_proponent");
  }
  if (countsAsGrant(input.type, payee) && payee.code === undefined) throw new RuleError("body_code_missing");
  if (input.type === "contribution" && !input.grantAct) throw new RuleError("grant_act_missing");
}
