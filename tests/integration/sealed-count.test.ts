/** The count of a released sealed round from the tables of its blocks: figures, file, and ballots that do not open. */
import { beforeAll, describe, expect, it } from "vitest";
import { City } from "@/chaincode/testing/city";
import { people, torino } from "@/chaincode/testing/people";
import { id, sealedOutcome, withSealedPublished, withSealedReleased } from "@/chaincode/testing/sealed-story";
import { columns } from "@/ledger/client/projection/columns";
import type { RecordOf, RecordType } from "@/protocol/records";
import { parsePabulib } from "@/voting/pabulib/parse";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const { outcomeOnLedger } = await import("@/features/rounds/count-service");
const { pabulibOf, resultOf } = await import("@/features/rounds/result-queries");

const municipality = { istatCode: torino, name: "Torino" };
const tables = ["round", "sealing", "sealed_ballot", "sealed_envelope"] as const;
const delegates = {
  round: db.chainRound,
  sealing: db.chainSealing,
  sealed_ballot: db.chainSealedBallot,
  sealed_envelope: db.chainSealedEnvelope,
} as const satisfies Partial<Record<RecordType, unknown>>;

/** Writes a city's records of the round into the tables, as the projection does. */
async function show(city: City): Promise<void> {
  for (const type of tables) {
    const delegate = delegates[type] as unknown as {
      deleteMany(): Promise<unknown>;
      createMany(given: { data: object[] }): Promise<unknown>;
    };
    await delegate.deleteMany();
    const rows = city.state.entries().filter(([[, of]]) => of === type);
    await delegate.createMany({
      data: rows.map(([[, , ...parts], text]) => {
        const record = JSON.parse(text) as RecordOf<typeof type>;
        const read = columns[type] as (record: unknown) => object;
        const written = { ...{ municipality: torino, id: parts.join("/") }, ...read(record), record };
        return {
          ...written,
          ...("closesAt" in record ? { closesAt: new Date(record.closesAt) } : {}),
          ...place,
        };
      }),
    });
  }
}
const place = { transactionId: "0".repeat(64), block: 7n };

let released: City;

beforeAll(async () => {
  released = await City.after(withSealedReleased);
}, 120_000);

function view(city: City) {
  const record = city.record("round", id);
  return {
    ...{ id, slug: "voto", title: "Voto di prova", summary: "", state: record.state, record },
    ...{
      opensOn: record.opensOn,
      closesAt: new Date(record.closesAt),
      budgetCents: BigInt(record.budgetCents),
    },
    projectViews: record.projects.map(({ number }) => ({ number, title: `Orto ${number}` })),
  } as unknown as Parameters<typeof resultOf>[1];
}

/** Asks until the count is there, however long it takes on this machine. */
async function asked<T>(ask: typeof pabulibOf | typeof resultOf, city: City): Promise<T> {
  for (;;) {
    const answer = await ask(municipality, view(city));
    if (answer !== undefined) return answer as T;
  }
}

describe("a sealed round", () => {
  it("is not counted before two trustees have released their keys", async () => {
    const published = await City.after(withSealedPublished);
    await show(published);
    expect(await resultOf(municipality, view(published))).toBeUndefined();
    await expect(outcomeOnLedger(torino, id)).rejects.toMatchObject({ code: "not_released" });
  });

  it("is counted as the ledger's outcome says, without the area that is not opened", async () => {
    await released.submit(people.officer, "rounds:count", { id, outcome: sealedOutcome() });
    await show(released);
    const result = await asked<Awaited<ReturnType<typeof resultOf>> & object>(resultOf, released);
    expect(result.agrees).toBe(true);
    expect(result.count.outcome).toEqual(sealedOutcome());
    expect(result.count.voided).toEqual([]);
  });

  it("is exported as a file from which anybody gets the same, in an order that tells nothing", async () => {
    const text = await asked<string>(pabulibOf, released);
    const { instance } = parsePabulib(text);
    expect(instance.profile.voters).toBe(51);
    const votes = text
      .split("VOTES\n")[1]
      ?.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(";")[1]);
    expect(votes).toEqual([...(votes ?? [])].sort());
  });

  it("counts an envelope that nobody brought as void, with its reason", async () => {
    const [gone] = released.state.all<RecordOf<"sealed_envelope">>(torino, "sealed_envelope");
    await db.chainSealedEnvelope.deleteMany({ where: { key: gone?.key ?? "" } });
    const result = await asked<Awaited<ReturnType<typeof resultOf>> & object>(resultOf, released);
    expect(result.agrees).toBe(false);
    expect(result.count.voided).toEqual([{ key: gone?.key, code: "missing" }]);
    expect(result.count.outcome).toMatchObject({ ballots: 50, void: 1 });
  });
});
