import "server-only";
import { chainDay } from "@/features/calls/queries";
import { type AttachmentView, attachmentsOf } from "@/features/documents/queries";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import { grantableKinds } from "@/protocol/records/commons";
import { upgradeRecord } from "@/protocol/upgrade";
import { hasEnded, leftOver } from "./rules";

export type MilestoneView = {
  id: string;
  number: number;
  title: string;
  deliverable: string;
  dueOn: string;
  amountCents: bigint;
  acceptedCents: bigint;
  requestedCents: bigint;
  state: string;
  files: AttachmentView[];
  record: RecordOf<"milestone">;
  transactionId: string;
  block: string;
  payments: PaymentStep[];
};

export type PaymentStep = {
  id: string;
  state: string;
  amountCents: bigint;
  requestedOn: string;
  orderNumber: string | null;
  paidOn: string | null;
  reference: string | null;
  /** By how much and why it was reduced, or why it was refused. */
  decided: Decided;
  transactionId: string;
  block: string;
};

export type CarriedLine = { name: string; year: number };

export type CommitmentView = {
  id: string;
  type: string;
  amountCents: bigint;
  plannedCents: bigint;
  acceptedCents: bigint;
  paidCents: bigint;
  payeeName: string;
  line: CarriedLine & { fund: string };
  /** The line of an earlier year that it was carried over from. */
  carriedFrom: (CarriedLine & { on: string }) | null;
  /** What of it was carried over to lines of later years. */
  carries: (CarriedLine & { amountCents: bigint; on: string })[];
  /** What its year leaves to later ones, as it stands. */
  leftCents: bigint;
  cup: string | null;
  cig: string | null;
  act: RecordOf<"commitment">["act"];
  publishedOn: string | null;
  /** Whether it counts as a grant, and so may have to be published before it is paid. */
  isGrant: boolean;
  /** The day an act let it be paid after its pact ended. */
  settledOn: string | null;
  fictional: boolean;
  transactionId: string;
  block: string;
  milestones: MilestoneView[];
  reports: { id: string; kind: string; dueOn: string; submittedOn: string | null }[];
};

