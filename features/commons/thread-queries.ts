import "server-only";
import { publicFilesByHash } from "@/features/documents/queries";
import type { ActView } from "@/features/documents/rules";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { type Facts, stepFacts } from "./rules";

/** One step of a thread: what a transaction did, where the ledger has it, and which act it rests on. */
export type ThreadStep = {
  transactionId: string;
  block: string;
  index: number;
  /** `contract:function`, the name of its sentence. */
  name: string;
  /** The chain's day. */
  day: string;
  organisation: string;
  role: string;
  /** Of an official, who acts in public; empty for everybody else, and once the person is erased. */
  official: string;
  act: ActView | null;
  /** Where the act's file can be read, if it is here. */
  actHref: string | null;
  facts: Facts;
  /** Its amounts are invented, as their commitment says. */
  fictional: boolean;
  /** A party signed it with a key of their own. */
  ownKey: boolean;
  /** A party signed it on paper before these, by name. */
  witnesses: readonly { name: string; role: string }[];
};

/** Adhesions are many and alike: the thread counts them instead of listing each. */
const COUNTED = ["proposals:adhere", "proposals:withdrawAdhesion", "rounds:cast", "rounds:admit"];

/** The thread of a commons in the order of the ledger. */
export async function threadOf(
  municipality: { istatCode: string; slug: string },
  commons: string,
): Promise<ThreadStep[]> {
  const { istatCode } = municipality;
  const steps = await db.chainStep.findMany({
    where: { municipality: istatCode, commons },
    orderBy: [{ block: "asc" }, { index: "asc" }],
  });
  if (steps.length === 0) return [];
  const blocks = [...new Set(steps.map(({ block }) => block))];
  const [transactions, entries, invented] = await Promise.all([
    db.chainTransaction.findMany({
      where: { municipality: istatCode, block: { in: blocks }, code: 0, name: { notIn: COUNTED } },
    }),
    db.chainEntry.findMany({
      where: {
        municipality: istatCode,
        block: { in: blocks },
        OR: [{ commons }, { type: { in: ["round", "subject"] } }],
      },
      orderBy: { position: "asc" },
    }),
    db.chainCommitment.findMany({
      where: { municipality: istatCode, commons, fictional: true },
      select: { id: true },
    }),
  ]);
  const inventedIds = new Set(invented.map(({ id }) => id));
  const isInvented = ({ type, record }: EntryRecord) =>
    inventedIds.has(String(type === "commitment" ? record.id : record.commitment));
  const key = (row: { block: bigint; index: number }) => `${row.block}/${row.index}`;
  const wanted = new Set(steps.map(key));
  const entriesOf = Map.groupBy(entries, key);
  const rows = transactions
    .filter((row) => wanted.has(key(row)))
    .sort((a, b) => Number(a.block - b.block) || a.index - b.index)
    .map((row) => {
      const records = (entriesOf.get(key(row)) ?? []).map((entry) => ({
        type: entry.type,
        record: entry.record as Prisma.JsonObject,
      }));
      const paper = paperIn(row.name ?? "", records);
      // What a paper was for is the step: its witnesses only say before whom.
      const name = paper?.asked.transaction ?? row.name ?? "";
      const facts = stepFacts(name, records, commons);
      const witnesses = paper ? [paper.recordedBy, ...(paper.confirmedBy ? [paper.confirmedBy] : [])] : [];
      const fictional = records.some(isInvented);
      return { row, name, act: actIn(name, records), facts, fictional, witnesses };
    });
  const officials = rows.flatMap(({ row, witnesses }) => [
    ...(row.role !== "resident" && row.person ? [row.person] : []),
    ...witnesses.map(({ person }) => person),
  ]);
  const [names, files] = await Promise.all([
    displayNames(officials),
    publicFilesByHash(
      municipality,
      rows.flatMap(({ act }) => act?.file ?? []),
    ),
  ]);
  return rows.map(({ row, name, act, facts, fictional, witnesses }) => ({
    transactionId: row.id,
    block: row.block.toString(),
    index: row.index,
    name,
    day: row.day ?? "",
    organisation: row.organisation ?? "",
    role: witnesses.length > 0 ? "resident" : (row.role ?? ""),
    ownKey: row.role === "resident" && row.passkey !== null,
    witnesses: witnesses.map(({ person, role }) => ({ role, name: names.get(person) ?? "" })),
    official: (row.role !== "resident" && names.get(row.person ?? "")) || "",
    act,
    actHref: (act && files.get(act.file)) ?? null,
    facts,
    fictional,
  }));
}

/** The paper by which a step was taken for a party. */
function paperIn(name: string, records: readonly EntryRecord[]): RecordOf<"paper"> | undefined {
  if (name !== "papers:confirm") return undefined;
  return records.find(({ type }) => type === "paper")?.record as unknown as RecordOf<"paper"> | undefined;
}

type EntryRecord = { type: string; record: Prisma.JsonObject };

/** Transactions that rest on an act, and the member of their record that holds it. */
const acts: Record<string, readonly [type: string, member: string]> = {
  "subjects:recogniseEligibility": ["subject", "act"],
  "proposals:admit": ["proposal", "act"],
  "proposals:reject": ["proposal", "act"],
  "proposals:merge": ["proposal", "act"],
  "proposals:separate": ["proposal", "act"],
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

async function displayNames(people: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.person.findMany({
    where: { id: { in: [...new Set(people)] } },
    select: { id: true, displayName: true },
  });
  return new Map(rows.map(({ id, displayName }) => [id, displayName ?? ""]));
}
