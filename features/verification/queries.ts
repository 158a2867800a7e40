import "server-only";
import { ballotsAreTold, holdsBallots } from "@/features/rounds/rules";
import { type Confirmed, confirmTransaction } from "@/ledger/client/confirmation";
import { refusalOf } from "@/ledger/client/gateway/refusal";
import { ledger } from "@/ledger/client/process";
import { type Proof, proveTransaction } from "@/ledger/client/proof";
import { db } from "@/lib/db";
import type { Event } from "@/protocol/events";
import { isFileMember, memberHolding } from "./rules";

export type ProofView =
  | { status: "read"; proof: Proof; threads: { slug: string; name: string }[]; readAt: Date }
  /** Ballots of a round that is not closed, or keys admitted to it: that they are recorded may be told, nothing else. */
  | { status: "sealed"; proof: SealedProof; readAt: Date }
  /** `shown`: the tables have what the ledger does not. */
  | { status: "missing"; shown: boolean }
  | { status: "away" };

export type SealedProof = Omit<
  Proof,
  "event" | "statedTime" | "matches" | "block" | "index" | "blockHash" | "creator"
>;

/** A transaction of a municipality as the ledger has it at this moment, beside what the tables show. */
export async function readProof(municipality: string, transactionId: string): Promise<ProofView> {
  const access = await ledger().catch(() => undefined);
  if (!access) return { status: "away" };
  try {
    const proof = await proveTransaction({ gateway: access.gateway, db }, { municipality, transactionId });
    if (!proof) {
      const shown = await db.chainTransaction.count({ where: { municipality, id: transactionId } });
      return { status: "missing", shown: shown > 0 };
    }
    if (proof.event && !(await mayTell(municipality, proof.event)))
      return { status: "sealed", proof: sealed(proof), readAt: new Date() };
    const threads = await db.commons.findMany({
      where: { municipality, id: { in: proof.event?.commons ?? [] }, publishedAt: { not: null } },
      select: { slug: true, name: true },
      orderBy: { name: "asc" },
      take: 20,
    });
    return { status: "read", proof, threads, readAt: new Date() };
  } catch (error) {
    if (refusalOf(error).kind !== "unavailable") throw error;
    return { status: "away" };
  }
}

/** One transaction may hold the ballots of many: none is told before the rounds of all are closed. */
async function mayTell(municipality: string, { transaction, entries }: Event): Promise<boolean> {
  if (!holdsBallots(transaction)) return true;
  const ballots = entries.map(({ record }) => ({ round: (record as { round?: string }).round ?? "" }));
  const closed = await closedRounds(municipality, ballots);
  return ballots.every(({ round }) => closed.has(round));
}

function sealed({
  event,
  statedTime,
  matches,
  block,
  index,
  blockHash,
  creator,
  ...rest
}: Proof): SealedProof {
  return rest;
}

/** What every organisation's peer says now of a recorded transaction's block; undefined where nobody shows it. */
export async function readConfirmations(transactionId: string): Promise<Confirmed | undefined> {
  const access = await ledger().catch(() => undefined);
  return access && confirmTransaction(access.gateway, transactionId);
}

export type Found = {
  transactionId: string;
  /** `contract:function`, the name of its sentence. */
  name: string;
  block: string;
  day: string;
  as: { kind: "transaction" } | { kind: "ballot"; round: string } | { kind: "file" | "text"; member: string };
};

/** Most places shown of one code: a digest that stands in many later states of a record is found in its first. */
const MOST = 20;

/** Where a code stands on the ledger of a municipality: as a transaction, a ballot's key, or a digest in a record. */
export async function findCode(municipality: string, code: string): Promise<Found[]> {
  const [transaction, ballots, entries] = await Promise.all([
    db.chainTransaction.findMany({ where: { municipality, id: code, code: 0 } }),
    db.chainBallot.findMany({ where: { municipality, key: code }, orderBy: { seq: "asc" }, take: MOST }),
    entriesHolding(municipality, code),
  ]);
  const rounds = await db.round.findMany({
    where: { municipality, id: { in: ballots.map(({ round }) => round) } },
    select: { id: true, title: true },
  });
  const closed = await closedRounds(municipality, ballots);
  // Before the round is closed nobody learns, also not from whoever shows them their key, that a vote was changed.
  const shown = ballots.filter(({ round, key, seq }) =>
    closed.has(round)
      ? true
      : !ballots.some((other) => other.round === round && other.key === key && other.seq < seq),
  );
  const of = await db.chainTransaction.findMany({
    where: { municipality, code: 0, block: { in: entries.map(({ block }) => block) } },
  });
  const cast = await db.chainTransaction.findMany({
    where: { municipality, code: 0, id: { in: shown.map(({ transactionId }) => transactionId) } },
  });
  const view = (row: (typeof of)[number], as: Found["as"]): Found => ({
    transactionId: row.id,
    name: row.name ?? "",
    block: row.block.toString(),
    day: row.day ?? "",
    as,
  });
  return [
    ...transaction.map((row) => view(row, { kind: "transaction" })),
    ...shown.flatMap(({ transactionId, round }) => {
      const row = cast.find(({ id }) => id === transactionId);
      const title = rounds.find(({ id }) => id === round)?.title ?? round;
      return row ? [view(row, { kind: "ballot", round: title })] : [];
    }),
    ...entries.flatMap((entry) => {
      const row = of.find(({ block, index }) => block === entry.block && index === entry.index);
      const member = memberHolding(entry.record, code);
      if (!row || member === undefined) return [];
      return [view(row, { kind: isFileMember(member) ? "file" : "text", member })];
    }),
  ];
}

async function closedRounds(
  municipality: string,
  ballots: readonly { round: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await db.chainRound.findMany({
    where: { municipality, id: { in: ballots.map(({ round }) => round) } },
    select: { id: true, state: true },
  });
  return new Set(rows.flatMap(({ id, state }) => (ballotsAreTold(state) ? [id] : [])));
}

/** The first state of each record that holds a digest. Ballots and admissions hold none. */
async function entriesHolding(
  municipality: string,
  digest: string,
): Promise<{ block: bigint; index: number; record: unknown }[]> {
  // Of lower-case hexadecimal digits alone: nothing in it has a meaning in a pattern.
  if (!/^[0-9a-f]{64}$/.test(digest)) return [];
  return db.$queryRaw<{ block: bigint; index: number; record: unknown }[]>`
    SELECT DISTINCT ON (type, "recordId") block, index, record FROM chain.entry
    WHERE municipality = ${municipality} AND type NOT IN ('ballot', 'admission')
      AND record::text LIKE ${`%"${digest}"%`}
    ORDER BY type, "recordId", block, index LIMIT ${MOST}`;
}
