/** Money from the budget line to the commitment with its milestones. */
import { randomUUID } from "node:crypto";
import { attachAct } from "@/features/documents/act-service";
import { keepText, newSalt, saltedDigest } from "@/features/documents/text-service";
import { recordBinding, type SignedPaper } from "@/features/papers/service";
import type { Prisma } from "@/generated/prisma/client";
import { once, record } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { systemCommand } from "@/lib/intention";
import type { Act, Actor } from "@/protocol/primitives";
import type { InputOf } from "@/protocol/transactions";
import { lineIn, requireAllParts } from "./decided-queries";

export type ActValue = typeof Act._output;

export type LineValues = Omit<
  InputOf<"funds:openLine">,
  "command" | "municipality" | "id" | "act" | "fictional"
>;

/** Opens a line, and with `later` one of the same name for each of the years that follow, by the same act. */
export async function openLine(
  actor: Actor,
  values: LineValues & {
    act: ActValue;
    fictional?: boolean;
    later?: readonly { year: number; budgetCents: number }[];
  },
  command: string,
  upload?: string,
): Promise<string> {
  const { municipality } = actor;
  const { fictional = false, later = [], ...rest } = values;
  const years = [{ year: rest.year, budgetCents: rest.budgetCents }, ...later];
  const subjects = years.map((_, index) => ({ type: "budget_line", id: commandOf(command, index) }));
  const [first = { type: "budget_line", id: command }, ...others] = subjects;
  const work = async (tx: Prisma.TransactionClient) => {
    await attachAct(tx, actor, upload, first, ...others);
    for (const [index, subject] of subjects.entries()) {
      const input = { ...rest, ...years[index], municipality, id: subject.id, fictional };
      await record(tx, actor, "funds:openLine", input, subject, subject.id);
    }
  };
  await once(command, work, { also: others.map(({ id }) => id) });
  return first.id;
}

/** What one form asks for several times: the first is the form's own command, the others are made from it. */
function commandOf(command: string, index: number): string {
  return index === 0 ? command : systemCommand("of one act", command, String(index));
}

export async function changeBudget(
  actor: Actor,
  id: string,
  change: { budgetCents: number; act: ActValue },
  command: string,
  upload?: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const line = await lineIn(tx, municipality, id);
    // Said here with the numbers in hand; the chaincode decides.
    if (BigInt(change.budgetCents) < line.committedCents)
      throw new ConflictError("below_committed", { committedCents: Number(line.committedCents) });
    const input = { municipality, id, ...change };
    const subject = { type: "budget_line", id };
    await attachAct(tx, actor, upload, subject);
    await record(tx, actor, "funds:changeBudget", input, subject, command);
  });
}

export type PayeeValues = {
  kind: InputOf<"subjects:registerPayee">["kind"];
  name: string;
  fiscalCode: string | null;
};

/** Registers who is paid where that is not already a subject. A payee represents nobody here and signs nothing. */
export async function registerPayee(actor: Actor, payee: PayeeValues, command: string): Promise<string> {
  const { municipality, person } = actor;
  const id = command;
  const salt = newSalt();
  await once(command, async (tx) => {
    await tx.subject.create({ data: { ...payee, municipality, id, representative: person, salt } });
    const digest = saltedDigest(salt, payee);
    const input = { municipality, id, kind: payee.kind, digest };
    await record(tx, actor, "subjects:registerPayee", input, { type: "subject", id }, command);
  });
  return id;
}

/** Recognises a body as eligible for contributions, by an act that names its public tax code. */
export async function recogniseEligibility(
  actor: Actor,
  id: string,
  recognition: { act: ActValue; code: string },
  command: string,
  upload?: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const subject = await tx.chainSubject.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!subject) throw new NotFoundError("subject_not_found");
    const input = { municipality, id, ...recognition };
    await attachAct(tx, actor, upload, { type: "subject", id });
    await record(tx, actor, "subjects:recogniseEligibility", input, { type: "subject", id }, command);
  });
}

/** The subject a pact's money is for: its proposal's proponent. */
export async function beneficiaryOf(municipality: string, pact: string): Promise<string> {
  const row = await db.chainPact.findUnique({ where: { municipality_id: { municipality, id: pact } } });
  const proposal =
    row &&
    (await db.chainProposal.findUnique({ where: { municipality_id: { municipality, id: row.proposal } } }));
  if (!proposal) throw new NotFoundError("pact_not_found");
  return proposal.subject;
}

