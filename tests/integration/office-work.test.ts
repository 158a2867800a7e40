/** Twenty people at once do whatever comes to their minds with a Comune's money, while processes are killed. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, expect, it } from "vitest";
import { Books } from "@/chaincode/testing/books";
import type { Teller } from "@/chaincode/testing/city";
import { digest } from "@/chaincode/testing/keys";
import { checkLaw } from "@/chaincode/testing/law";
import { type Draw, draw, type Move, moveOf } from "@/chaincode/testing/money-moves";
import { commitment, pactAct, plan, withActive } from "@/chaincode/testing/pact-story";
import { withPartyKeys } from "@/chaincode/testing/party-keys";
import { people, person } from "@/chaincode/testing/people";
import { finish, line, outcome, round, withAdmitted } from "@/chaincode/testing/story";
import { InvalidCommandError } from "@/ledger/client/outbox/errors";
import { record } from "@/ledger/client/outbox/record";
import { NotRecordedError, waitFor } from "@/ledger/client/outbox/wait";
import { openLedgerAccess } from "@/ledger/client/process";
import { verifiedBlocks } from "@/ledger/client/projection/follow";
import { checkRebuild } from "@/ledger/client/projection/rebuild";
import { emptyChain } from "@/ledger/evidence/chain";
import { validationCodes } from "@/ledger/evidence/codes";
import { ConflictError, LedgerRefusedError, NotFoundError, UnavailableError } from "@/lib/errors";
import { addDays } from "@/protocol/days";
import { EVENT_NAME, type Event } from "@/protocol/events";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { long } from "../long";
import { sampleSeed } from "../seed";
import { freshDatabase } from "./database";
import { Killable } from "./killable";
import { FoundedCity, foundTorino, origin, signActs, viewerOf } from "./ledger/founded";
import { torino } from "./ledger/world";
import { CityOnLedger } from "./office-records";

const steps = long ? 10_000 : 400;
const kills = long ? 24 : 6;
/** What was signed can be carried for a few days only. */
const stepsOfDay = 40;
const signal = new AbortController().signal;
const seed = sampleSeed();

const { db, url } = await freshDatabase();
const ahead = pathToFileURL(join(import.meta.dirname, "years-ahead.mjs")).href;
const processes = await Killable.start({ NODE_OPTIONS: `--import=${ahead}` });
const pool = new Pool({ connectionString: url, max: 1 });
afterAll(() => pool.end());
const { putAside } = await import("@/features/acts/service");

/** Nineteen in office, of three organisations, and the representative of those who care for the garden. */
const colleagues = (role: Actor["role"], organisation: Actor["organisation"], count: number) =>
  Array.from({ length: count }, (_, index) =>
    person(`${role.replaceAll("_", "-")}-${index}`, role, organisation),
  );
const others = [
  ...colleagues("responsible_officer", "Comune", 5),
  ...colleagues("accountant", "Comune", 4),
  ...colleagues("treasurer", "Comune", 2),
  ...colleagues("coordinator", "Case", 3),
];
const atWork: readonly Actor[] = [
  ...others,
  ...[people.officer, people.accountant, people.secondAccountant, people.treasurer, people.coordinator],
  people.resident,
];

const shown = new CityOnLedger();
let read = -1n;
const outcomes = new Map<string, number>();
const recorded = new Map<string, number>();
let taken = 0;

it(`keeps paid ≤ accepted ≤ committed ≤ budget at every block, and every cent, in ${steps} steps of ${atWork.length} people under ${kills} kills (seed ${seed})`, {
  timeout: 3_000_000,
}, async () => {
  expect(atWork).toHaveLength(20);
  await foundTorino({ db }, others);
  const city = new FoundedCity({ db });
  await withPartyKeys(city, [people.resident, people.neighbour], origin);
  await withActive(city, undefined, decided);
  await withRoomToWork(city);
  const { height: before } = await heightOf();

  await look();
  const working = atWork.map((actor, index) => work(actor, index));
  await Promise.all([...working, daysGoBy(city), watch(), killSome()]);
  const open = () => db.outboxItem.count({ where: { status: { in: ["queued", "sending", "following"] } } });
  await expect.poll(open, { timeout: 240_000, interval: 500 }).toBe(0);

  const { valid, ofLedger } = await recount(before);
  await sameAsTables(ofLedger);
  // Every command that was said to be recorded is there once, and nothing else.
  const committed = await db.outboxItem.findMany({ where: { status: "committed" }, select: { id: true } });
  expect(valid.toSorted()).toEqual(committed.map(({ id }) => id).toSorted());
  expect(processes.log()).not.toContain("deadlock");
  console.log(
    JSON.stringify({
      ...{ steps: taken, killed: processes.killed, blocks: (await heightOf()).height - before, seed },
      ...{ outcomes: Object.fromEntries(outcomes), recorded: Object.fromEntries(recorded) },
    }),
  );
  for (const name of needed) expect(recorded.get(name) ?? 0, `${name}, seed ${seed}`).toBeGreaterThan(0);
});

