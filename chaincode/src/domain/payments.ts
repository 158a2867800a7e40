import { RuleError } from "../../../protocol/errors";
import { orderKeyOf, orderText } from "../../../protocol/order-number";
import type { RecordOf } from "../../../protocol/records";
import { MOST_ENTRIES } from "../../../protocol/records/money";
import type { Settings } from "../../../protocol/records/municipality";
import type { InputOf } from "../../../protocol/transactions";
import { requireYearBegun } from "./carry-over";
import { isUnpublishedGrant } from "./grants";
import type { Handler } from "./handler";
import { putCommitment, putLine, requireCents } from "./money";
import { requireOthers, requireState } from "./moves";
import { requireNoneOverdue } from "./reports";
import { requirePast, requireRepresentative, requireRoom, requireSince } from "./require";
import { requireTwoOrganisations } from "./separation";
import { behind, requireDrawable, requireOfficial } from "./standing";
import type { Tx } from "./tx";

type Commitment = RecordOf<"commitment">;
type Payment = RecordOf<"payment">;

/** The beneficiary asks for what was accepted and not asked for yet (rules 4 and 6). */
export const request: Handler<"payments:request"> = async (tx, input) => {
  const milestone = await tx.need("milestone", input.milestone);
  requireState(tx, "milestone", milestone);
  const commitment = await tx.need("commitment", milestone.commitment);
  requireRepresentative(tx, await tx.need("subject", commitment.beneficiary));
  // Whoever came to represent the beneficiary after they had looked at its work does not ask for the money.
  requireOthers(tx, { milestone });
  const { pact, proposal } = await behind(tx, commitment);
  requireDrawable(tx, commitment, pact, proposal);
  await requireNoneOverdue(tx, commitment);
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
  requireState(tx, "payment", payment);
  await requirePayable(tx, payment);
  tx.put("payment", [payment.id], { ...payment, state: "checked", checkedBy: tx.actor, checkedOn: tx.day });
  return undefined;
};

/** Lowers what is to be paid, as an entry of its own; the difference can be asked for again. */
export const reduce: Handler<"payments:reduce"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(tx, "payment", payment);
  await requireThird(tx, payment);
  requireRoom(payment.reductions, MOST_ENTRIES);
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

/** Turns a request down before it is ordered: what it asked for can be asked for again, or released. */
export const refuse: Handler<"payments:refuse"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(tx, "payment", payment);
  await requireThird(tx, payment);
  putMilestone(tx, await tx.need("milestone", payment.milestone), -payment.amountCents);
  const refusal = { reasonDigest: input.reasonDigest, by: tx.actor, on: tx.day };
  tx.put("payment", [payment.id], { ...payment, state: "refused", refusal });
  return undefined;
};

export const liquidate: Handler<"payments:liquidate"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(tx, "payment", payment);
  await requirePayable(tx, payment);
  requireYearBegun(tx, await tx.need("budget_line", payment.line));
  requireSince(input.act.date, payment.checkedOn ?? payment.requestedOn);
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
  requireState(tx, "payment", payment);
  const { settings } = await tx.need("municipality", tx.municipality);
  const commitment = await requirePayable(tx, payment, settings);
  requireYearBegun(tx, await tx.need("budget_line", payment.line));
  await keepOrder(tx, input.orderNumber, payment.id);
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
  const payment = await ordered(tx, input);
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
  const payment = await ordered(tx, input);
  const { reference, on, documentHash } = input;
  putMilestone(tx, await tx.need("milestone", payment.milestone), -payment.amountCents);
  tx.put("payment", [payment.id], {
    ...payment,
    state: "returned",
    outcome: { reference, on, documentHash, recordedBy: tx.actor },
  });
  return undefined;
};

