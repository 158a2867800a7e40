/**
 * An election with sealed ballots by program on an embedded ledger that is killed (`kill -9`) at random moments, from the
 * first group to the count: no ballot that was recorded is lost, none is doubled, and the verifier finds everything in order.
 */
import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withPartyKeys } from "@/chaincode/testing/party-keys";
import { people, torino } from "@/chaincode/testing/people";
import { castOf, group, published, sealedRoundOf } from "@/chaincode/testing/sealed-election";
import { id, programs, released, trustees } from "@/chaincode/testing/sealed-story";
import { countSealed } from "@/features/rounds/sealed-counting";
import { refusalOf } from "@/ledger/client/gateway/refusal";
import type { RecordOf, RecordType } from "@/protocol/records";
import { freePort } from "@/tests/free-port";
import { evidenceOfBlocks } from "@/verifier/chain/frames";
import { blocksOfFolder } from "@/verifier/sources/ledger-folder";
import { verifyRound } from "@/verifier/verify-round";
import type { Cast } from "@/voting/sealed/cast";
import { type EmbeddedLedger, startEmbedded } from "../conformance/embedded";
import { long } from "../long";
import { buildChaincode } from "./built-chaincode";
import { foundingOnLedger, recoveryKeysOnLedger } from "./founding";
import { enrolled, openFor } from "./large-election";
import { LedgerCity } from "./ledger-city";

const voters = long ? 20_000 : 300;
const kills = long ? 20 : 4;
/** How many vote a second time. */
const again = voters / 10;
const groupSize = long ? 100 : 20;
const patience = long ? 3_600_000 : 600_000;

const root = fileURLToPath(new URL("../..", import.meta.url));
let data = "";
let ledger: EmbeddedLedger;
let city: LedgerCity;
let start: () => Promise<EmbeddedLedger>;

beforeAll(async () => {
  buildChaincode();
  data = await mkdtemp(join(tmpdir(), "cocity-killed-election-"));
  const [port, caPort] = [await freePort(), await freePort()];
  const env = { COCITY_RECOVERY_KEYS: recoveryKeysOnLedger.join(",") };
  const args = ["--port", String(port), "--ca-port", String(caPort)];
  start = () => startEmbedded({ data, chaincodeDir: `${root}/chaincode`, args, env });
  ledger = await start();
  city = LedgerCity.on(ledger.connection);
  await city.submit(people.service, "municipality:found", foundingOnLedger());
  await withPartyKeys(city);
  await openFor(city, voters);
}, patience);
afterAll(async () => {
  await city?.close();
  await ledger?.stop();
  await rm(data, { recursive: true, force: true });
});

/**
 * Tries until the ledger takes it. What it refuses after an attempt that nobody answered it has taken before.
 * @returns what the ledger answered; undefined where it had taken it before
 */
async function insist<Answer>(attempt: () => Promise<Answer>): Promise<Answer | undefined> {
  for (let lost = 0; ; lost += 1) {
    try {
      return await attempt();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.kind === "rule" && lost > 0) return undefined;
      if (refusal.kind === "rule") throw new Error(refusal.rule.code, { cause: error });
      if (refusal.kind === "certificate") throw error;
      await sleep(300);
    }
  }
}

async function cast(casts: readonly Cast[]): Promise<void> {
  const { input, envelopes } = group(id, casts);
  const whole = JSON.stringify({
    by: "service",
    input: { command: randomUUID(), municipality: torino, ...input },
  });
  const transientData = { envelopes: JSON.stringify(envelopes) };
  await insist(async () => {
    const { contract } = await city.session(programs.opener);
    await contract.submit("sealed:cast", { arguments: [whole], transientData });
  });
}

async function all<T extends RecordType>(type: T): Promise<RecordOf<T>[]> {
  const found: RecordOf<T>[] = [];
  let bookmark = "";
  do {
    const page = (await insist(() =>
      city.ask(programs.opener, "records:list", {
        ...{ municipality: torino, type, prefix: [id], pageSize: 500, bookmark },
      }),
    )) as { records: RecordOf<T>[]; bookmark: string };
    found.push(...page.records);
    bookmark = page.bookmark;
  } while (bookmark);
  return found;
}