/** A round that was counted for the first proposal: nobody's ballots matter here. */
async function decided(city: Teller, ids: string[]): Promise<void> {
  await withAdmitted(city, ids);
  const votes = ids.map((_, index) => (index === 0 ? 3 : 0));
  await finish(city, round(ids), outcome([1], votes));
}

/** What a run that proves something gets to. */
const needed = [
  ...["funds:commit", "funds:planMilestones", "funds:carryOver", "milestones:accept", "payments:request"],
  ...(long ? ["funds:release", "payments:order", "payments:recordPaid", "payments:recover"] : []),
];

/** Money and time for thousands of steps: the year's line, another, one of the next year, and an act that allows it all. */
async function withRoomToWork(city: FoundedCity): Promise<void> {
  const budgetCents = 2_000_000_000;
  await city.submit(people.officer, "funds:openLine", line({ id: "line-small", budgetCents: 700_000 }));
  const next = { id: "line-2027", year: 2027, name: "Beni comuni 2027" };
  await city.submit(people.officer, "funds:openLine", line({ ...next, budgetCents }));
  await city.submit(people.officer, "funds:changeBudget", {
    ...{ id: "line-2026", budgetCents, act: pactAct("budget") },
  });
  await city.submit(people.giunta, "proposals:allowBeyond", {
    ...{ id: "garden", costCents: 3 * budgetCents, beneficiaries: [], act: pactAct("beyond") },
    lines: ["line-small", "line-2027"],
  });
  const builders = { id: "builders", kind: "company" as const, digest: digest("builders") };
  await city.submit(people.officer, "subjects:registerPayee", builders);
  await city.submit(people.coordinator, "pacts:recordInsurance", {
    ...{ id: "pact-garden", documentHash: digest("policy of the years to come"), validUntil: "2028-12-31" },
  });
  for (const id of ["commitment-1", "commitment-2"]) {
    await city.submit(people.officer, "funds:commit", commitment({ id, amountCents: 5_000_000 }));
    const amounts = Array.from({ length: 8 }, (_, index) => 300_000 + index);
    await city.submit(people.officer, "funds:planMilestones", plan(amounts, id));
  }
}

/** One person's work: what they draw of their role, until all together have taken their steps. */
async function work(actor: Actor, lane: number): Promise<void> {
  for (let round = 0; taken < steps; round += 1) {
    const drawing = { numRuns: 50, seed: seed + lane + round * atWork.length };
    for (const [index, [drawn, more]] of fc.sample(fc.tuple(draw, fc.nat(999)), drawing).entries()) {
      const id = `${lane}-${round}-${index}`;
      const move = taken < steps && moveBy(actor, { ...drawn, target: drawn.target + 100 * more }, id);
      if (!move) continue;
      taken += 1;
      const outcome = await submit(actor, move);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (outcome === "recorded") recorded.set(move.name, (recorded.get(move.name) ?? 0) + 1);
    }
    // Whoever has nothing to do at the moment lets the others go on.
    await sleep(20);
  }
}

/** A move that is of somebody's role, with proofs and numbers that nobody gave before. */
function moveBy({ role }: Actor, drawn: Draw, id: string): Move | undefined {
  const move = moveOf(shown, drawn, id);
  if (!move || move.actor.role !== role || move.name === "municipality:advanceDay") return undefined;
  const { name } = move;
  const own = digest(id);
  const input: Record<string, unknown> = { ...move.input };
  if (name === "milestones:submitEvidence") input.evidence = [own];
  if ("documentHash" in input) Object.assign(input, { documentHash: own, reference: `CRO ${id}` });
  if (name === "payments:order") input.orderNumber = id;
  // A budget falls to what is committed and a little more, not so far that nothing is committed any more.
  if (name === "funds:changeBudget")
    input.budgetCents =
      shown.record("budget_line", String(input.id)).committedCents + 20 * Math.max(1, drawn.cents);
  return { ...move, input };
}

