/** Random moves of everybody who touches money, honest and not, for the property tests of rules 4 to 9. */
import fc from "fast-check";
import { addDays } from "../../protocol/days";
import type { Actor, Role } from "../../protocol/primitives";
import type { RecordOf, RecordType } from "../../protocol/records";
import { openObjectionsTo } from "../../protocol/records/money";
import type { TransactionName } from "../../protocol/transactions";
import type { City, Input } from "./city";
import { act } from "./founding-inputs";
import { digest } from "./keys";
import { people, person, torino } from "./people";
import { leftOver } from "./year-story";

/** Numbers a move is made of: what, by whom, on what, how much. */
export interface Draw {
  move: number;
  who: number;
  target: number;
  cents: number;
}
export interface Move {
  actor: Actor;
  name: TransactionName;
  input: object;
}

/** Sums that sit on the edges as well as anywhere. */
const cents = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 1_200_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1, 0.5, 2 ** 53, Number.MAX_SAFE_INTEGER, 600_000) },
);
export const draw: fc.Arbitrary<Draw> = fc.record({
  move: fc.nat(9999),
  who: fc.nat(99),
  target: fc.nat(99),
  cents,
});
/** Draws that are simulated on one state and then committed one after the other. */
export const blocks = fc.array(fc.array(draw, { minLength: 1, maxLength: 4 }), {
  minLength: 60,
  maxLength: 120,
});

const organisationOf = { resident: "Case", coordinator: "Case" } as const;
/** Who may act: the person of the story, another of the same role, and one person with every certificate there is. */
function actorFor(role: Role, story: Actor, who: number): Actor {
  const organisation = role === "resident" || role === "coordinator" ? organisationOf[role] : "Comune";
  const second = person(`second-${role.replaceAll("_", "-")}`, role, organisation);
  const manyHats = person("many-hats", role, organisation);
  const proponent = person(people.resident.person, role, organisation);
  return [story, story, story, second, manyHats, manyHats, proponent][who % 7] ?? story;
}

type Maker = (city: City, drawn: Draw, id: string) => Move | undefined;

const move =
  <T extends TransactionName>(
    role: Role,
    story: Actor,
    name: T,
    input: (city: City, drawn: Draw, id: string) => Input<T> | undefined,
  ): Maker =>
  (city, drawn, id) => {
    const made = input(city, drawn, id);
    return made && { actor: actorFor(role, story, drawn.who), name, input: made };
  };

/** The ids of the records of a type in one of these states, or of all. */
function pick<T extends RecordType>(
  city: City,
  type: T,
  target: number,
  ...states: string[]
): string | undefined {
  const all = city.state.all<RecordOf<T> & { id: string; state?: string }>(torino, type);
  const fitting = all.filter(({ state }) => state !== undefined && states.includes(state));
  // Now and then anything, whatever its state: those are to be refused.
  const from = states.length === 0 || target % 10 === 0 || fitting.length === 0 ? all : fitting;
  return from[target % Math.max(1, from.length)]?.id;
}

const { resident, coordinator, officer, accountant, secondAccountant, treasurer } = people;
const milestoneMove = <T extends "milestones:verify" | "milestones:returnEvidence">(
  name: T,
  more: Omit<Input<T>, "id">,
): Maker =>
  move("coordinator", coordinator, name, (city, { target }) => {
    const id = pick(city, "milestone", target, "evidence_submitted");
    return id === undefined ? undefined : ({ id, ...more } as Input<T>);
  });
const paymentMove = (
  name: TransactionName,
  role: Role,
  story: Actor,
  states: string[],
  more: (drawn: Draw, city: City) => object,
): Maker =>
  move(role, story, name, (city, drawn) => {
    const id = pick(city, "payment", drawn.target, ...states);
    return id && ({ id, ...more(drawn, city) } as never);
  });
const dayOf = (city: City) => city.record("day", "day").day;
const yearOf = (city: City) => Number(dayOf(city).slice(0, 4));
const actOfToday = (city: City, number: string) => act(number, "determina", dayOf(city));
const outcome = ({ cents, target }: Draw, city: City) => ({
  reference: `CRO ${cents} ${target}`,
  on: dayOf(city),
  documentHash: digest(`receipt ${cents} ${target}`),
});

