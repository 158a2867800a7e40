import "server-only";
import { chainDay } from "@/features/calls/queries";
import { db } from "@/lib/db";
import { type FlowGraph, flowGraph } from "./flows";
import { type LateItem, lateItems } from "./rules";

export type LineView = {
  id: string;
  fund: string;
  name: string;
  year: number;
  kind: string;
  budgetCents: bigint;
  committedCents: bigint;
  acceptedCents: bigint;
  paidCents: bigint;
  fictional: boolean;
  transactionId: string;
  block: string;
};

export type PaymentView = {
  id: string;
  state: string;
  amountCents: bigint;
  requestedOn: string;
  paidOn: string | null;
  orderNumber: string | null;
  payee: string;
  line: string;
  commons: { id: string; slug: string; name: string };
  milestone: { id: string; number: number; title: string };
  fictional: boolean;
  transactionId: string;
  block: string;
};

export type FlowsView = {
  day: string;
  lines: LineView[];
  payments: PaymentView[];
  graph: FlowGraph;
  late: (LateItem & { commonsName: string; commonsSlug: string; fictional: boolean })[];
  totals: { budgetCents: bigint; committedCents: bigint; acceptedCents: bigint; paidCents: bigint };
};

export type FlowFilter = { year?: number; line?: string; state?: string };

/** Everything the money page shows, from the same rows: picture, tables and sums agree because they are one. */
export async function flowsOf(municipality: string, filter: FlowFilter = {}): Promise<FlowsView> {
  const day = await chainDay(municipality);
  const lines = await db.chainBudgetLine.findMany({
    where: {
      municipality,
      ...(filter.year && { year: filter.year }),
      ...(filter.line && { id: filter.line }),
    },
    orderBy: [{ year: "desc" }, { fund: "asc" }, { name: "asc" }],
  });
  const where = { municipality, line: { in: lines.map(({ id }) => id) } };
  const [commitments, milestones, payments] = await Promise.all([
    db.chainCommitment.findMany({ where, orderBy: { block: "asc" } }),
    db.chainMilestone.findMany({ where, orderBy: [{ commitment: "asc" }, { number: "asc" }] }),
    db.chainPayment.findMany({ where, orderBy: { block: "desc" } }),
  ]);
  const [reports, commons, subjects, texts] = await Promise.all([
    db.chainReport.findMany({ where: { municipality, commitment: { in: commitments.map(({ id }) => id) } } }),
    db.commons.findMany({ where: { municipality }, select: { id: true, slug: true, name: true } }),
    db.subject.findMany({ where: { municipality }, select: { id: true, name: true, kind: true } }),
    db.milestoneText.findMany({ where: { municipality } }),
  ]);
  const commonsById = new Map(commons.map((row) => [row.id, row]));
  const subjectNames = new Map(subjects.map((subject) => [subject.id, publishedName(subject)]));
  const alive = payments.filter(({ state }) => state !== "returned" && state !== "refused");
  const fictionalLines = new Set(lines.filter(({ fictional }) => fictional).map(({ id }) => id));
  const fictionalRows = new Set(
    [...milestones, ...payments].filter(({ line }) => fictionalLines.has(line)).map(({ id }) => id),
  );
  return {
    day,
    lines: lines.map((line) => ({ ...pickLine(line), block: line.block.toString() })),
    payments: payments
      .filter(({ state }) => !filter.state || state === filter.state)
      .map((payment) =>
        paymentView(payment, {
          commons: commonsById.get(payment.commons),
          milestone: milestones.find(({ id }) => id === payment.milestone),
          text: texts.find(({ id }) => id === payment.milestone),
          payee: subjectNames.get(payment.payee),
          fictional: fictionalLines.has(payment.line),
        }),
      ),
    graph: flowGraph({
      lines,
      commitments,
      milestones,
      payments: alive,
      names: { commons: new Map(commons.map(({ id, name }) => [id, name])), subjects: subjectNames },
    }),
    late: lateItems({ milestones, reports, payments }, day).map((item) => ({
      ...item,
      commonsName: commonsById.get(item.commons)?.name ?? "",
      commonsSlug: commonsById.get(item.commons)?.slug ?? "",
      fictional: fictionalRows.has(item.id),
    })),
    totals: {
      budgetCents: total(lines, "budgetCents"),
      committedCents: total(lines, "committedCents"),
      acceptedCents: total(lines, "acceptedCents"),
      paidCents: total(lines, "paidCents"),
    },
  };
}

type PaymentRow = Omit<PaymentView, "payee" | "commons" | "milestone" | "fictional" | "block"> & {
  payee: string;
  commons: string;
  milestone: string;
  block: bigint;
};

/** A payment with the rows it names, where there are any. */
export function paymentView(
  payment: PaymentRow,
  named: {
    commons: PaymentView["commons"] | null | undefined;
    milestone: { number: number } | null | undefined;
    text: { title: string } | null | undefined;
    payee: string | undefined;
    fictional: boolean;
  },
): PaymentView {
  const { id, state, amountCents, requestedOn, paidOn, orderNumber, line, transactionId } = payment;
  return {
    ...{ id, state, amountCents, requestedOn, paidOn, orderNumber, line, transactionId },
    payee: named.payee ?? "",
    commons: named.commons ?? { id: payment.commons, slug: "", name: "" },
    milestone: {
      ...{ id: payment.milestone, number: named.milestone?.number ?? 0 },
      title: named.text?.title ?? "",
    },
    fictional: named.fictional,
    block: payment.block.toString(),
  };
}

/** A natural person's name is not published here: what is paid to whom by law is in the list of grants. */
export function publishedName({ name, kind }: { name: string; kind: string }): string {
  return kind === "person" ? "" : name;
}

function pickLine(line: Omit<LineView, "block">): Omit<LineView, "block"> {
  const { id, fund, name, year, kind, budgetCents, committedCents, acceptedCents, paidCents } = line;
  const { fictional, transactionId } = line;
  return {
    id,
    fund,
    name,
    year,
    kind,
    budgetCents,
    committedCents,
    acceptedCents,
    paidCents,
    fictional,
    transactionId,
  };
}

function total<K extends string>(rows: readonly Record<K, bigint>[], member: K): bigint {
  return rows.reduce((sum, row) => sum + row[member], 0n);
}
