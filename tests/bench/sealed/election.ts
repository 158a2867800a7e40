/** A sealed round of many voters on a ledger, from open round to the released and counted one, each part with its time. */
import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { people, torino } from "@/chaincode/testing/people";
import { castOf, group, published, sealedRoundOf } from "@/chaincode/testing/sealed-election";
import { id, programs, released, trustees } from "@/chaincode/testing/sealed-story";
import { countSealed } from "@/features/rounds/sealed-counting";
import type { RecordOf, RecordType } from "@/protocol/records";
import { enrolled, openFor } from "@/tests/chaincode/large-election";
import { LedgerCity } from "@/tests/chaincode/ledger-city";
import type { Cast } from "@/voting/sealed/cast";

const GROUP = 100;
/** Transactions that are on their way together. */
const ALONGSIDE = 8;

export interface ElectionFigures {
  readonly voters: number;
  /** Ballots a second from being handed in to being committed, in groups of 100. */
  readonly castsPerSecond: number;
  /** The same with one ballot in a transaction. */
  readonly singlyPerSecond: number;
  readonly seconds: {
    readonly list: number;
    readonly purge: number;
    readonly publish: number;
    readonly read: number;
    readonly openAndCount: number;
  };
}

/** @param again how many of them vote a second time, one a transaction */
export async function measureElection(voters: number, again: number): Promise<ElectionFigures> {
  const city = await LedgerCity.founded();
  try {
    await openFor(city, voters);
    const record = await city.record("round", id);
    const sealed = sealedRoundOf(record);
    const electors = await enrolled(sealed, voters);
    const first = await Promise.all(
      electors.map((elector, index) => castOf(sealed, elector, [1 + (index % 2)])),
    );
    const groups = Array.from({ length: Math.ceil(voters / GROUP) }, (_, index) =>
      first.slice(index * GROUP, (index + 1) * GROUP),
    );
    const inGroups = await timed(() => inTurns(groups, (casts) => cast(city, casts)));
    await city.advanceTo("2026-02-11");
    const second = await Promise.all(
      electors.slice(0, again).map((elector) => castOf(sealed, elector, [2], 2)),
    );
    const singly = await timed(() => inTurns(second, (one) => cast(city, [one])));
    await city.submit(people.service, "rounds:close", { id });
    const list = await timed(() => untilDone(city, "sealed:list"));
    const purge = await timed(() => untilDone(city, "sealed:purge"));
    const final = [...second, ...first.slice(again)];
    const parts = Array.from({ length: Math.ceil(voters / GROUP) }, (_, index) =>
      final.slice(index * GROUP, (index + 1) * GROUP),
    );
    const publish = await timed(async () => {
      for (const part of parts) await city.submit(programs.opener, "sealed:publish", published(id, part));
      await city.submit(programs.opener, "sealed:completePublication", { round: id });
    });
    for (const index of [0, 1]) {
      await city.submit(trustees[index] as (typeof trustees)[0], "sealed:release", released(index));
    }
    let evidence: Parameters<typeof countSealed>[1] | undefined;
    const read = await timed(async () => {
      evidence = {
        sealing: await city.record("sealing", id),
        recorded: await all(city, "sealed_ballot"),
        envelopes: await all(city, "sealed_envelope"),
      };
    });
    const openAndCount = await timed(async () => {
      const { outcome } = await countSealed(record, evidence as NonNullable<typeof evidence>);
      if (outcome.ballots !== voters) throw new Error(`${outcome.ballots} ballots were counted`);
      await city.submit(people.officer, "rounds:count", { id, outcome });
    });
    return {
      voters,
      castsPerSecond: Math.round(voters / inGroups),
      singlyPerSecond: Math.round(again / singly),
      seconds: { list, purge, publish, read, openAndCount },
    };
  } finally {
    await city.close();
  }
}

async function cast(city: LedgerCity, casts: readonly Cast[]): Promise<void> {
  const { input, envelopes } = group(id, casts);
  const whole = { command: randomUUID(), municipality: torino, ...input };
  const { contract } = await city.session(programs.opener);
  await contract.submit("sealed:cast", {
    arguments: [JSON.stringify({ by: "service", input: whole })],
    transientData: { envelopes: JSON.stringify(envelopes) },
  });
}

async function untilDone(city: LedgerCity, name: "sealed:list" | "sealed:purge"): Promise<void> {
  for (;;) {
    const answer = (await city.submit(programs.opener, name, { round: id })) as {
      done?: boolean;
      left?: number;
    };
    if (answer.done === true || answer.left === 0) return;
  }
}

async function all<T extends RecordType>(city: LedgerCity, type: T): Promise<RecordOf<T>[]> {
  const found: RecordOf<T>[] = [];
  let bookmark = "";
  do {
    const page = (await city.ask(programs.opener, "records:list", {
      ...{ municipality: torino, type, prefix: [id], pageSize: 500, bookmark },
    })) as { records: RecordOf<T>[]; bookmark: string };
    found.push(...page.records);
    bookmark = page.bookmark;
  } while (bookmark);
  return found;
}

async function inTurns<Thing>(
  things: readonly Thing[],
  take: (thing: Thing) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let thing = things[next++]; thing !== undefined; thing = things[next++]) await take(thing);
  };
  await Promise.all(Array.from({ length: ALONGSIDE }, worker));
}

/** Seconds, to the hundredth. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round((performance.now() - start) / 10) / 100;
}