/** Money paid and taken back: a further entry, never more than was paid. It can be asked for again, or released. */
export const recover: Handler<"payments:recover"> = async (tx, input) => {
  const payment = await tx.need("payment", input.id);
  requireState(tx, "payment", payment);
  await requireThird(tx, payment);
  requireRoom(payment.recoveries, MOST_ENTRIES);
  const { amountCents, reference, documentHash } = input;
  const recoveredCents = payment.recoveredCents + amountCents;
  requireCents(recoveredCents);
  if (recoveredCents > payment.amountCents) {
    throw new RuleError("over_accepted", { limitCents: payment.amountCents - payment.recoveredCents });
  }
  await keepReceipt(tx, input, payment.id);
  putMilestone(tx, await tx.need("milestone", payment.milestone), -amountCents);
  await addPaid(tx, payment, -amountCents);
  const recovery = { amountCents, reference, documentHash, recordedBy: tx.actor, on: tx.day };
  tx.put("payment", [payment.id], {
    ...payment,
    recoveries: [...payment.recoveries, recovery],
    recoveredCents,
  });
  return undefined;
};

/**
 * What each step towards an order asks again: the third person, the pact in force or settled, no report overdue.
 * @throws {RuleError} what `requireThird`, `requireDrawable` and `requireNoneOverdue` throw
 */
async function requirePayable(tx: Tx, payment: Payment, settings?: Settings): Promise<Commitment> {
  const { commitment, pact, proposal } = await requireThird(tx, payment, settings);
  requireOthers(tx, { commitment });
  requireDrawable(tx, commitment, pact, proposal);
  await requireNoneOverdue(tx, commitment);
  return commitment;
}

/**
 * Rule 5 from here on: nobody who took one of the steps that the table names, nor who has an interest; people in office
 * of two organisations at least.
 */
async function requireThird(tx: Tx, payment: Payment, settings?: Settings) {
  const milestone = await tx.need("milestone", payment.milestone);
  const { verifiedBy, acceptedBy, countersigned } = milestone;
  requireOthers(tx, { payment, milestone, ...(settings && { settings }) });
  requireTwoOrganisations(tx, tx.actor, verifiedBy, acceptedBy, countersigned?.by);
  const commitment = await tx.need("commitment", payment.commitment);
  return { commitment, ...(await requireOfficial(tx, commitment)) };
}

async function ordered(tx: Tx, input: InputOf<"payments:recordPaid">): Promise<Payment> {
  const payment = await tx.need("payment", input.id);
  requireState(tx, "payment", payment);
  await requireThird(tx, payment);
  requirePast(tx, input.on);
  requireSince(input.on, payment.orderedOn);
  await keepReceipt(tx, input, payment.id);
  return payment;
}

type Receipt = { reference: string; documentHash: string };

/** A reference of the treasury and the document that shows it prove one movement of money. @throws {RuleError} `receipt_used` */
async function keepReceipt(tx: Tx, { reference, documentHash }: Receipt, payment: string): Promise<void> {
  await keepOnce(tx, "receipt", [`reference ${reference}`], payment);
  await keepOnce(tx, "receipt", [`document ${documentHash}`], payment);
}

/** One row of an order of the treasury pays once, however its number is written. @throws {RuleError} `order_number_used` */
async function keepOrder(tx: Tx, orderNumber: string, payment: string): Promise<void> {
  const asWritten = [tx.day.slice(0, 4), orderNumber];
  const read = orderKeyOf(orderNumber, tx.day);
  if (!read) return keepOnce(tx, "order_number", asWritten, payment);
  const [year, text] = [String(read.year), orderText(read)];
  // Chains of before kept numbers as they were written.
  const usual = [text, `${text}/${year}`, `${year}/${text}`].map((written) => [year, written]);
  for (const words of [asWritten, ...usual]) await unusedKey(tx, "order_number", words);
  return keepOnce(tx, "order_number", ["mandate", year, text], payment);
}

type Once = "order_number" | "receipt";

/** @throws {RuleError} `order_number_used` or `receipt_used` when it was given before */
async function keepOnce(tx: Tx, type: Once, words: string[], payment: string): Promise<void> {
  tx.putInternal(type, [await unusedKey(tx, type, words)], { payment });
}

async function unusedKey(tx: Tx, type: Once, words: string[]): Promise<string> {
  const key = tx.circumstances.checks.sha256(words.map(plain).join("\n"));
  if (await tx.getInternal(type, key)) throw new RuleError(`${type}_used`);
  return key;
}

/** Upper and lower case and spaces make no other number of it. */
function plain(word: string): string {
  return word.normalize("NFC").toUpperCase().replaceAll(/\s+/g, "");
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
