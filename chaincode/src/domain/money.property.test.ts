import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { Books } from "../../testing/books";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { blocks, type Move, moveOf } from "../../testing/money-moves";
import { commitment, line, plan, withActive, withOrdered } from "../../testing/pact-story";
import { people, torino } from "../../testing/people";
import { insured } from "../../testing/year-story";

vi.setConfig({ testTimeout: 60_000 });

/** Where sequences start: nothing asked for yet, or a first payment ordered. */
async function funded(city: City): Promise<void> {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
  await withSuppliers(city);
}
async function ordered(city: City): Promise<void> {
  await withOrdered(city);
  await withSuppliers(city);
}

async function withSuppliers(city: City): Promise<void> {
  await city.submit(people.officer, "subjects:registerPayee", {
    id: "builders",
    kind: "company",
    digest: digest("builders"),
  });
  await city.submit(people.officer, "funds:openLine", line({ id: "line-small", budgetCents: 700_000 }));
  await insured(city);
}

/** Simulates the moves on one state and commits them in order, as a block does. @returns those that were committed */
async function playBlock(city: City, moves: Move[]): Promise<Move[]> {
  const simulated = [];
  for (const move of moves) {
    try {
      simulated.push({ move, ...(await city.simulate(move.actor, move.name, move.input as never)) });
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
    }
  }
  return simulated.filter(({ simulation }) => city.state.commit(simulation)).map(({ move }) => move);
}

test("rule 4: paid ≤ accepted ≤ committed ≤ budget after any sequence of moves, and every sum is what was entered", async () => {
  const reached = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(funded, ordered), blocks, async (start, drawn) => {
      const city = await City.after(start);
      city.now = Date.parse("2040-01-01T10:00:00Z");
      const books = new Books(city);
      for (const [height, block] of drawn.entries()) {
        const moves = block.flatMap((draw, index) => moveOf(city, draw, `${height}-${index}`) ?? []);
        for (const move of await playBlock(city, moves)) {
          books.enter(city, move.name, move.input as Record<string, unknown>);
          reached.set(move.name, (reached.get(move.name) ?? 0) + 1);
        }
        checkSums(city, books);
        checkParts(city, books);
        checkSeparation(city);
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 60_000 },
  );
  // A sequence that never gets to a payment would prove nothing.
  for (const name of [
    "payments:recordPaid",
    "payments:recordReturned",
    "payments:recover",
    "payments:reduce",
    "milestones:reject",
    "funds:changeBudget",
    "funds:carryOver",
    "funds:release",
  ]) {
    expect(reached.get(name), name).toBeGreaterThan(0);
  }
}, 120_000);

/** Lines and commitments: the four sums of rule 4, each equal to the sum of what was entered. */
function checkSums(city: City, books: Books): void {
  for (const { id, budgetCents, committedCents, acceptedCents, paidCents } of lines(city)) {
    expect(paidCents).toBeLessThanOrEqual(acceptedCents);
    expect(acceptedCents).toBeLessThanOrEqual(committedCents);
    expect(committedCents).toBeLessThanOrEqual(budgetCents);
    expect(BigInt(budgetCents)).toBe(books.budget.get(id) ?? 0n);
    expect(BigInt(committedCents)).toBe(books.committed.get(id) ?? 0n);
    expect(BigInt(acceptedCents)).toBe(books.accepted.get(id) ?? 0n);
    expect(BigInt(paidCents)).toBe(books.paid.get(id) ?? 0n);
  }
  for (const { id, amountCents, plannedCents, acceptedCents, paidCents } of commitments(city)) {
    expect(paidCents).toBeLessThanOrEqual(acceptedCents);
    expect(acceptedCents).toBeLessThanOrEqual(plannedCents);
    expect(plannedCents).toBeLessThanOrEqual(amountCents);
    expect(BigInt(amountCents)).toBe(books.committed.get(id) ?? 0n);
    expect(BigInt(acceptedCents)).toBe(books.accepted.get(id) ?? 0n);
    expect(BigInt(paidCents)).toBe(books.paid.get(id) ?? 0n);
  }
}

