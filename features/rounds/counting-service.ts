/** Counting a round from where its ballots are. What runs here takes the whole processor: see `count-service.ts`. */
import { gzipSync } from "node:zlib";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import { dayInItaly } from "@/lib/local-time";
import type { RecordOf } from "@/protocol/records";
import { exportRound } from "@/voting/pabulib/export";
import { writePabulib } from "@/voting/pabulib/write";
import { ballotsStanding, type Count, countRound, formOf, ruleOf, tieOrderOf } from "./counting";
import { keepCount, type RoundWords } from "./kept-count";

/** Reads a round and all its ballots from the ledger itself, not from our tables, and counts them. */
export async function countFromLedger(municipality: string, id: string): Promise<Count> {
  const known = await db.chainRound.count({ where: { municipality, id } });
  if (known === 0) throw new NotFoundError("round_not_found");
  const { gateway } = await ledger();
  const round = await gateway.evaluate("records:get", { municipality, type: "round", idParts: [id] });
  if (!round) throw new NotFoundError("round_not_found");
  const ballots: RecordOf<"ballot">[] = [];
  let bookmark = "";
  do {
    const page = await gateway.evaluate("records:list", {
      ...{ municipality, type: "ballot", prefix: [id], pageSize: 1000, bookmark },
    } as const);
    ballots.push(...(page.records as RecordOf<"ballot">[]));
    bookmark = page.bookmark;
  } while (bookmark);
  return countRound(round as RecordOf<"round">, ballots);
}

/** Counts a round from the ballots of the projected blocks and keeps what comes out under `basis`. */
export async function countAndKeep(
  municipality: string,
  id: string,
  basis: string,
  words: RoundWords,
): Promise<void> {
  const where = { municipality_id: { municipality, id } };
  const row = await db.chainRound.findUnique({ where });
  if (!row) throw new NotFoundError("round_not_found");
  const round = row.record as unknown as RecordOf<"round">;
  const cast = await db.chainBallot.findMany({
    where: { municipality, round: id },
    select: { key: true, seq: true, choices: true },
  });
  const count = countRound(round, cast);
  const kept = {
    basis,
    result: keepCount(count),
    pabulib: Uint8Array.from(gzipSync(pabulibOf(round, count, cast, words))),
  };
  await db.roundCount.upsert({
    where: { municipality_round: { municipality, round: id } },
    create: { ...kept, municipality, round: id },
    update: { ...kept, countedAt: new Date() },
  });
}

/** The round as a Pabulib file: what anybody needs to count again, and nothing of anybody. */
function pabulibOf(
  round: RecordOf<"round">,
  { voided }: Count,
  cast: Parameters<typeof countRound>[1],
  words: RoundWords,
): string {
  const isVoid = new Set(voided.map(({ key }) => key));
  const document = exportRound({
    about: {
      description: words.title,
      country: "Italy",
      unit: words.municipality,
      instance: round.id,
      firstDay: round.opensOn,
      lastDay: dayInItaly(new Date(round.closesAt)),
    },
    currency: "EUR",
    budget: BigInt(round.budgetCents),
    moneyDecimals: 2,
    projects: round.projects.map(({ number, costCents }) => ({
      ...{ id: String(number), cost: BigInt(costCents), name: words.titles[number] ?? "" },
    })),
    form: formOf(round),
    ballots: ballotsStanding(round, cast)
      .filter(({ key }) => !isVoid.has(key))
      .map(({ content }) => content),
    rule: ruleOf(round.rule),
    tieOrder: tieOrderOf(round),
    selected: round.outcome?.selected.map(String) ?? null,
  });
  return writePabulib(document);
}
