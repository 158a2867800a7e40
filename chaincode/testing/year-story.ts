/** The turn of the year: money that a year left committed and not spent. */
import type { RecordOf } from "../../protocol/records";
import { endedStates } from "../../protocol/records/pacts";
import type { City, Input } from "./city";
import { act } from "./founding-inputs";
import { digest } from "./keys";
import { line, withOrdered } from "./pact-story";
import { people, torino } from "./people";

/** An act of *riaccertamento* of the day on which the story carries over. */
export const yearAct = (number: string) => act(number, "determina", "2027-01-11");

/** An endorser's clock in the years to which things are carried over. */
export const afterTheTurn = Date.parse("2032-01-01T10:00:00Z");

/** Insured for the years to come, by an endorser whose clock is there. */
export async function insured(city: City): Promise<void> {
  city.now = afterTheTurn;
  await city.submit(people.coordinator, "pacts:recordInsurance", {
    ...{ id: "pact-garden", documentHash: digest("policy of the years to come"), validUntil: "2032-12-31" },
  });
}

/** The year after a payment of the first milestone was ordered: the second one was never begun. A line of the new year. */
export async function withYearOver(city: City): Promise<void> {
  await withOrdered(city);
  await insured(city);
  await city.submit(people.officer, "funds:openLine", line({ id: "line-2027", year: 2027 }));
  await city.advanceTo("2027-01-11");
}

/** What the story carries over: the second milestone. */
export function carrying(changes: Partial<Input<"funds:carryOver">> = {}): Input<"funds:carryOver"> {
  return {
    ...{ id: "commitment-2027", commitment: "commitment-1", line: "line-2027" },
    ...{ amountCents: 400_000, act: yearAct("riaccertamento") },
    ...changes,
  };
}

export async function withCarriedOver(city: City): Promise<void> {
  await withYearOver(city);
  await city.submit(people.accountant, "funds:carryOver", carrying());
}

/**
 * What of a commitment its year leaves to the next, told a second time: all but what was accepted or handed in during it;
 * once its pact has ended only what was handed in later.
 */
export function leftOver(city: City, id: string): number {
  const { amountCents, line: of, pact: under } = city.record("commitment", id);
  const { year } = city.record("budget_line", of);
  const { state, endsOn } = city.record("pact", under);
  const milestones = city.state
    .all<RecordOf<"milestone">>(torino, "milestone")
    .filter(({ commitment }) => commitment === id);
  const total = (cents: (milestone: RecordOf<"milestone">) => number) =>
    milestones.reduce((sum, milestone) => sum + cents(milestone), 0);
  if (endedStates.includes(state) || endsOn < city.record("day", "day").day)
    return total((milestone) =>
      isHandedIn(milestone) ? milestone.amountCents - staying(milestone, year) : 0,
    );
  return amountCents - total((milestone) => staying(milestone, year));
}

const isHandedIn = ({ state }: RecordOf<"milestone">) =>
  state === "evidence_submitted" || state === "verified";

function staying(milestone: RecordOf<"milestone">, year: number): number {
  const { state, amountCents, acceptedCents, submittedOn } = milestone;
  if (isHandedIn(milestone)) return Number(submittedOn?.slice(0, 4)) <= year ? amountCents : 0;
  return state === "planned" || state === "cancelled" || state === "rejected" ? 0 : acceptedCents;
}