/** Milestones and payments add up to what their commitment says. */
function checkParts(city: City, books: Books): void {
  const numbers = new Map<string, number[]>();
  for (const owner of commitments(city)) {
    const own = milestones(city).filter((milestone) => milestone.commitment === owner.id);
    expect(own.map(({ id }) => id).sort()).toEqual([...owner.milestones].sort());
    for (const milestone of own) expect(milestone.line).toBe(owner.line);
    numbers.set(originOf(city, owner), [
      ...(numbers.get(originOf(city, owner)) ?? []),
      ...own.map(({ number }) => number),
    ]);
    const decided = ["accepted", "partially_accepted", "rejected"];
    expect(sum(own.map((m) => (decided.includes(m.state) ? m.acceptedCents : m.amountCents)))).toBe(
      owner.plannedCents,
    );
    for (const milestone of own) {
      const asked = payments(city).filter((payment) => payment.milestone === milestone.id);
      const standing = asked.filter(({ state }) => state !== "returned");
      expect(sum(standing.map((one) => one.amountCents - one.recoveredCents))).toBe(milestone.requestedCents);
      expect(milestone.requestedCents).toBeLessThanOrEqual(milestone.acceptedCents);
      expect(milestone.acceptedCents).toBeLessThanOrEqual(milestone.amountCents);
      for (const payment of asked) {
        expect(sum(payment.recoveries.map(({ amountCents }) => amountCents))).toBe(payment.recoveredCents);
        expect(payment.recoveredCents).toBeLessThanOrEqual(
          payment.state === "paid" ? payment.amountCents : 0,
        );
      }
    }
  }
  // Whatever is carried over keeps its number, and none is given twice.
  for (const given of numbers.values())
    expect(given.sort((a, b) => a - b)).toEqual(given.map((_, index) => index + 1));
  // What left one year came to another, or was given back there.
  expect(BigInt(sum(lines(city).map(({ carriedOutCents }) => carriedOutCents)))).toBe(
    BigInt(sum(lines(city).map(({ carriedInCents }) => carriedInCents))) + books.saved,
  );
}

/** The commitment that one was carried over from, in the first of its years. */
function originOf(city: City, { id, carriedFrom }: RecordOf<"commitment">): string {
  return carriedFrom ? originOf(city, city.record("commitment", carriedFrom.commitment)) : id;
}

/** Rules 5, 6 and 9, from what the records say of who did what. */
function checkSeparation(city: City): void {
  for (const payment of payments(city)) {
    const { submittedBy, verifiedBy, acceptedBy, state } = city.record("milestone", payment.milestone);
    expect(["accepted", "partially_accepted"]).toContain(state);
    expect(distinct(submittedBy?.person, verifiedBy?.person, acceptedBy?.person)).toBe(true);
    if (!payment.orderedBy) continue;
    const three = [submittedBy, verifiedBy, payment.orderedBy];
    expect(distinct(...three.map((actor) => actor?.person))).toBe(true);
    expect(new Set(three.map((actor) => actor?.organisation)).size).toBeGreaterThanOrEqual(2);
    expect(new Set(three.map((actor) => actor?.municipality))).toEqual(new Set([torino]));
    const decided = payment.state === "paid" || payment.state === "returned";
    expect(payment.outcome !== undefined).toBe(decided);
    if (payment.outcome) {
      const recorder = payment.outcome.recordedBy;
      expect(recorder.role).toBe("treasurer");
      expect(three.map((actor) => actor?.person)).not.toContain(recorder.person);
    }
  }
}

const lines = (city: City) => city.state.all<RecordOf<"budget_line">>(torino, "budget_line");
const commitments = (city: City) => city.state.all<RecordOf<"commitment">>(torino, "commitment");
const milestones = (city: City) => city.state.all<RecordOf<"milestone">>(torino, "milestone");
const payments = (city: City) => city.state.all<RecordOf<"payment">>(torino, "payment");
const sum = (cents: number[]) => cents.reduce((total, one) => total + one, 0);
const distinct = (...people: (string | undefined)[]) =>
  people.every((one) => one !== undefined) && new Set(people).size === people.length;
