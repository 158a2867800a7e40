/** Counting a round from where its ballots are. What runs here takes the whole processor: see `count-service.ts`. */
import { gzipSync } from "node:zlib";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import { dayInItaly } from "@/lib/local-time";
import type { RecordOf } from "@/protocol/records";
import { formOfFrozen } from "@/voting/ballots/frozen-form";
import { exportRound } from "@/voting/pabulib/export";
import { writePabulib } from "@/voting/pabulib/write";
import { type Count, countRound, ruleOf } from "./counting";
import { keepCount, type RoundWords } from "./kept-count";
import { evidenceFromLedger, recordsOf } from "./ledger-evidence";
import { countSealed } from "./sealed-counting";
import { evidenceFromTables } from "./sealed-evidence-service";

/** Reads a round and all its ballots from the ledger itself, not from our tables, and counts them. */
export async function countFromLedger(municipality: string, id: string): Promise<Count> {
  const known = await db.chainRound.count({ where: { municipality, id } });
  if (known === 0) throw new NotFoundError("round_not_found");
  const { gateway } = await ledger();
  const round = await gateway.evaluate("records:get", { municipality, type: "round", idParts: [id] });
  if (!round) throw new NotFoundError("round_not_found");
  const frozen = round as RecordOf<"round">;
  if (frozen.ballotKind === "sealed") {
    return countSealed(frozen, await evidenceFromLedger(gateway, municipality, id));
  }
  return countRound(frozen, await recordsOf(gateway, municipality, "ballot", id, 1000));
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
  const count = await countFromTables(municipality, round);
  const kept = {
    basis,
    result: keepCount(count),
    pabulib: Uint8Array.from(gzipSync(pabulibOf(round, count, words))),
  };
  await db.roundCount.upsert({
    where: { municipality_round: { municipality, round: id } },
    create: { ...kept, municipality, round: id },
    update: { ...kept, countedAt: new Date() },
  });
}

async function countFromTables(municipality: string, round: RecordOf<"round">): Promise<Count> {
  if (round.ballotKind === "sealed") {
    return countSealed(round, await evidenceFromTables(municipality, round.id));
  }
  const rows = await db.chainBallot.findMany({
    where: { municipality, round: round.id },
    select: { key: true, seq: true, choices: true, record: round.ballot.type === "points" },
  });
  const cast = rows.map(({ record, ...ballot }) => ({
    ...ballot,
    points: (record as RecordOf<"ballot"> | undefined)?.points,
  }));
  return countRound(round, cast);
}

/** The round as a Pabulib file: what anybody needs to count again, and nothing of anybody. */
function pabulibOf(round: RecordOf<"round">, { contents, tieOrder }: Count, words: RoundWords): string {
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
    form: formOfFrozen(round.ballot),
    ballots: contents,
    rule: ruleOf(round.rule),
    tieOrder,
    selected: round.outcome?.selected.map(String) ?? null,
  });
  return writePabulib(document);
}