/** @returns what became of it: `recorded`, or the code that it was refused with */
async function submit(actor: Actor, { name, input }: Move): Promise<string> {
  const command = randomUUID();
  const { id, commitment, milestone } = input as Record<string, string>;
  const subject = { type: name.split(":")[0] ?? "", id: id ?? milestone ?? commitment ?? "" };
  try {
    await db.$transaction((tx) =>
      record(tx, actor, name, { municipality: torino, ...input } as never, subject, command),
    );
  } catch (error) {
    if (error instanceof InvalidCommandError) return "invalid";
    throw error;
  }
  for (;;) {
    const code = await carriedOut(actor, command);
    if (code !== undefined) return code;
    await sleep(50);
  }
}

/** @returns undefined where its person has to look at it again, as things are now */
async function carriedOut(actor: Actor, command: string): Promise<string | undefined> {
  const aside = () => putAside(viewerOf(actor), torino, command);
  const { status, errorCode } = await db.outboxItem.findUniqueOrThrow({ where: { id: command } });
  // Somebody else was there first, or too many days have gone by: most people look again.
  if (status === "to_sign" && errorCode && Math.random() < 0.1) return aside().then(() => "put_aside");
  try {
    if (status === "to_sign") await signActs(actor, [command]);
    await waitFor(db, command, { timeoutMs: 240_000 });
    return "recorded";
  } catch (error) {
    if (error instanceof LedgerRefusedError) return aside().then(() => error.code);
    // The ledger is away, the act was prepared anew, or it waits for another step on the same record.
    if (error instanceof UnavailableError || error instanceof ConflictError) return undefined;
    if (error instanceof NotFoundError) return undefined;
    if (!(error instanceof NotRecordedError)) throw error;
    const settled = await db.outboxItem.findUniqueOrThrow({ where: { id: command } });
    return settled.status === "to_sign" ? undefined : error.code;
  }
}

/** Days of one year, and after half of the steps as many of the next. */
async function daysGoBy(city: FoundedCity): Promise<void> {
  let day = "2026-02-16";
  for (let told = 0; taken < steps; ) {
    const due = Math.floor(taken / stepsOfDay);
    if (due <= told) {
      await sleep(50);
      continue;
    }
    told = due;
    const turns = 2 * taken >= steps && day < "2027";
    day = turns ? "2027-01-07" : addDays(day, 1);
    await city.advanceTo(day);
  }
}

async function killSome(): Promise<void> {
  for (const victim of Killable.order(kills)) {
    await processes.progress(async () => taken, Math.min(taken + steps / kills / 2, steps - 1));
    await processes.kill(victim);
  }
}

/** What the tables show is what people draw their moves from. */
async function watch(): Promise<void> {
  while (taken < steps) {
    await look();
    await sleep(100);
  }
}

async function look(): Promise<void> {
  const entries = await db.chainEntry.findMany({
    where: { municipality: torino, block: { gt: read } },
    orderBy: [{ block: "asc" }, { index: "asc" }, { position: "asc" }],
  });
  shown.take(
    entries.map(({ type, recordId, record: held }) => ({
      ...{ type, idParts: recordId.split("/"), record: held },
    })),
  );
  read = entries.at(-1)?.block ?? read;
}

async function heightOf() {
  const { gateway } = await openLedgerAccess(processes.connectionFile, db);
  try {
    return await gateway.chainInfo();
  } finally {
    gateway.close();
  }
}