/** Kills and starts again, at moments spread over the steps that `progress` counts. */
async function killing(progress: () => number, steps: number, times: number, isOver: () => boolean) {
  for (let killed = 0; killed < times; killed += 1) {
    const at = Math.floor(((killed + Math.random()) * steps) / times);
    while (progress() < at && !isOver()) await sleep(20);
    await ledger.kill();
    ledger = await start();
  }
}

async function inTurns<Thing>(
  things: readonly Thing[],
  { atOnce, times }: { atOnce: number; times: number },
  take: (thing: Thing) => Promise<void>,
) {
  let next = 0;
  let done = 0;
  let isOver = false;
  const worker = async () => {
    for (let thing = things[next++]; thing !== undefined; thing = things[next++]) {
      await take(thing);
      done += 1;
    }
  };
  const working = Promise.all(Array.from({ length: atOnce }, worker)).finally(() => {
    isOver = true;
  });
  await Promise.all([
    working,
    killing(
      () => done,
      things.length,
      times,
      () => isOver,
    ),
  ]);
}

const parts = <Thing>(things: readonly Thing[]) =>
  Array.from({ length: Math.ceil(things.length / groupSize) }, (_, index) =>
    things.slice(index * groupSize, (index + 1) * groupSize),
  );

test(
  `${voters} voters and ${kills} kills: nothing is lost, nothing doubled, the verifier is content`,
  async () => {
    const record = await city.record("round", id);
    const sealed = sealedRoundOf(record);
    const electors = await enrolled(sealed, voters);
    const first = await Promise.all(
      electors.map((elector, index) => castOf(sealed, elector, [1 + (index % 3 === 0 ? 1 : 0)])),
    );
    await inTurns(parts(first), { atOnce: 4, times: kills / 2 }, cast);
    await insist(() => city.advanceTo("2026-02-11"));
    const second = await Promise.all(
      electors.slice(0, again).map((elector) => castOf(sealed, elector, [2], 2)),
    );
    for (const some of parts(second)) await cast(some);
    const last = [...second, ...first.slice(again)];
    await insist(() => city.submit(people.service, "rounds:close", { id }));
    for (const name of ["sealed:list", "sealed:purge"] as const)
      for (let left = true; left; ) {
        const answer = (await insist(() => city.submit(programs.opener, name, { round: id }))) as
          | { done?: boolean; left?: number }
          | undefined;
        left = answer !== undefined && answer.done !== true && answer.left !== 0;
      }
    // Each counts the envelopes so far: one after the other.
    await inTurns(parts(last), { atOnce: 1, times: kills / 2 }, async (some) => {
      await insist(() => city.submit(programs.opener, "sealed:publish", published(id, some)));
    });
    await insist(() => city.submit(programs.opener, "sealed:completePublication", { round: id }));
    for (const index of [0, 1]) {
      const trustee = trustees[index] as (typeof trustees)[0];
      await insist(() => city.submit(trustee, "sealed:release", released(index)));
    }
    const recorded = await all("sealed_ballot");
    expect(new Set(recorded.map(({ key }) => key)).size).toBe(voters);
    expect(recorded).toHaveLength(voters + again);
    const sealing = await city.record("sealing", id);
    const envelopes = await all("sealed_envelope");
    const { outcome } = await countSealed(record, { sealing, recorded, envelopes });
    const others = Array.from({ length: voters }, (_, index) => index).filter(
      (index) => index < again || index % 3 === 0,
    ).length;
    expect(outcome).toMatchObject({ ballots: voters, void: 0 });
    expect(outcome.votes.map(({ votes }) => votes)).toEqual([voters - others, others]);
    await insist(() => city.submit(people.officer, "rounds:count", { id, outcome }));
    for (const attester of [people.officer, people.guarantor])
      await insist(() => city.submit(attester, "rounds:attest", { id, digest: outcome.digest }));
    const { holds, state, items } = await verifyRound(evidenceOfBlocks(blocksOfFolder(data)), { round: id });
    expect(items.flatMap(({ item, faults }) => faults.map((fault) => `${item}: ${fault}`))).toEqual([]);
    expect({ holds, state }).toEqual({ holds: true, state: "attested" });
  },
  patience,
);