/** The chain's day goes on to the first days of the next year. */
export function turnOfYear(city: City): Move {
  const day = `${yearOf(city) + 1}-01-07`;
  return { actor: people.service, name: "municipality:advanceDay", input: { day } };
}

/** What a commitment has left goes to a line of this year, or to one that is opened; now and then to the wrong one. */
const carryOver = move("accountant", accountant, "funds:carryOver", (city, { target, cents }, id) => {
  const commitment = pick(city, "commitment", target);
  if (commitment === undefined) return undefined;
  const lines = city.state.all<RecordOf<"budget_line">>(torino, "budget_line");
  const ofYear = lines.filter(({ year }) => year === yearOf(city));
  const line = (target % 9 === 0 ? lines : ofYear)[target % Math.max(1, ofYear.length)];
  return {
    ...{
      id: `commitment-${id}`,
      commitment,
      amountCents: target % 8 === 0 ? cents : leftOver(city, commitment),
    },
    ...(line && target % 3 > 0
      ? { line: line.id }
      : { line: `line-${id}`, name: "Beni comuni", year: yearOf(city) }),
    act: actOfToday(city, "riaccertamento"),
  };
});

/** What nothing plans, or what was accepted and never asked for, is given back; now and then more than that. */
const release = move("responsible_officer", officer, "funds:release", (city, { target, cents }) => {
  const authority = { reasonDigest: digest("why"), act: actOfToday(city, "release") };
  const unasked = city.state
    .all<RecordOf<"milestone">>(torino, "milestone")
    .filter(({ acceptedCents, requestedCents }) => acceptedCents > requestedCents);
  const of = unasked[target % Math.max(1, unasked.length)];
  if (of && target % 2 === 0) {
    const free = of.acceptedCents - of.requestedCents;
    const amountCents = target % 5 === 0 ? cents : Math.ceil(free / (1 + (target % 3)));
    return { commitment: of.commitment, milestone: of.id, amountCents, ...authority };
  }
  const commitment = pick(city, "commitment", target);
  if (commitment === undefined) return undefined;
  const { amountCents, plannedCents } = city.record("commitment", commitment);
  return { commitment, amountCents: target % 5 === 0 ? cents : amountCents - plannedCents, ...authority };
});

