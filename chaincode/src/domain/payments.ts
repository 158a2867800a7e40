import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import { isUnpublishedGrant } from "./funds";
import type { Handler } from "./handler";
import { requireActivePact } from "./milestones";
import { putCommitment, putLine, requireCents } from "./money";
import { requireNoneOverdue } from "./reports";
import { requirePast, requireRepresentative, requireState } from "./require";
import { requireOther, requireTwoOrganisations } from "./separation";
import type { Tx } from "./tx";

type Payment = RecordOf<"payment">;

/** The beneficiary asks for what was accepted and not asked for yet (rules 4 and 6). */
export const request: Handler<"payments:request"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.milestone);
  if (milestone.state !== "accepted" && milestone.state !== "partially_accepted") {
    throw new RuleError("milestone_not_accepted", { id: milestone.id, state: milestone.state });
  }
  const commitment = await tx.need("commitment", milestone.commitment);
  const beneficiary = await tx.need("subject", commitment.beneficiary);
  requireRepresentative(tx, beneficiary);
  await requirePayable(tx, commitment);
  putMilestone(tx, milestone, input.amountCents);
  await tx.create("payment", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    milestone: milestone.id,
    commitment: commitment.id,
    line: commitment.line,
    commons: commitment.commons,
    payee: commitment.payee,
    amountCents: input.amountCents,
    state: "requested",
    requestedBy: tx.actor,
    requestedOn: tx.day,
    reductions: [],
    recoveries: [],
    recoveredCents: 0,
  });
  return undefined;
};

export const check: Handler<"payments:check"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(payment, "requested");
  await requireThird(tx, payment);
  tx.put("payment", [payment.id], { ...payment, state: "checked", checkedBy: tx.actor });
  return undefined;
};

/** Lowers what is to be paid, as an entry of its own; the difference can be asked for again. */
export const reduce: Handler<"payments:reduce"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(payment, "requested", "checked");
  await requireThird(tx, payment);
  const { amountCents, reasonDigest } = input;
  if (amountCents >= payment.amountCents) {
    throw new RuleError("over_accepted", { limitCents: payment.amountCents - 1 });
  }
  putMilestone(tx, await tx.need("milestone", payment.milestone), -amountCents);
  const reduction = { amountCents, reasonDigest, by: tx.actor, on: tx.day };
  tx.put("payment", [payment.id], {
    ...payment,
    amountCents: payment.amountCents - amountCents,
    reductions: [...payment.reductions, reduction],
  });
  return undefined;
};

export const liquidate: Handler<"payments:liquidate"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(payment, "checked");
  await requireThird(tx, payment);
  tx.put("payment", [payment.id], {
    ...payment,
    state: "liquidated",
    liquidatedBy: tx.actor,
    liquidationAct: input.act,
  });
  return undefined;
};

/** The order to pay: conditions are looked at once more, and a grant that must be published is (arts. 26–27). */
export const order: Handler<"payments:order"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(payment, "liquidated");
  await requireThird(tx, payment);
  const commitment = await tx.need("commitment", payment.commitment);
  await requirePayable(tx, commitment);
  if (await isUnpublishedGrant(tx, commitment)) throw new RuleError("grant_not_published");
  tx.put("payment", [payment.id], {
    ...payment,
    state: "ordered",
    orderedBy: tx.actor,
    orderNumber: input.orderNumber,
    orderedOn: tx.day,
  });
  return undefined;
};

/** Rule 9: *paid* is what the treasury says happened, recorded by another person than whoever ordered it. */
export const recordPaid: Handler<"payments:recordPaid"> = async (tx, input) => {
  const payment = await ordered(tx, input.id, input.on);
  const { reference, on, documentHash } = input;
  await addPaid(tx, payment, payment.amountCents);
  tx.put("payment", [payment.id], {
    ...payment,
    state: "paid",
    outcome: { reference, on, documentHash, recordedBy: tx.actor },
  });
  return undefined;
};

/** The bank sent the money back: the amount can be asked for again. */
export const recordReturned: Handler<"payments:recordReturned"> = async (tx, input) => {
  const payment = await ordered(tx, input.id, input.on);
  const { reference, on, documentHash } = input;
  putMilestone(tx, await tx.need("milestone", payment.milestone), -payment.amountCents);
  tx.put("payment", [payment.id], {
    ...payment,
    state: "returned",
    outcome: { reference, on, documentHash, recordedBy: tx.actor },
  });
  return undefined;
};

/** Money paid and taken back: a further entry, never more than was paid. */
export const recover: Handler<"payments:recover"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(payment, "paid");
  await requireThird(tx, payment);
  const { amountCents, reference, documentHash } = input;
  const recoveredCents = payment.recoveredCents + amountCents;
  requireCents(recoveredCents);
  if (recoveredCents > payment.amountCents) {
    throw new RuleError("over_accepted", { limitCents: payment.amountCents - payment.recoveredCents });
  }
  await addPaid(tx, payment, -amountCents);
  const recovery = { amountCents, reference, documentHash, recordedBy: tx.actor, on: tx.day };
  tx.put("payment", [payment.id], {
    ...payment,
    recoveries: [...payment.recoveries, recovery],
    recoveredCents,
  });
  return undefined;
};

/** @throws {RuleError} `pact_not_active` or `report_overdue` */
async function requirePayable(tx: Tx, commitment: RecordOf<"commitment">): Promise<void> {
  await Promise.all([requireActivePact(tx, commitment), requireNoneOverdue(tx, commitment)]);
}

/** Rule 5 from here on: neither who asked, nor who submitted or verified the milestone; two organisations at least. */
async function requireThird(tx: Tx, payment: Payment): Promise<void> {
  const { submittedBy, verifiedBy } = await tx.need("milestone", payment.milestone);
  requireOther(tx.actor, payment.requestedBy, submittedBy, verifiedBy);
  requireTwoOrganisations(tx.actor, submittedBy, verifiedBy);
}

async function ordered(tx: Tx, id: string, on: string): Promise<Payment> {
  const payment = await tx.need("payment", id);
  requireState(payment, "ordered");
  await requireThird(tx, payment);
  requireOther(tx.actor, payment.orderedBy);
  requirePast(tx, on);
  return payment;
}

/** Adds to what is asked for of a milestone, never more than was accepted. @throws {RuleError} `over_accepted` */
function putMilestone(tx: Tx, milestone: RecordOf<"milestone">, cents: number): void {
  const requestedCents = milestone.requestedCents + cents;
  requireCents(requestedCents);
  if (requestedCents > milestone.acceptedCents) {
    throw new RuleError("over_accepted", { limitCents: milestone.acceptedCents - milestone.requestedCents });
  }
  tx.put("milestone", [milestone.id], { ...milestone, requestedCents });
}

async function addPaid(tx: Tx, payment: Payment, cents: number): Promise<void> {
  const [commitment, line] = await Promise.all([
    tx.need("commitment", payment.commitment),
    tx.need("budget_line", payment.line),
  ]);
  putCommitment(tx, { ...commitment, paidCents: commitment.paidCents + cents });
  putLine(tx, { ...line, paidCents: line.paidCents + cents });
}