/** The money of one pact: its commitments with milestones, payments and reports, in order. */
export async function commitmentsOf(
  municipality: { istatCode: string; slug: string },
  pact: string,
  viewer: Viewer | undefined,
): Promise<CommitmentView[]> {
  const code = municipality.istatCode;
  const rows = await db.chainCommitment.findMany({
    where: { municipality: code, pact },
    orderBy: { block: "asc" },
  });
  const ids = rows.map(({ id }) => id);
  const below = { municipality: code, commitment: { in: ids } };
  const records = new Map(
    rows.map(({ id, record }) => [
      id,
      upgradeRecord("commitment", record as unknown as RecordOf<"commitment">),
    ]),
  );
  const ofLines = [...records.values()].flatMap(({ line, carriedFrom, carries }) => [
    line,
    ...(carriedFrom ? [carriedFrom.line] : []),
    ...carries.map((carry) => carry.line),
  ]);
  const [milestones, payments, reports, subjects, lines, term, today] = await Promise.all([
    db.chainMilestone.findMany({ where: below, orderBy: { number: "asc" } }),
    db.chainPayment.findMany({ where: below, orderBy: { block: "asc" } }),
    db.chainReport.findMany({ where: below, orderBy: { dueOn: "asc" } }),
    db.subject.findMany({ where: { municipality: code, id: { in: rows.map(({ payee }) => payee) } } }),
    db.chainBudgetLine.findMany({ where: { municipality: code, id: { in: ofLines } } }),
    db.chainPact.findUnique({ where: { municipality_id: { municipality: code, id: pact } } }),
    chainDay(code),
  ]);
  // A milestone that was carried over keeps the words it has had.
  const texts = await db.milestoneText.findMany({
    where: { municipality: code, id: { in: milestones.map(({ id }) => id) } },
  });
  const carriedLine = (id: string): CarriedLine => {
    const { name = "", year = 0 } = lines.find((line) => line.id === id) ?? {};
    return { name, year };
  };
  const files = new Map(
    await Promise.all(
      milestones.map(
        async ({ id }) => [id, await attachmentsOf(municipality, { type: "milestone", id }, viewer)] as const,
      ),
    ),
  );
  return rows.map((row) => {
    const record = records.get(row.id) as RecordOf<"commitment">;
    const line = lines.find(({ id }) => id === row.line);
    const own = milestones.filter((milestone) => milestone.commitment === row.id);
    const payee = subjects.find((subject) => subject.id === row.payee);
    const {
      id,
      type,
      amountCents,
      plannedCents,
      acceptedCents,
      paidCents,
      cup,
      cig,
      publishedOn,
      fictional,
    } = row;
    return {
      ...{ id, type, amountCents, plannedCents, acceptedCents, paidCents, cup, cig, publishedOn, fictional },
      isGrant: type === "contribution" || grantableKinds.some((kind) => kind === payee?.kind),
      settledOn: record.settlement?.on ?? null,
      ...{ act: record.act, transactionId: row.transactionId, block: row.block.toString() },
      payeeName: payee?.name ?? "",
      line: { ...carriedLine(row.line), fund: line?.fund ?? "" },
      carriedFrom: record.carriedFrom
        ? { ...carriedLine(record.carriedFrom.line), on: record.carriedFrom.on }
        : null,
      carries: record.carries.map(({ line: to, amountCents: cents, on }) => ({
        ...{ ...carriedLine(to), amountCents: BigInt(cents), on },
      })),
      leftCents: BigInt(
        leftOver(
          record,
          own.map((milestone) => milestone.record as unknown as RecordOf<"milestone">),
          line?.year ?? 0,
          term !== null && hasEnded(term, today),
        ).amountCents,
      ),
      milestones: own.map((milestone) => {
        const text = texts.find((words) => words.id === milestone.id);
        const { number, dueOn, state, requestedCents } = milestone;
        return {
          ...{ id: milestone.id, number, dueOn, state, requestedCents },
          ...{ amountCents: milestone.amountCents, acceptedCents: milestone.acceptedCents },
          ...{ title: text?.title ?? "", deliverable: text?.deliverable ?? "" },
          files: files.get(milestone.id) ?? [],
          record: milestone.record as unknown as RecordOf<"milestone">,
          ...{ transactionId: milestone.transactionId, block: milestone.block.toString() },
          payments: payments
            .filter((payment) => payment.milestone === milestone.id)
            .map((payment) => ({
              ...{ id: payment.id, state: payment.state, amountCents: payment.amountCents },
              ...{
                requestedOn: payment.requestedOn,
                orderNumber: payment.orderNumber,
                paidOn: payment.paidOn,
              },
              ...{ reference: payment.reference, transactionId: payment.transactionId },
              block: payment.block.toString(),
              decided: decidedOf(upgradeRecord("payment", payment.record as unknown as RecordOf<"payment">)),
            })),
        };
      }),
      reports: reports
        .filter(({ commitment }) => commitment === id)
        .map((report) => {
          const { kind, dueOn, submittedOn } = report;
          return { id: report.id, kind, dueOn, submittedOn };
        }),
    };
  });
}

/** What of a payment's record says that it was reduced or refused. */
export type Decided = Pick<RecordOf<"payment">, "reductions" | "refusal">;

export function decidedOf({ reductions, refusal }: RecordOf<"payment">): Decided {
  return { reductions, ...(refusal && { refusal }) };
}

/**
 * What is chosen from when committing money: lines with what is left, and who can be paid. For a pact only the lines
 * of its call and those that an act allows.
 */
export async function commitmentChoices(municipality: string, pact?: string) {
  const allowed = pact === undefined ? undefined : await linesAllowed(municipality, pact);
  const [lines, subjects, names] = await Promise.all([
    db.chainBudgetLine.findMany({
      where: { municipality, ...(allowed && { id: { in: allowed } }) },
      orderBy: [{ year: "desc" }, { name: "asc" }],
    }),
    db.chainSubject.findMany({ where: { municipality } }),
    db.subject.findMany({ where: { municipality }, orderBy: { name: "asc" } }),
  ]);
  const known = new Map(subjects.map((subject) => [subject.id, subject]));
  return {
    lines: lines.map(({ id, name, year, kind, budgetCents, committedCents }) => ({
      ...{ id, name, year, kind, leftCents: budgetCents - committedCents },
    })),
    payees: names.flatMap(({ id, name, kind }) => (known.has(id) ? [{ id, name, kind }] : [])),
  };
}

async function linesAllowed(municipality: string, id: string): Promise<string[]> {
  const pact = await db.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
  const proposal =
    pact &&
    (await db.chainProposal.findUnique({ where: { municipality_id: { municipality, id: pact.proposal } } }));
  const call =
    proposal &&
    (await db.chainCall.findUnique({ where: { municipality_id: { municipality, id: proposal.call } } }));
  const record = proposal?.record as unknown as RecordOf<"proposal"> | undefined;
  return [...(call?.lines ?? []), ...(record?.beyond?.lines ?? [])];
}