const makers: [weight: number, make: Maker][] = [
  [
    2,
    move("responsible_officer", officer, "funds:commit", (city, { cents, target }, id) => ({
      id: `commitment-${id}`,
      line:
        target % 4 === 1
          ? (pick(city, "budget_line", target) ?? "line-2026")
          : target % 3 === 0
            ? "line-small"
            : "line-2026",
      pact: "pact-garden",
      beneficiary: "garden-friends",
      payee: target % 2 === 0 ? "builders" : "garden-friends",
      type: target % 2 === 0 ? ("direct_works" as const) : ("contribution" as const),
      amountCents: cents,
      cup: "C11B26000000001",
      cig: "Z123456789",
      act: actOfToday(city, "commitment"),
      grantAct: actOfToday(city, "grant"),
      fictional: true,
    })),
  ],
  [
    1,
    move("responsible_officer", officer, "funds:changeBudget", (_, { cents, target }) => ({
      id: target % 2 === 0 ? "line-small" : "line-2026",
      budgetCents: cents * (1 + (target % 4)),
      act: act("budget"),
    })),
  ],
  [
    3,
    move("coordinator", coordinator, "funds:planMilestones", (city, { cents, target }, id) => {
      const commitment = pick(city, "commitment", target);
      const parts = [cents, Math.max(1, Math.floor(cents / 3))].slice(0, 1 + (target % 2));
      return commitment === undefined
        ? undefined
        : {
            commitment,
            milestones: parts.map((amountCents, part) => ({
              id: `milestone-${id}-${part}`,
              dueOn: addDays(dayOf(city), 60),
              amountCents,
              digest: digest("m"),
            })),
            reports:
              target % 7 === 0
                ? [{ id: `report-${id}`, kind: "annual" as const, dueOn: addDays(dayOf(city), 4) }]
                : [],
          };
    }),
  ],
  [
    2,
    move("responsible_officer", officer, "funds:publishGrant", (city, { target }) => {
      const commitment = pick(city, "commitment", target);
      return commitment === undefined ? undefined : { commitment, digest: digest("row") };
    }),
  ],
  [
    4,
    move("resident", resident, "milestones:submitEvidence", (city, { target }) => {
      const id = pick(city, "milestone", target, "planned");
      return id === undefined ? undefined : { id, evidence: [digest(`photo ${target}`)] };
    }),
  ],
  [4, milestoneMove("milestones:verify", { reportHash: digest("visit") })],
  [1, milestoneMove("milestones:returnEvidence", { reasonDigest: digest("why") })],
  [
    5,
    move("responsible_officer", officer, "milestones:accept", (city, { target, cents }) => {
      const id = pick(city, "milestone", target, "verified");
      if (id === undefined) return undefined;
      const { amountCents } = city.record("milestone", id);
      return { id, acceptedCents: target % 3 === 0 ? cents : amountCents, reasonDigest: digest("why") };
    }),
  ],
  [
    1,
    move("responsible_officer", officer, "milestones:reject", (city, { target }) => {
      const id = pick(city, "milestone", target, "verified");
      return id === undefined ? undefined : { id, reasonDigest: digest("why") };
    }),
  ],
  [
    1,
    move("resident", people.neighbour, "milestones:object", (city, { target }, id) => {
      const milestone = pick(city, "milestone", target, "verified");
      return milestone === undefined
        ? undefined
        : { id: `objection-${id}`, milestone, digest: digest("why") };
    }),
  ],
  [
    2,
    move("guarantor", people.guarantor, "milestones:decideObjection", (city, { target }) => {
      const id = pick(city, "milestone", target, "verified");
      const [open] = id === undefined ? [] : openObjectionsTo(city.record("milestone", id));
      return id === undefined || !open
        ? undefined
        : { id, objection: open.id, upheld: target % 2 === 0, digest: digest("because") };
    }),
  ],
  [
    6,
    move("resident", resident, "payments:request", (city, { target, cents }, id) => {
      const milestone = pick(city, "milestone", target, "accepted", "partially_accepted");
      if (milestone === undefined) return undefined;
      const { acceptedCents, requestedCents } = city.record("milestone", milestone);
      const rest = Math.ceil((acceptedCents - requestedCents) / (1 + (target % 2)));
      return { id: `payment-${id}`, milestone, amountCents: target % 3 === 0 ? cents : rest };
    }),
  ],
  [3, paymentMove("payments:check", "responsible_officer", officer, ["requested"], () => ({}))],
  [
    4,
    paymentMove("payments:reduce", "responsible_officer", officer, ["requested", "checked"], ({ cents }) => ({
      amountCents: cents % 50_000,
      reasonDigest: digest("less"),
    })),
  ],
  [
    3,
    paymentMove("payments:liquidate", "accountant", accountant, ["checked"], (_, city) => ({
      act: actOfToday(city, "liquidation"),
    })),
  ],
  [
    4,
    paymentMove("payments:order", "accountant", secondAccountant, ["liquidated"], ({ cents }) => ({
      orderNumber: String(cents),
    })),
  ],
  [3, paymentMove("payments:recordPaid", "treasurer", treasurer, ["ordered"], outcome)],
  [2, paymentMove("payments:recordReturned", "treasurer", treasurer, ["ordered"], outcome)],
  [
    3,
    paymentMove("payments:recover", "treasurer", treasurer, ["paid"], (drawn) => ({
      amountCents: drawn.target % 2 === 0 ? drawn.cents : drawn.cents % 100_000,
      reference: "R",
      documentHash: digest("r"),
    })),
  ],
  [
    1,
    move("resident", resident, "reports:submit", (city, { target }) => {
      const id = pick(city, "report", target);
      return id === undefined ? undefined : { id, digest: digest("report") };
    }),
  ],
  [
    4,
    (city) => ({
      actor: people.service,
      name: "municipality:advanceDay",
      input: { day: addDays(dayOf(city), 3) },
    }),
  ],
  [1, (city, { target }) => (target % 3 === 0 ? turnOfYear(city) : undefined)],
  [4, carryOver],
  [2, release],
];
const bag = makers.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));

/** The move a draw stands for, on the state as it is. `id` names what it makes. */
export function moveOf(city: City, drawn: Draw, id: string): Move | undefined {
  return bag[drawn.move % bag.length]?.(city, drawn, id);
}