export type CommitmentValues = Omit<InputOf<"funds:commit">, "command" | "municipality" | "id" | "fictional">;

/** Commits money of a line, and with `later` of other lines as well, such as those of the years that follow, by one act. */
export async function commit(
  actor: Actor,
  values: CommitmentValues & { later?: readonly { line: string; amountCents: number }[] },
  command: string,
  upload?: string,
): Promise<string> {
  const { municipality } = actor;
  const { later = [], ...rest } = values;
  const parts = [{ line: rest.line, amountCents: rest.amountCents }, ...later];
  const subjects = parts.map((_, index) => ({ type: "commitment", id: commandOf(command, index) }));
  const [first = { type: "commitment", id: command }, ...others] = subjects;
  const work = async (tx: Prisma.TransactionClient) => {
    const lines = await requireAllParts(tx, municipality, rest.pact, rest.cup, parts);
    await attachAct(tx, actor, upload, first, ...others);
    for (const [index, line] of lines.entries()) {
      const subject = subjects[index] ?? first;
      const { fictional } = line;
      const input = { ...rest, ...parts[index], municipality, id: subject.id, fictional };
      // Where the first is refused the others are nothing on their own.
      const follows = index > 0 ? first.id : undefined;
      await record(tx, actor, "funds:commit", input, subject, subject.id, follows);
    }
  };
  await once(command, work, { also: others.map(({ id }) => id) });
  return first.id;
}

export type PlannedMilestone = { title: string; deliverable: string; dueOn: string; amountCents: number };
export type PlannedReport = { kind: "annual" | "final"; dueOn: string };

export async function planMilestones(
  actor: Actor,
  commitment: string,
  plan: { milestones: readonly PlannedMilestone[]; reports: readonly PlannedReport[] },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const where = { municipality_id: { municipality, id: commitment } };
    if (!(await tx.chainCommitment.findUnique({ where }))) throw new NotFoundError("commitment_not_found");
    const words = plan.milestones.map(({ title, deliverable }) => {
      const salt = newSalt();
      return { municipality, id: randomUUID(), commitment, title, deliverable, salt };
    });
    await tx.milestoneText.createMany({ data: words });
    const milestones = plan.milestones.map(({ dueOn, amountCents }, index) => {
      const { id, title, deliverable, salt } = words[index] as (typeof words)[number];
      return { id, dueOn, amountCents, digest: saltedDigest(salt, { title, deliverable }) };
    });
    const reports = plan.reports.map((report) => ({ id: randomUUID(), ...report }));
    const input = { municipality, commitment, milestones, reports };
    await record(tx, actor, "funds:planMilestones", input, { type: "commitment", id: commitment }, command);
  });
}

/** Publishes the row of art. 26–27 D.Lgs. 33/2013 without which a contribution is not ordered. */
export async function publishGrant(
  actor: Actor,
  commitment: string,
  row: Record<string, string>,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const salt = newSalt();
  const digest = saltedDigest(salt, row);
  await once(command, async (tx) => {
    const where = { municipality_id: { municipality, id: commitment } };
    const committed = await tx.chainCommitment.findUnique({ where });
    if (!committed) throw new NotFoundError("commitment_not_found");
    // The row whose digest the ledger has stays as it is; one that the ledger refused may be written anew.
    if (committed.publishedOn)
      throw new ConflictError("already_exists", { type: "publication", id: commitment });
    await tx.grantRow.upsert({
      where: { municipality_commitment: { municipality, commitment } },
      create: { municipality, commitment, row, salt, digest },
      update: { row, salt, digest },
    });
    const input = { municipality, commitment, digest };
    await record(tx, actor, "funds:publishGrant", input, { type: "commitment", id: commitment }, command);
  });
}

export async function submitReport(
  actor: Actor,
  id: string,
  text: string,
  command: string,
  paper?: SignedPaper,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const where = { municipality_id: { municipality, id } };
    if (!(await tx.chainReport.findUnique({ where }))) throw new NotFoundError("report_not_found");
    const digest = await keepText(tx, { municipality, author: person, text, public: true });
    const input = { municipality, id, digest };
    await recordBinding(tx, actor, "reports:submit", input, { type: "report", id }, command, paper);
  });
}
