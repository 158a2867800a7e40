/** Tries every transaction in every state that a story comes by, and goes on from each state that is new. */

import { addDays } from "../../protocol/days";
import { type ErrorCode, RuleError } from "../../protocol/errors";
import { type Actor, type Role, roleOrganisations, roles } from "../../protocol/primitives";
import type { RecordOf, RecordType } from "../../protocol/records";
import { type TransactionName, transactions } from "../../protocol/transactions";
import { recordStates, stateOf } from "../../protocol/workflow/states";
import { type Move, NEW } from "../../protocol/workflow/step";
import { transactionNames, workflow } from "../../protocol/workflow/table";
import { City, type Input } from "./city";
import { inputs, newRegistrarKey } from "./inputs";
import { people, torino } from "./people";

/** What became of one transaction by somebody of one role, with the states of the records it is about. */
export interface Trial {
  name: TransactionName;
  role: Role;
  /** By type, of the record it was tried on and of those behind it. */
  states: { readonly [T in RecordType]?: string };
  /** Why it was refused to each organisation that gives the role; empty where it was accepted. */
  refusals: ErrorCode[];
}

/** What the table has against a step in these states. */
export function movesAgainst({ name, states }: Pick<Trial, "name" | "states">): Move[] {
  const { moves, asks } = workflow[name];
  return [...moves, ...asks].filter(({ record, which, unless, from }) => {
    const state = states[record];
    const isAsked = which === undefined && unless === undefined && !from.includes(NEW);
    return isAsked && state !== undefined && !from.includes(state);
  });
}

/** Types whose records go through several states. */
const withStates = (Object.keys(recordStates) as RecordType[]).filter(
  (type) => recordStates[type].length > 1,
);

/** Tries everything on the cities given and on those they lead to, until no record is in a state not seen before. */
export async function explore(stories: readonly City[]): Promise<Trial[]> {
  const explorer = new Explorer();
  const queue = [...stories];
  for (let city = queue.shift(); city; city = queue.shift())
    for (const name of transactionNames)
      for (const target of targetsOf(city, name)) queue.push(...(await explorer.tryStep(city, name, target)));
  return explorer.trials;
}

class Explorer {
  readonly trials: Trial[] = [];
  readonly #seen = new Set<string>();
  /** A role that was let through in some states, or is never let through, is not tried in them again. */
  readonly #settled = new Set<string>();

  /** Tries a step as each role. @returns the cities that it leads to and in which something is in a new state */
  async tryStep(city: City, name: TransactionName, target: string): Promise<City[]> {
    const allowed: readonly Role[] = transactions[name].roles;
    const states = statesAround(city, name, target);
    const led: City[] = [];
    for (const role of roles) {
      const key = `${name} ${role} ${JSON.stringify(states)}`;
      if (this.#settled.has(key)) continue;
      const outcomes = await attempt(city, name, target, role);
      if (outcomes.length === 0) continue;
      const accepted = outcomes.find((outcome) => outcome instanceof City);
      const refusals = outcomes.flatMap((outcome) => (outcome instanceof City ? [] : outcome.code));
      this.trials.push({ name, role, states, refusals: accepted ? [] : refusals });
      if (accepted || !allowed.includes(role)) this.#settled.add(key);
      if (accepted && this.#isNew(accepted)) led.push(accepted);
    }
    return led;
  }

  #isNew(city: City): boolean {
    const news = statesIn(city).filter((state) => !this.#seen.has(state));
    for (const state of news) this.#seen.add(state);
    return news.length > 0;
  }
}

type Outcome = City | Pick<RuleError, "code" | "params">;

/** As each of those who may try, until one is let through. Nothing where there is no input. */
async function attempt(city: City, name: TransactionName, target: string, role: Role): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const actor of actorsOf(name, role)) {
    const outcome = await onItsDay(city, name, target, actor);
    if (!outcome) return [];
    outcomes.push(outcome);
    if (outcome instanceof City) break;
  }
  return outcomes;
}

