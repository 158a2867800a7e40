import "server-only";
import { publishedName } from "@/features/funds/rules";
import { isDemonstration } from "@/features/municipalities/queries";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import type { OrderRow } from "./order-flow";
import { type OrderKey, orderKeyOf } from "./order-number";
import { isLikelyCig, isLikelyCup } from "./project-codes";

export type OrderView = OrderRow & {
  id: string;
  type: string;
  commons: string;
  cig: string | null;
  /** A payee that OPI can name here: a body, not a person. */
  isBody: boolean;
  doubts: ("cig" | "cup")[];
  /** Invented, which it can be in a demonstration alone. */
  fictional: boolean;
};

export type Orders = {
  rows: OrderView[];
  /** Order numbers from which no treasury could tell the order. */
  unreadable: { id: string; orderNumber: string }[];
};

/**
 * Payments of a financial year that are ordered and not settled yet. Invented money is not asked of a treasury: its orders
 * are left out, but for a municipality that is a demonstration as a whole.
 */
export async function ordersOf(municipality: string, year: number): Promise<Orders> {
  const payments = await db.chainPayment.findMany({
    where: { municipality, state: "ordered" },
    orderBy: [{ orderedOn: "asc" }, { id: "asc" }],
  });
  const ids = (name: "commitment" | "line" | "commons" | "payee") => ({
    where: { municipality, id: { in: [...new Set(payments.map((payment) => payment[name]))] } },
  });
  const [isDemo, commitments, lines, commons, subjects] = await Promise.all([
    isDemonstration(municipality),
    db.chainCommitment.findMany(ids("commitment")),
    db.chainBudgetLine.findMany(ids("line")),
    db.commons.findMany({ ...ids("commons"), select: { id: true, name: true } }),
    db.subject.findMany({
      ...ids("payee"),
      select: { id: true, name: true, kind: true, fiscalCode: true },
    }),
  ]);
  const unreadable: Orders["unreadable"] = [];
  const rows = payments.flatMap((payment): OrderView[] => {
    const { orderNumber, orderedOn } = payment;
    const commitment = commitments.find(({ id }) => id === payment.commitment);
    const line = lines.find(({ id }) => id === payment.line);
    const fictional = (commitment?.fictional ?? false) || (line?.fictional ?? false);
    if (orderNumber === null || orderedOn === null || !commitment || (fictional && !isDemo)) return [];
    const key: OrderKey | undefined = orderKeyOf(orderNumber, orderedOn);
    if (!key) {
      if (orderedOn.startsWith(String(year))) unreadable.push({ id: payment.id, orderNumber });
      return [];
    }
    if (key.year !== year) return [];
    const subject = subjects.find(({ id }) => id === payment.payee);
    const isBody = subject !== undefined && subject.kind !== "person" && subject.kind !== "informal_group";
    const name = subject ? publishedName(subject) : "";
    const place = commons.find(({ id }) => id === payment.commons)?.name ?? "";
    const record = payment.record as unknown as RecordOf<"payment">;
    const { kind = "determina", number = "", date = orderedOn } = record.liquidationAct ?? {};
    const taxCode =
      isBody && /^\d{11}$/.test(subject?.fiscalCode ?? "") ? (subject?.fiscalCode ?? null) : null;
    return [
      {
        ...{ id: payment.id, key, orderedOn, amountCents: Number(payment.amountCents) },
        ...{
          type: commitment.type,
          commons: place,
          cup: commitment.cup,
          cig: commitment.cig,
          isBody,
          fictional,
        },
        lineKind: line?.kind === "investment" ? "investment" : "current",
        payee: { name, taxCode },
        act: { kind, number, date },
        // What the page says is invented has to say so in the accounting program too.
        reason: fictional ? `DIMOSTRATIVO, Contributo ${place}` : `Contributo ${place}`,
        doubts: [
          ...(commitment.cig && !isLikelyCig(commitment.cig) ? (["cig"] as const) : []),
          ...(commitment.cup && !isLikelyCup(commitment.cup) ? (["cup"] as const) : []),
        ],
      },
    ];
  });
  return { rows, unreadable };
}

/**
 * Whether an order can be written as OPI from what is here: contributions to bodies. What buys works or goods rests on an
 * invoice, which OPI wants with it and only the accounting program has.
 */
export function canBeFlow({ type, isBody }: Pick<OrderView, "type" | "isBody">): boolean {
  return type === "contribution" && isBody;
}
