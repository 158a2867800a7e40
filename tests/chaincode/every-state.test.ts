/**
 * Each transaction tried through the gateway by every role, in every state that the story comes by, with right inputs
 * made from the workflow table; and in memory beside it, where all stories are explored.
 */
import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Input, Teller } from "@/chaincode/testing/city";
import { movesAgainst, statesAround, type Trial, targetsOf } from "@/chaincode/testing/explorer";
import { inputs, newRegistrarKey } from "@/chaincode/testing/inputs";
import type { RegistrarKey } from "@/chaincode/testing/keys";
import { withOrdered } from "@/chaincode/testing/pact-story";
import { people, person, torino } from "@/chaincode/testing/people";
import { signers } from "@/chaincode/testing/register";
import { submissionOf } from "@/protocol/acts/roles";
import { type ErrorCode, RuleError } from "@/protocol/errors";
import { type Actor, type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { transactionNames } from "@/protocol/workflow/table";
import { LedgerMirror } from "./ledger-mirror";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Somebody of each role and organisation who is not in the story: in office with a key, or a program. */
const others = roles
  .filter((role) => role !== "resident")
  .flatMap((role) =>
    roleOrganisations[role].map((part) =>
      person(`other-${role.replaceAll("_", "-")}-${part.toLowerCase()}`, role, part),
    ),
  );
const ofRole = (role: Role): readonly Actor[] =>
  role === "resident" ? [people.resident] : others.filter((one) => one.role === role);

type Outcome = ErrorCode | "accepted";

interface Tried extends Pick<Trial, "name" | "role" | "states"> {
  readonly outcomes: readonly Outcome[];
}

/** Tells the story to a ledger, and between its steps tries all others there. */
class TryingAll implements Teller {
  readonly tried: Tried[] = [];
  readonly differing: string[] = [];
  readonly #settled = new Set<string>();
  #made = 0;

  constructor(private readonly city: LedgerMirror) {}

  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<unknown> {
    const answer = await this.city.submit(actor, name, input);
    await this.#tryAll();
    return answer;
  }
  async advanceTo(day: string): Promise<void> {
    await this.city.advanceTo(day);
    await this.#tryAll();
  }
  holdsKey(actor: Actor, key: RegistrarKey): void {
    this.city.holdsKey(actor, key);
  }

  async #tryAll(): Promise<void> {
    for (const name of transactionNames)
      for (const target of targetsOf(this.city, name)) {
        const states = statesAround(this.city, name, target);
        const fresh = roles.filter((role) => this.#isNew(name, role, states));
        await Promise.all(fresh.map((role) => this.#try(name, target, role, states)));
      }
  }

  #isNew(name: TransactionName, role: Role, states: Trial["states"]): boolean {
    const key = `${name} ${role} ${JSON.stringify(states)}`;
    const isNew = !this.#settled.has(key);
    this.#settled.add(key);
    return isNew;
  }

  async #try(name: TransactionName, target: string, role: Role, states: Trial["states"]): Promise<void> {
    const outcomes: Outcome[] = [];
    for (const actor of ofRole(role)) {
      const own = this.city.clone();
      own.certificateKey = newRegistrarKey.publicKey;
      this.#made += 1;
      const input = inputs[name]?.make({ city: own, id: target, fresh: `tried-${this.#made}`, role });
      if (!input) return;
      const whole = { command: randomUUID(), municipality: torino, ...input };
      const argument = JSON.stringify(own.carriedBy(actor, name, whole));
      const onLedger = (await own.onLedger(name, argument))?.code ?? "accepted";
      const inMemory = await outcomeOf(own.simulateText(actor, name, argument));
      if (onLedger !== inMemory)
        this.differing.push(`${name} ${role} ${JSON.stringify(states)}: ${onLedger}, not ${inMemory}`);
      outcomes.push(onLedger);
    }
    this.tried.push({ name, role, states, outcomes });
  }
}

async function outcomeOf(attempt: Promise<unknown>): Promise<Outcome> {
  try {
    await attempt;
    return "accepted";
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return error.code;
  }
}

let city: LedgerMirror;
let trying: TryingAll;
beforeAll(async () => {
  city = await LedgerMirror.started([
    ...signers,
    ...others.filter(({ role }) => submissionOf(role) === "act"),
  ]);
  for (const other of others.filter(({ role }) => submissionOf(role) !== "act"))
    city.ledger.holdsKey(other, newRegistrarKey);
  trying = new TryingAll(city);
  await withOrdered(trying);
});
afterAll(() => city?.close());

const allowedTo = ({ name, role }: Tried) => (transactions[name].roles as readonly Role[]).includes(role);
const say = ({ name, role, states, outcomes }: Tried) =>
  `${name} ${role} ${JSON.stringify(states)}: ${outcomes.join()}`;

test("most transactions are tried, by every role, and the steps of the story in several states", () => {
  expect(new Set(trying.tried.map(({ name }) => name)).size).toBeGreaterThan(45);
  expect(new Set(trying.tried.map(({ role }) => role))).toEqual(new Set(roles));
  expect(trying.tried.length).toBeGreaterThan(1_500);
});

test("the ledger says of each what the rules say in memory", () => {
  expect(trying.differing).toEqual([]);
});

test("what is another role's is refused in every state", () => {
  const others = trying.tried.filter((one) => !allowedTo(one));
  const taken = others.filter(({ outcomes }) => outcomes.some((outcome) => outcome !== "wrong_role"));
  expect(taken.map(say)).toEqual([]);
});

test("a step is refused with the code that the table names in every state in which it does not stand there", () => {
  const blocked = trying.tried.filter((one) => allowedTo(one) && movesAgainst(one).length > 0);
  const wrong = blocked.filter((one) => {
    const named: readonly Outcome[] = movesAgainst(one).map(({ refusal }) => refusal);
    return !one.outcomes.some((outcome) => named.includes(outcome));
  });
  expect(blocked.length).toBeGreaterThan(50);
  expect(wrong.map(say)).toEqual([]);
});

test("what the table has is taken from somebody, for most steps", () => {
  const taken = trying.tried.filter(({ outcomes }) => outcomes.includes("accepted"));
  expect(new Set(taken.map(({ name }) => name)).size).toBeGreaterThan(30);
});
