import "server-only";
import type { RecordOf } from "@/chaincode/src/protocol/records";
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import { writeCsv } from "@/lib/export/csv";
import { dayInItaly } from "@/lib/local-time";
import { explainProjects, type ProjectExplanation } from "@/voting/allocation/explain";
import { type Trace, traceRounds } from "@/voting/allocation/rounds";
import { type BallotContent, ballotForm } from "@/voting/ballots/content";
import { standingBallots } from "@/voting/ballots/kind";
import { exportRound } from "@/voting/pabulib/export";
import { writePabulib } from "@/voting/pabulib/write";
import { type Count, countRound, ruleOf, tieOrderOf } from "./counting";
import type { RoundView } from "./queries";
import { ballotsAreTold } from "./rules";

export type ResultView = {
  count: Count;
  explanations: ProjectExplanation[];
  trace: Trace;
  /** Whether this server's own count has the digest that the ledger has. */
  agrees: boolean;
};

/** Counts a round again from the ballots of the projected blocks and explains what comes out. */
export async function resultOf(municipality: string, round: RoundView): Promise<ResultView> {
  const count = countRound(round.record, await ballotsOf(municipality, round.id));
  return {
    count,
    explanations: explainProjects(count.instance, count.allocation),
    trace: traceRounds(count.instance, count.allocation),
    agrees: count.outcome.digest === round.record.outcome?.digest,
  };
}

/** The round as a Pabulib file: what anybody needs to count again, and nothing of anybody. */
export async function pabulibOf(
  municipality: { istatCode: string; name: string },
  round: RoundView,
): Promise<string> {
  const { type, least, most } = round.record.ballot;
  const cast = await ballotsOf(municipality.istatCode, round.id);
  const { voided } = countRound(round.record, cast);
  const standing = standingBallots(
    cast.map(({ key, seq, choices }) => ({
      ...{ kind: "open" as const, key, seq },
      content: { type, choices: choices.map(String) } satisfies BallotContent,
    })),
  );
  const isVoid = new Set(voided.map(({ key }) => key));
  const document = exportRound({
    about: {
      description: round.title,
      country: "Italy",
      unit: municipality.name,
      instance: round.id,
      firstDay: round.opensOn,
      lastDay: dayInItaly(round.closesAt),
    },
    currency: "EUR",
    budget: BigInt(round.record.budgetCents),
    moneyDecimals: 2,
    projects: round.projectViews.map(({ number, title, costCents }) => ({
      ...{ id: String(number), cost: BigInt(costCents), name: title },
    })),
    form: ballotForm(type, { minChoices: least, maxChoices: most }),
    ballots: standing.filter(({ key }) => !isVoid.has(key)).map(({ content }) => content),
    rule: ruleOf(round.record.rule),
    tieOrder: tieOrderOf(round.record),
    selected: round.record.outcome?.selected.map(String) ?? null,
  });
  return writePabulib(document);
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