/** Tries a step, and again on the day that its refusal names: the first one, or the day after a last one. */
async function onItsDay(
  city: City,
  name: TransactionName,
  target: string,
  actor: Actor,
): Promise<Outcome | undefined> {
  let outcome = await submit(city, name, target, actor);
  for (const after of [0, 1]) {
    if (!outcome || outcome instanceof City || !mustWait.includes(outcome.code)) return outcome;
    const day = addDays(String(outcome.params.day), after);
    const later = copy(city);
    if (day > later.record("day", "day").day)
      await later.submit(people.service, "municipality:advanceDay", { day });
    outcome = await submit(later, name, target, actor);
  }
  return outcome;
}

const mustWait: readonly ErrorCode[] = ["too_early", "challenge_window_open", "year_not_over"];

/** So that no two tries make a record of one id. */
let submitted = 0;

async function submit(
  city: City,
  name: TransactionName,
  target: string,
  actor: Actor,
): Promise<Outcome | undefined> {
  const after = copy(city);
  submitted += 1;
  const input = inputs[name]?.make({
    city: after,
    id: target,
    fresh: `fresh-${submitted}`,
    role: actor.role,
  });
  if (!input) return undefined;
  try {
    await after.submit(actor, name, input as Input<typeof name>);
    return after;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return error;
  }
}

/** Who tries a step: residents who represent somebody; in office somebody of each organisation who takes no other step. */
function actorsOf(name: TransactionName, role: Role): Actor[] {
  if (role === "resident") return [people.resident, people.neighbour];
  const person = `${role.replaceAll("_", "-")}-${name.replace(":", "-").toLowerCase()}`;
  return roleOrganisations[role].map((organisation) => ({
    ...{ person, role, organisation, municipality: torino },
  }));
}

function copy(city: City): City {
  const later = new City(city.state.clone());
  later.certificateKey = newRegistrarKey.publicKey;
  later.now = Date.parse("2032-01-01T10:00:00Z");
  return later;
}

/** The records that a step can be tried on. */
export function targetsOf(city: City, name: TransactionName): string[] {
  const maker = inputs[name];
  if (!maker) return [];
  const { on } = maker;
  if (on === undefined) return ["none"];
  return city.state.all<{ id: string }>(torino, on).map(({ id }) => id);
}

/** Every state that some record of a city is in. */
function statesIn(city: City): string[] {
  return withStates.flatMap((type) =>
    city.state.all<RecordOf<typeof type>>(torino, type).map((record) => `${type} ${stateOf(type, record)}`),
  );
}

/** The states of the record a step is tried on and of those it names, as far as the table has to do with them. */
export function statesAround(city: City, name: TransactionName, target: string): Trial["states"] {
  const on = inputs[name]?.on;
  const { moves, asks } = workflow[name];
  const types = new Set(
    [...moves, ...asks].map(({ record }) => record).filter((type) => withStates.includes(type)),
  );
  const chain = on ? behind(city, on, target) : new Map<RecordType, string>();
  return Object.fromEntries(
    [...types].flatMap((type) => {
      const state = chain.get(type);
      return state === undefined ? [] : [[type, state]];
    }),
  );
}

/** A record's state and those of the records it rests on. */
function behind(city: City, type: RecordType, id: string): Map<RecordType, string> {
  const states = new Map<RecordType, string>();
  const visit = (of: RecordType, ...parts: string[]) => {
    const record = city.state.get<RecordOf<RecordType>>([torino, of, ...parts]);
    if (!record || states.has(of)) return;
    states.set(of, stateOf(of, record as never));
    const members = record as Partial<Record<string, unknown>>;
    for (const next of ["payment", "milestone", "commitment", "pact", "proposal", "round"] as const)
      if (typeof members[next] === "string") visit(next, members[next]);
  };
  visit(type, id);
  return states;
}
