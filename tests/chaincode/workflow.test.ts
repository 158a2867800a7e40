/** Each step of the story through the gateway, tried before by every role it is not for and after by whoever took it. */
import "reflect-metadata";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Input, Teller } from "@/chaincode/testing/city";
import type { RegistrarKey } from "@/chaincode/testing/keys";
import { withOrdered } from "@/chaincode/testing/pact-story";
import { person } from "@/chaincode/testing/people";
import { signers } from "@/chaincode/testing/register";
import { submissionOf } from "@/protocol/acts/roles";
import { type Actor, type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { NEW } from "@/protocol/workflow/step";
import { workflow } from "@/protocol/workflow/table";
import { LedgerCity } from "./ledger-city";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Somebody of each role who is not in the story: in office with a key, vouched for, or a program. */
const others = roles.map((role) => {
  const [organisation = "Comune"] = roleOrganisations[role];
  return person(`other-${role.replaceAll("_", "-")}`, role, organisation);
});

/** Tells a story to a ledger, and tries at each step what must not be done. */
class Trying implements Teller {
  readonly wrongRoles: string[] = [];
  readonly again: string[] = [];
  readonly tried = new Set<TransactionName>();
  constructor(private readonly city: LedgerCity) {}

  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<unknown> {
    if (!this.tried.has(name)) await this.#others(name, input);
    this.tried.add(name);
    const answer = await this.city.submit(actor, name, input);
    // What leaves its record's state behind cannot be done a second time.
    const [move] = workflow[name].moves;
    if (
      move &&
      !move.from.includes(NEW) &&
      move.to.length > 0 &&
      !move.mayStay &&
      !move.to.some((to) => move.from.includes(to))
    ) {
      const { code } = await this.city.refused(actor, name, input);
      if (code !== move.refusal) this.again.push(`${name}: ${code}`);
    }
    return answer;
  }

  async #others<T extends TransactionName>(name: T, input: Input<T>): Promise<void> {
    const allowed: readonly Role[] = transactions[name].roles;
    const wrong = roles.filter((role) => !allowed.includes(role));
    // The first time that a step is told; every-state.test.ts tries it in every state.
    for (const other of others.filter(({ role }) => wrong.includes(role))) {
      const { code } = await this.city.refused(other, name, input);
      if (code !== "wrong_role") this.wrongRoles.push(`${other.role} ${name}: ${code}`);
    }
  }

  advanceTo(day: string): Promise<unknown> {
    return this.city.advanceTo(day);
  }
  holdsKey(actor: Actor, key: RegistrarKey): void {
    this.city.holdsKey(actor, key);
  }
}

let city: LedgerCity;
let trying: Trying;
beforeAll(async () => {
  city = await LedgerCity.founded([...signers, ...others.filter(({ role }) => submissionOf(role) === "act")]);
  trying = new Trying(city);
  await withOrdered(trying);
});
afterAll(() => city?.close());

test("no step of the story is another role's, whoever signs or carries it", () => {
  expect(trying.tried.size).toBeGreaterThan(30);
  expect(trying.wrongRoles).toEqual([]);
});

test("a step that has moved its record is refused a second time, as the table says", () => {
  expect(trying.again).toEqual([]);
});