/** The whole ledger again from block 0: the bounds at every block, and a second set of books from what people asked for. */
async function recount(before: number): Promise<{ valid: string[]; ofLedger: CityOnLedger }> {
  const { gateway } = await openLedgerAccess(processes.connectionFile, db);
  const { height } = await gateway.chainInfo();
  const inputs = new Map(
    (await db.outboxItem.findMany({ select: { id: true, input: true } })).map((item) => [
      item.id,
      item.input,
    ]),
  );
  const city = new CityOnLedger();
  let books: Books | undefined;
  const valid: string[] = [];
  for await (const blocks of verifiedBlocks(gateway, emptyChain, signal, height))
    for (const block of blocks) {
      if (block.number === before) books = new Books(city);
      const lines = new Set<string>();
      for (const { code, action } of block.transactions) {
        if (code !== validationCodes.VALID || action?.event?.name !== EVENT_NAME) continue;
        const event = JSON.parse(Buffer.from(action.event.payload).toString("utf8")) as Event;
        valid.push(event.command);
        city.take(event.entries);
        for (const entry of event.entries)
          if (entry.type === "budget_line") lines.add(entry.record.id);
          else if (entry.type === "commitment") withinBounds(entry.record, block.number);
        books?.enter(city, event.transaction, inputs.get(event.command) as Record<string, unknown>);
      }
      for (const id of lines) lineWithinBounds(city, id, block.number, books);
    }
  gateway.close();
  checkLaw(city);
  return { valid, ofLedger: city };
}

function withinBounds(of: RecordOf<"commitment">, block: number): void {
  const { id, amountCents, plannedCents, acceptedCents, paidCents } = of;
  const sums = [paidCents, acceptedCents, plannedCents, amountCents];
  expect(
    sums.toSorted((a, b) => a - b),
    `${id} in block ${block}`,
  ).toEqual(sums);
}

function lineWithinBounds(city: CityOnLedger, id: string, block: number, books: Books | undefined): void {
  const { budgetCents, committedCents, acceptedCents, paidCents } = city.record("budget_line", id);
  const sums = [paidCents, acceptedCents, committedCents, budgetCents];
  const where = `${id} in block ${block}`;
  expect(
    sums.toSorted((a, b) => a - b),
    where,
  ).toEqual(sums);
  const own = city.state
    .all<RecordOf<"commitment">>(torino, "commitment")
    .filter((commitment) => commitment.line === id);
  const total = (of: "paidCents" | "acceptedCents" | "amountCents") =>
    own.reduce((sum, commitment) => sum + commitment[of], 0);
  expect([total("paidCents"), total("acceptedCents"), total("amountCents")], where).toEqual(sums.slice(0, 3));
  if (!books) return;
  const kept = [books.paid, books.accepted, books.committed, books.budget].map((sum) => sum.get(id) ?? 0n);
  expect(kept, `${where} by what was asked for`).toEqual(sums.map(BigInt));
}

/** The tables say what the ledger says, by the byte and in every sum. */
async function sameAsTables(city: CityOnLedger): Promise<void> {
  const { gateway } = await openLedgerAccess(processes.connectionFile, db);
  const { height } = await gateway.chainInfo();
  const last = async () => Number((await db.chainBlock.aggregate({ _max: { number: true } }))._max.number);
  await expect.poll(last, { timeout: 60_000 }).toBe(height - 1);
  expect((await checkRebuild({ gateway, pool, signal })).difference).toBeUndefined();
  gateway.close();
  const inTables = async (rows: Promise<{ id: string; record: unknown }[]>) =>
    new Map((await rows).map((row) => [row.id, row.record]));
  const where = { where: { municipality: torino }, select: { id: true, record: true } };
  const tables = {
    budget_line: await inTables(db.chainBudgetLine.findMany(where)),
    commitment: await inTables(db.chainCommitment.findMany(where)),
    milestone: await inTables(db.chainMilestone.findMany(where)),
    payment: await inTables(db.chainPayment.findMany(where)),
  };
  for (const [type, rows] of Object.entries(tables)) {
    const held = city.state.all<{ id: string }>(torino, type);
    expect(rows.size, type).toBe(held.length);
    for (const one of held) expect(rows.get(one.id), `${type} ${one.id}`).toEqual(one);
  }
  const { _sum } = await db.chainCommitment.aggregate({
    where: { municipality: torino },
    _sum: { amountCents: true, acceptedCents: true, paidCents: true },
  });
  const commitments = city.state.all<RecordOf<"commitment">>(torino, "commitment");
  for (const member of ["amountCents", "acceptedCents", "paidCents"] as const)
    expect(_sum[member]).toBe(commitments.reduce((sum, one) => sum + BigInt(one[member]), 0n));
}
