import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";

/** One step of a thread: what a transaction did, where the ledger has it, and which act it rests on. */
export type ThreadStep = {
  transactionId: string;
  block: string;
  index: number;
  /** `contract:function`, the name of its sentence. */
  name: string;
  /** The chain's day. */
  day: string;
  /** As the sender's clock had it. */
  statedTime: Date;
  organisation: string;
  role: string;
  person: string;
  act: ActView | null;
  /** Facts for the sentence: amounts in cents, states, numbers. */
  facts: Record<string, string | number>;
};
export type ActView = { kind: string; number: string; date: string; body: string; file: string };

/** Adhesions are many and alike: the thread counts them instead of listing each. */
const COUNTED = ["proposals:adhere", "proposals:withdrawAdhesion"];

/** The thread of a commons in the order of the ledger. */
export async function threadOf(municipality: string, commons: string): Promise<ThreadStep[]> {
  const steps = await db.chainStep.findMany({
    where: { municipality, commons },
    orderBy: [{ block: "asc" }, { index: "asc" }],
  });
  const at = steps.map(({ block, index }) => ({ block, index }));
  if (at.length === 0) return [];
  const blocks = [...new Set(at.map(({ block }) => block))];
  const [transactions, entries] = await Promise.all([
    db.chainTransaction.findMany({
      where: { municipality, block: { in: blocks }, code: 0, name: { notIn: COUNTED } },
    }),
    db.chainEntry.findMany({
      where: { municipality, block: { in: blocks }, OR: [{ commons }, { type: "round" }] },
      orderBy: { position: "asc" },
    }),
  ]);
  const key = (row: { block: bigint; index: number }) => `${row.block}/${row.index}`;
  const wanted = new Set(at.map(key));
  const entriesOf = Map.groupBy(entries, key);
  return transactions
    .filter((row) => wanted.has(key(row)))
    .sort((a, b) => Number(a.block - b.block) || a.index - b.index)
    .map((row) => {
      const records = (entriesOf.get(key(row)) ?? []).map((entry) => ({
        type: entry.type,
        record: entry.record as Prisma.JsonObject,
      }));
      return {
        transactionId: row.id,
        block: row.block.toString(),
        index: row.index,
        name: row.name ?? "",
        day: row.day ?? "",
        statedTime: row.statedTime,
        organisation: row.organisation ?? "",
        role: row.role ?? "",
        person: row.person ?? "",
        act: actIn(row.name ?? "", records),
        facts: factsIn(row.name ?? "", records),
      };
    });
}

type EntryRecord = { type: string; record: Prisma.JsonObject };

/** Transactions that rest on an act, and the member of their record that holds it. */
const acts: Record<string, readonly [type: string, member: string]> = {
  "proposals:admit": ["proposal", "act"],
  "proposals:reject": ["proposal", "act"],
  "proposals:merge": ["proposal", "act"],
  "proposals:fund": ["proposal", "act"],
  "proposals:reserve": ["proposal", "act"],
  "rounds:finalise": ["round", "act"],
  "pacts:approveDistrict": ["pact", "districtAct"],
  "pacts:noteGiunta": ["pact", "giuntaAct"],
  "pacts:approveGiunta": ["pact", "giuntaAct"],
  "funds:commit": ["commitment", "act"],
  "payments:liquidate": ["payment", "liquidationAct"],
};

function actIn(name: string, records: readonly EntryRecord[]): ActView | null {
  const [type, member] = acts[name] ?? [];
  const act = member && records.find((entry) => entry.type === type)?.record[member];
  return act ? (act as ActView) : null;
}

/** The numbers a sentence of the thread needs, by the type of record they stand in. */
const factMembers: Record<string, readonly string[]> = {
  proposal: ["costCents", "score", "version", "integrationDueOn"],
  assessment: ["version"],
  pact: ["version", "startsOn", "endsOn", "form"],
  commitment: ["amountCents", "type", "cup"],
  milestone: ["number", "amountCents", "acceptedCents", "dueOn"],
  payment: ["amountCents", "orderNumber"],
  report: ["dueOn", "kind"],
  document: ["kind"],
};

function factsIn(name: string, records: readonly EntryRecord[]): Record<string, string | number> {
  const subject = name.split(":")[0];
  const facts: Record<string, string | number> = {};
  for (const { type, record } of records) {
    // A payment changes its milestone, commitment and line too: the sentence is about the payment.
    if (subject === "payments" && type !== "payment") continue;
    if (subject === "milestones" && type !== "milestone") continue;
    for (const member of factMembers[type] ?? []) {
      const value = record[member];
      if (typeof value === "string" || typeof value === "number") facts[member] = value;
    }
  }
  return facts;
}
