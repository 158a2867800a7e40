import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { RuleError } from "../../../protocol/errors";
import { type TransactionName, transactions } from "../../../protocol/transactions";
import { City } from "../../testing/city";
import { finish, openMatters } from "../../testing/finish";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { checkLaw, checkStep } from "../../testing/law";
import {
  commitment,
  line,
  pact,
  plan,
  withAccepted,
  withActive,
  withDraft,
  withOrdered,
} from "../../testing/pact-story";
import { people } from "../../testing/people";
import { withRivalsFinal } from "../../testing/rival-story";
import { machines, StateGraph } from "../../testing/state-graph";
import { draws, type Move, makers, moveOf } from "../../testing/walk-moves";
import { type Step, Witness } from "../../testing/witness";
import { withYearOver } from "../../testing/year-story";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

/** Where walks start, so that each part of the way is walked often. */
const stages: ((city: City) => Promise<void>)[] = [
  withRivalsFinal,
  (city) => withDraft(city),
  withActive,
  async (city) => {
    await withActive(city);
    await city.submit(people.officer, "funds:commit", commitment());
    await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
  },
  withAccepted,
  withOrdered,
  withVerified,
  withRenewal,
  withPastTerm,
  withYearOver,
];
const starts = stages.map((start) => async (city: City) => {
  await start(city);
  await withOthers(city);
});

/** A milestone that the district verified and the Case countersigned, to be decided on. */
async function withVerified(city: City): Promise<void> {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
  for (const id of ["commitment-1-m1", "commitment-1-m2"]) {
    await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest(`of ${id}`)] });
    await city.submit(people.district, "milestones:verify", { id, reportHash: digest("visit") });
    await city.submit(people.coordinator, "milestones:countersign", { id, reportHash: digest("again") });
  }
  await city.advanceTo("2026-02-16");
}

/** An active pact whose renewal is signed, insured and briefed. */
async function withRenewal(city: City): Promise<void> {
  await withAccepted(city);
  const renewal = pact({
    id: "pact-renewal",
    renews: "pact-garden",
    startsOn: "2026-02-16",
    endsOn: "2026-12-31",
  });
  await city.submit(people.coordinator, "pacts:draft", renewal);
  await bringToLife(city, renewal);
}

/** A pact that is active past its last day. */
async function withPastTerm(city: City): Promise<void> {
  await withDraft(city, { endsOn: "2026-02-10" });
  await bringToLife(city, pact());
  await city.submit(people.officer, "pacts:activate", { id: "pact-garden" });
  await city.advanceTo("2026-02-16");
}

/** From a draft to a pact that can be activated. */
async function bringToLife(city: City, { id, documentHash }: ReturnType<typeof pact>): Promise<void> {
  const { day } = city.record("day", "day");
  const approval = { id, act: act("approval", "delibera", day) };
  await city.submit(people.giunta, "pacts:approveGiunta", approval);
  const signature = { id, version: 1, documentHash };
  await city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" });
  await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
  const policy = { id, documentHash: digest("policy"), validUntil: "2026-12-31" };
  await city.submit(people.coordinator, "pacts:recordInsurance", policy);
  const briefing = { id, documentHash: digest("briefing"), heldOn: day };
  await city.submit(people.technician, "pacts:recordSafetyBriefing", briefing);
}

/** A supplier, another body of the town, and money outside the call. */
async function withOthers(city: City): Promise<void> {
  const supplier = { id: "builders", kind: "company" as const, digest: digest("builders") };
  await city.submit(people.officer, "subjects:registerPayee", supplier);
  const others = { id: "others", kind: "association" as const, digest: digest("others") };
  await city.submit(people.neighbour, "subjects:register", others);
  await city.submit(people.officer, "funds:openLine", line({ id: "line-other" }));
}

/** With PRINT_STATES=1 the graph of states is printed as it was walked. */
afterAll(() => {
  if (process.env.PRINT_STATES) process.stdout.write(`${graph.print()}\n`);
});

let told: Step[] = [];
const graph = new StateGraph();
const carriedOut = new Map<TransactionName, number>();

beforeAll(async () => {
  const witness = new Witness(await City.founded());
  await withOrdered(witness);
  told = witness.seen;
});

/** Submits a move, checks what it did, and notes what it led to. @returns whether the ledger took it */
async function walk(city: City, move: Move): Promise<boolean> {
  const before = new City(city.state.clone());
  try {
    await city.submit(move.actor, move.name, move.input as never);
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
  carriedOut.set(move.name, (carriedOut.get(move.name) ?? 0) + 1);
  graph.saw(before, city, move.name);
  checkStep(before, move);
  checkLaw(city);
  return true;
}

test("whatever anybody in town does, in whatever order, the law holds, and everything can be brought to an end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...starts), draws, async (start, drawn) => {
      const city = await City.after(start);
      city.now = Date.parse("2032-01-01T10:00:00Z");
      for (const [index, draw] of drawn.entries()) {
        const move = moveOf(city, draw, String(index), told);
        if (move) await walk(city, move);
      }
      await finish(city);
      expect(openMatters(city)).toEqual([]);
      checkLaw(city);
    }),
    { numRuns: 160, seed: 20261129, endOnFailure: true },
  );
  // Walks that never get to these would prove nothing of them.
  const never = (Object.keys(makers) as TransactionName[]).filter((name) => !carriedOut.has(name));
  expect(never).toEqual([]);
});

test("every transaction about pacts and money is among the moves", () => {
  const about = /^(pacts|funds|milestones|payments|reports):/;
  const missing = (Object.keys(transactions) as TransactionName[]).filter(
    (name) => about.test(name) && !makers[name] && name !== "funds:openLine",
  );
  expect(missing).toEqual([]);
});

test.each(Object.keys(machines) as (keyof typeof machines)[])(
  "every state of a %s was reached, and from each an end is",
  (type) => {
    expect(graph.unseen(type)).toEqual([]);
    expect(graph.withoutWayOut(type)).toEqual([]);
  },
);
