import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { RuleError } from "../../../protocol/errors";
import { type Actor, type Organisation, roleOrganisations, roles } from "../../../protocol/primitives";
import { type TransactionName, transactions } from "../../../protocol/transactions";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { withOrdered } from "../../testing/pact-story";
import { people, smallComune, torino } from "../../testing/people";
import { storyFounding } from "../../testing/register";
import { type Step, Witness } from "../../testing/witness";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const organisations: readonly Organisation[] = ["Comune", "Case", "Garanti"];
let story: Step[] = [];
/** Each step of the whole story, from the municipality to the treasury, with the state in which it was right. */
beforeAll(async () => {
  const witness = new Witness(new City());
  await witness.submit(people.service, "municipality:found", storyFounding());
  await withOrdered(witness);
  const outcome = { reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
  await witness.submit(people.treasurer, "payments:recordPaid", { id: "payment-1", ...outcome });
  story = witness.seen;
});

describe("whoever acts", () => {
  test("no role does what is another's, in any step of the story", async () => {
    for (const step of story) {
      const allowed: readonly string[] = transactions[step.name].roles;
      for (const role of roles.filter((one) => !allowed.includes(one)))
        for (const organisation of roleOrganisations[role])
          expect(await refusal(step, { ...step.actor, role, organisation }), `${role} ${step.name}`).toBe(
            "wrong_role",
          );
    }
  });

  test("no organisation gives a role that is another's", async () => {
    for (const step of story) {
      const giving: readonly Organisation[] = roleOrganisations[step.actor.role];
      for (const organisation of organisations.filter((one) => !giving.includes(one)))
        expect(await refusal(step, { ...step.actor, organisation }), `${organisation} ${step.name}`).toBe(
          "wrong_organisation",
        );
    }
  });

  test("nobody of one municipality writes in another, nor takes its records there", async () => {
    for (const step of story) {
      const stranger = { ...step.actor, municipality: smallComune };
      expect(await refusal(step, stranger), step.name).toBe("wrong_municipality");
      if (step.name === "municipality:found") continue;
      // Their own municipality has a day: what stops them is that nothing of Torino's is there.
      const elsewhere = await refusal(await withNeighbour(step), stranger, { municipality: smallComune });
      expect(nothingThere(step.name), step.name).toContain(elsewhere);
    }
  });

  test("what is signed for a subject is signed by its representative alone", async () => {
    const own: TransactionName[] = ["milestones:submitEvidence", "payments:request", "pacts:sign"];
    const steps = story.filter(({ name, actor }) => own.includes(name) && actor.role === "resident");
    expect(steps.length).toBeGreaterThanOrEqual(own.length);
    for (const step of steps)
      expect(await refusal(step, people.neighbour), step.name).toMatch(/^(not_representative|not_a_party)$/);
  });
});

describe("rule 5, by person", () => {
  const three = [people.resident, people.coordinator];
  const after: TransactionName[] = [
    ...(["milestones:accept", "payments:check", "payments:liquidate", "payments:order"] as const),
    "payments:recordPaid",
  ];

  test("whoever submitted the evidence does not verify it, whatever else they are", async () => {
    const verify = stepOf("milestones:verify");
    expect(await refusal(verify, { ...verify.actor, person: people.resident.person })).toBe("same_person");
  });

  test.each(after)("whoever submitted or verified does not do %s", async (name) => {
    const step = stepOf(name);
    for (const { person } of three)
      expect(await refusal(step, { ...step.actor, person }), person).toBe("same_person");
  });

  test("whoever ordered a payment does not record what the treasury did", async () => {
    const step = stepOf("payments:recordPaid");
    expect(await refusal(step, { ...step.actor, person: people.secondAccountant.person })).toBe(
      "same_person",
    );
  });

  test("nobody signs a pact for two sides", async () => {
    const signatures = story.filter(({ name }) => name === "pacts:sign");
    const [first, second] = signatures;
    if (!first || !second) throw new Error("a pact has two sides");
    expect(await refusal(second, { ...second.actor, person: first.actor.person })).toMatch(
      /^(same_person|not_a_party)$/,
    );
  });
});

test("every step of the story is right as it was told", async () => {
  for (const step of story) expect(await refusal(step, step.actor), step.name).toBe("accepted");
});

/** The code a step is refused with when somebody else takes it, in the state in which it was right; nothing is written. */
async function refusal(step: Step, actor: Actor, changes: object = {}): Promise<string> {
  const city = new City(step.state.clone());
  city.certificateKey = step.key;
  const argument = JSON.stringify({
    ...{ command: randomUUID(), municipality: torino },
    ...step.input,
    ...changes,
  });
  const simulation = city.state.simulate();
  try {
    await city.simulateText(actor, step.name, argument, simulation);
    return "accepted";
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    expect(simulation.writes.size).toBe(0);
    return error.code;
  }
}

/** The step in a world in which the small Comune is founded too. */
async function withNeighbour(step: Step): Promise<Step> {
  const city = new City(step.state.clone());
  const { day } = city.record("day", "day");
  const elsewhere = { ...people.service, municipality: smallComune };
  await city.submit(
    elsewhere,
    "municipality:found",
    storyFounding({}, true, { municipality: smallComune, day }),
  );
  return { ...step, state: city.state };
}

/** What a step of the story meets in a municipality where nothing has happened. */
function nothingThere(name: TransactionName): string[] {
  // These begin something of their own, which another municipality may do under the same names.
  const beginning: TransactionName[] = [
    ...(["municipality:advanceDay", "municipality:registerSigningKey", "subjects:register"] as const),
    ...(["funds:openLine", "subjects:registerPayee", "commons:register"] as const),
    "documents:record",
  ];
  return beginning.includes(name) ? ["accepted"] : ["not_found"];
}

function stepOf(name: TransactionName): Step {
  const found = story.find((step) => step.name === name);
  if (!found) throw new Error(`the story has no ${name}`);
  return found;
}
