/** The count of a closed round: made once in a process of its own, kept, and compared with the ledger's outcome. */
import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { reading } from "@/lib/kept-reads";
import type { RecordOf } from "@/protocol/records";
import { allocate, canonicalRule, parseRule } from "@/voting/allocation/rule";
import { parsePabulib } from "@/voting/pabulib/parse";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const { countRound } = await import("@/features/rounds/counting");
const { pabulibOf, resultOf } = await import("@/features/rounds/result-queries");

const municipality = { istatCode: "001272", name: "Torino" };
const id = "round-1";
/** Project 3 is on the ballots that are void: more choices than two. */
const choices = [[1], [1, 2], [2], [1, 2, 3], [2, 1], [3]];
const cast = choices.map((chosen, index) => ({
  ...{ key: randomBytes(32).toString("hex"), seq: 1, choices: chosen },
  block: BigInt(10 + index),
}));
const digest = "d".repeat(64);
const record = {
  ...{ municipality: municipality.istatCode, id, call: "call-1", state: "counted", ballotKind: "open" },
  ballot: { type: "approval", least: 1, most: 2 },
  rule: canonicalRule(parseRule({ rule: "mes" })),
  projects: [1, 2, 3].map((number) => ({
    ...{ number, proposal: `proposal-${number}`, commons: `commons-${number}`, digest },
    costCents: 100_000 * number,
  })),
  ...{ budgetCents: 450_000, rollSize: 100, rollRoot: digest, textsDigest: digest, frozenDigest: digest },
  ...{
    opensOn: "2026-11-20",
    closesAt: "2026-12-01T23:30:00.000Z",
    requiredAttestations: 2,
    objectionDays: 10,
  },
  ...{ attestations: [], openObjections: 0, reconstruction: false },
} as unknown as RecordOf<"round">;
const counted = countRound(record, cast);
const closed = { ...record, outcome: counted.outcome } as RecordOf<"round">;

const view = (round: RecordOf<"round">) =>
  ({
    ...{ id, slug: "voto", title: "Voto di prova", summary: "", state: round.state, record: round },
    ...{ opensOn: round.opensOn, closesAt: new Date(round.closesAt), budgetCents: BigInt(round.budgetCents) },
    projectViews: round.projects.map(({ number }) => ({ number, title: `Orto ${number}` })),
  }) as unknown as Parameters<typeof resultOf>[1];

/** Asks until the count is there, however long it takes on this machine. */
async function asked<T>(
  ask: (place: typeof municipality, round: ReturnType<typeof view>) => Promise<T | undefined>,
  round: RecordOf<"round">,
): Promise<T> {
  for (;;) {
    const answer = await ask(municipality, view(round));
    if (answer !== undefined) return answer;
  }
}

const kept = () => db.roundCount.findMany({ select: { basis: true, countedAt: true } });

beforeAll(async () => {
  await db.chainRound.create({
    data: {
      ...{ municipality: municipality.istatCode, id, call: "call-1", state: "counted", ballotKind: "open" },
      ...{
        budgetCents: 450_000n,
        rollSize: 100,
        frozenDigest: digest,
        opensOn: "2026-11-20",
        objectionDays: 10,
      },
      ...{
        closesAt: new Date(closed.closesAt),
        requiredAttestations: 2,
        openObjections: 0,
        reconstruction: false,
      },
      ...{
        outcomeDigest: counted.outcome.digest,
        record: closed as never,
        transactionId: digest,
        block: 30n,
      },
    },
  });
  await db.chainBallot.createMany({ data: cast.map(row) });
});

function row({ key, seq, choices: chosen, block }: (typeof cast)[number]) {
  const ballot = { municipality: municipality.istatCode, round: id, key, seq, choices: chosen };
  return { ...ballot, id: `${id}/${key}/${seq}`, block, transactionId: digest, record: ballot };
}

describe("the count of a closed round", () => {
  it("is the one of the tested code, with its explanations, and has the ledger's digest", async () => {
    // As one request, which reads again what the process that counts has written.
    const result = await reading(1, () => asked(resultOf, closed));
    expect(result.agrees).toBe(true);
    expect(result.count.outcome).toEqual(counted.outcome);
    expect(result.count.allocation).toEqual(counted.allocation);
    expect(result.count.voided.map(({ key }) => key)).toEqual([cast[3]?.key]);
    expect(result.count.explanations.map(({ project }) => project).sort()).toEqual(["1", "2", "3"]);
    expect(result.count.trace.rounds).toHaveLength(counted.allocation.steps.length);
  });

  it("is made once, whatever is asked of it", async () => {
    const before = await kept();
    expect(before).toHaveLength(1);
    await asked(resultOf, closed);
    await asked(pabulibOf, closed);
    expect(await kept()).toEqual(before);
  });

  it("leads to a file from which anybody counts the same", async () => {
    const text = await asked(pabulibOf, closed);
    const file = parsePabulib(text);
    expect(file.rule && allocate(file.instance, file.rule)).toMatchObject({
      selected: counted.allocation.selected,
      iterations: counted.allocation.iterations,
    });
    // Half past eleven in the evening at Greenwich is the next day in Italy.
    expect(text).toMatch(/^date_begin;20\.11\.2026\ndate_end;02\.12\.2026$/m);
  });

  it("says where the ledger has another outcome", async () => {
    const other = { ...closed, outcome: { ...counted.outcome, digest: "e".repeat(64) } };
    expect((await asked(resultOf, other)).agrees).toBe(false);
  });

  it("is made again where there are other ballots", async () => {
    await asked(resultOf, closed);
    const [before] = await kept();
    const more = { ...(cast[0] as (typeof cast)[number]), seq: 2, choices: [3], block: 99n };
    await db.chainBallot.create({ data: row(more) });
    const result = await asked(resultOf, closed);
    expect(result.count.outcome).toEqual(countRound(record, [...cast, more]).outcome);
    expect(result.agrees).toBe(false);
    expect((await kept())[0]?.basis).not.toBe(before?.basis);
  });

  it("is not made before the ledger has closed the round", async () => {
    const open = { ...record, state: "open" } as RecordOf<"round">;
    for (const ask of [resultOf, pabulibOf])
      await expect(ask(municipality, view(open))).rejects.toMatchObject({ code: "ballots_not_told" });
  });
});
