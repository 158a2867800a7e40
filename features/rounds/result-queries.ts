import "server-only";
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import { writeCsv } from "@/lib/export/csv";
import type { RecordOf } from "@/protocol/records";
import { keptCount, keptFile } from "./count-service";
import type { KeptCount } from "./kept-count";
import type { RoundView } from "./queries";
import { ballotsAreTold } from "./rules";

export type ResultView = {
  count: KeptCount;
  /** Whether this server's own count has the digest that the ledger has. */
  agrees: boolean;
};

type Place = { istatCode: string; name: string };

/** This server's own count of a round, from the ballots of the projected blocks; undefined while it is being made. */
export async function resultOf(municipality: Place, round: RoundView): Promise<ResultView | undefined> {
  const count = await keptCount(municipality, round);
  return count && { count, agrees: count.outcome.digest === round.record.outcome?.digest };
}

/** The round as a Pabulib file: what anybody needs to count again, and nothing of anybody. Undefined while it is made. */
export function pabulibOf(municipality: Place, round: RoundView): Promise<string | undefined> {
  return keptFile(municipality, round);
}

const ballotColumns = { key: "identifier", seq: "count", choices: "text", signature: "identifier" } as const;

/** Every ballot cast, with its key and signature, as CSV: the open ballot's own evidence. */
export async function ballotsCsv(municipality: string, round: string): Promise<string> {
  const rows = await ballotsOf(municipality, round);
  const columns = Object.entries(ballotColumns).map(([key, kind]) => ({ key, heading: key, kind }));
  const cells = rows.map(({ key, seq, choices, signature }) => [key, seq, choices.join(" "), signature]);
  return writeCsv({ name: "ballots", columns, rows: cells });
}

/** The choices of the ballot that stands under a key; undefined where the round has none. */
export async function standingChoices(
  municipality: string,
  round: string,
  key: string,
): Promise<number[] | undefined> {
  if (!/^[0-9a-f]{64}$/.test(key) || !(await isTold(municipality, round))) return undefined;
  const row = await db.chainBallot.findFirst({
    where: { municipality, round, key },
    orderBy: { seq: "desc" },
    select: { choices: true },
  });
  return row?.choices;
}

/** The one place where a round's ballots are read for a page or a file. @throws NotFoundError before the round is closed */
async function ballotsOf(municipality: string, round: string): Promise<RecordOf<"ballot">[]> {
  if (!(await isTold(municipality, round))) throw new NotFoundError("ballots_not_told");
  const rows = await db.chainBallot.findMany({
    where: { municipality, round },
    orderBy: [{ key: "asc" }, { seq: "asc" }],
    select: { record: true },
  });
  return rows.map(({ record }) => record as unknown as RecordOf<"ballot">);
}

async function isTold(municipality: string, id: string): Promise<boolean> {
  const where = { municipality_id: { municipality, id } };
  const row = await db.chainRound.findUnique({ where, select: { state: true } });
  return row !== null && ballotsAreTold(row.state);
}
