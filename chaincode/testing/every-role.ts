/** Steps tried by every role of every organisation, in every state that a story comes by, against the workflow table. */
import { beforeAll, describe, expect, test } from "vitest";
import { type ErrorCode, RuleError } from "../../protocol/errors";
import { type Actor, type Role, roleOrganisations, roles } from "../../protocol/primitives";
import { type TransactionName, transactions } from "../../protocol/transactions";
import type { City } from "./city";

type Stage = (city: City) => Promise<void>;

interface Trials<N extends TransactionName, S> {
  readonly stages: readonly Stage[];
  /** The city as it stands after a stage, ready for the step. */
  readonly cityAfter: (stage: Stage, name: N) => Promise<City>;
  readonly actorOf: (role: Role, organisation: Actor["organisation"]) => Actor;
  readonly statesIn: (city: City) => S;
  /** A right input of the step by somebody, as the city stands. */
  readonly inputOf: (name: N, city: City, actor: Actor) => object | Promise<object>;
  /** What the table has against a step in these states, as codes. */
  readonly against: (name: N, states: S) => readonly ErrorCode[];
  /** Refusals of what the table allows: a rule beside it stands in the way in some of the states. */
  readonly besideTheTable: { readonly [K in N]?: readonly ErrorCode[] };
}

interface Tried<S> {
  readonly role: Role;
  readonly states: S;
  readonly outcome: ErrorCode | "accepted";
}

/** Defines the tests of each step. */
export function testEveryRole<N extends TransactionName, S>(names: readonly N[], trials: Trials<N, S>): void {
  describe.each(names)("%s", (name) => {
    const allowed: readonly Role[] = transactions[name].roles;
    const beside: readonly ErrorCode[] = trials.besideTheTable[name] ?? [];
    let tried: Tried<S>[] = [];

    beforeAll(async () => {
      tried = [];
      for (const stage of trials.stages) tried.push(...(await tryOut(trials, stage, name)));
    });

    test("is for its own roles alone, in every state", () => {
      const others = tried.filter(({ role }) => !allowed.includes(role));
      expect(others.length).toBeGreaterThan(50);
      expect([...new Set(others.map(({ outcome }) => outcome))]).toEqual(["wrong_role"]);
    });

    test("is refused with the table's code wherever the table does not have it", () => {
      for (const { role, states, outcome } of tried) {
        const named = trials.against(name, states);
        if (!allowed.includes(role) || named.length === 0) continue;
        expect(named, `${role} ${JSON.stringify(states)}`).toContain(outcome);
      }
    });

    test("is accepted where the table has it, or a rule beside the table says why not", () => {
      const here = tried.filter(
        ({ role, states }) => allowed.includes(role) && trials.against(name, states).length === 0,
      );
      const refused = here.filter(({ outcome }) => outcome !== "accepted");
      expect(here.length).toBeGreaterThan(refused.length);
      for (const { role, states, outcome } of refused)
        expect(beside, `${role} ${JSON.stringify(states)}`).toContain(outcome);
    });
  });
}

async function tryOut<N extends TransactionName, S>(
  { cityAfter, actorOf, statesIn, inputOf }: Trials<N, S>,
  stage: Stage,
  name: N,
): Promise<Tried<S>[]> {
  const tried: Tried<S>[] = [];
  for (const role of roles)
    for (const organisation of roleOrganisations[role]) {
      const city = await cityAfter(stage, name);
      const actor = actorOf(role, organisation);
      const states = statesIn(city);
      const input = await inputOf(name, city, actor);
      tried.push({ role, states, outcome: await outcomeOf(city, actor, name, input) });
    }
  return tried;
}

async function outcomeOf(
  city: City,
  actor: Actor,
  name: TransactionName,
  input: object,
): Promise<ErrorCode | "accepted"> {
  try {
    await city.simulate(actor, name, input as never);
    return "accepted";
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return error.code;
  }
}
