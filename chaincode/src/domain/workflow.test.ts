import { beforeAll, describe, expect, test, vi } from "vitest";
import type { ErrorCode } from "../../../protocol/errors";
import { type Role, roleOrganisations, roles } from "../../../protocol/primitives";
import type { RecordType } from "../../../protocol/records";
import { type TransactionName, transactions } from "../../../protocol/transactions";
import { recordStates } from "../../../protocol/workflow/states";
import { NEW } from "../../../protocol/workflow/step";
import { moveOf, transactionNames } from "../../../protocol/workflow/table";
import { City } from "../../testing/city";
import { explore, movesAgainst, type Trial } from "../../testing/explorer";
import { inputs } from "../../testing/inputs";
import { digest } from "../../testing/keys";
import {
  commitment,
  plan,
  withAccepted,
  withActive,
  withOrdered,
  withRenewed,
} from "../../testing/pact-story";
import { people, person } from "../../testing/people";
import { withRivalsFinal } from "../../testing/rival-story";
import { score, withAssessment, withFinal } from "../../testing/story";
import { Witness } from "../../testing/witness";

vi.setConfig({ hookTimeout: 300_000 });

/** Stories that come by every state, or by one from which a step leads to it. */
const stories: ((teller: Witness) => Promise<void>)[] = [
  (teller) => withFinal(teller, ["garden", "library"]),
  withOrdered,
  withRivalsFinal,
  withRenewed,
  async (teller) => {
    await withAccepted(teller);
    const ending = { id: "pact-garden", reasonDigest: digest("reason") };
    await teller.submit(people.officer, "pacts:terminate", ending);
  },
  async (teller) => {
    await withActive(teller);
    const id = "commitment-1-m1";
    await teller.submit(people.officer, "funds:commit", commitment());
    await teller.submit(people.officer, "funds:planMilestones", plan([600_000]));
    await teller.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo")] });
    await teller.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
    await teller.submit(people.neighbour, "milestones:object", {
      ...{ id: "objection-1", milestone: id, digest: digest("why") },
    });
  },
  async (teller) => {
    await withAssessment(teller);
    for (const assessor of [people.assessor, people.secondAssessor])
      await teller.submit(assessor, "proposals:score", score("garden", 0, 0));
  },
];

let trials: Trial[] = [];
beforeAll(async () => {
  const cities: City[] = [];
  for (const story of stories) {
    const witness = new Witness(await City.founded());
    await story(witness);
    cities.push(...witness.seen.map(({ state }) => new City(state)), witness.city);
  }
  trials = await explore(cities);
});

/** Refusals of what the table allows and the story's people cannot do: a rule beside the table stops all of them. */
const besideTheTable: { readonly [T in TransactionName]?: ErrorCode } = {
  // Each organisation attests once, and a pact is signed by its parties.
  "rounds:attest": "already_attested",
  "pacts:sign": "not_a_party",
  "milestones:countersign": "same_organisation",
  // Ballots that one transaction does not hold have their own tests.
  "rounds:place": "already_exists",
  "rounds:release": "not_found",
};

const told = transactionNames.filter((name) => inputs[name] !== undefined);

// What founding, offices, passkeys and recovery refuse beyond this is tried with acts, in a municipality that is founded.
test.each(transactionNames.filter((name) => !told.includes(name)))(
  "%s is for its own roles alone",
  async (name) => {
    const city = await City.founded();
    const allowed: readonly Role[] = transactions[name].roles;
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      const [organisation = "Comune"] = roleOrganisations[role];
      const code = await city.refusal(person("somebody", role, organisation), name, {} as never);
      expect(code, role).toBe("wrong_role");
    }
  },
);

describe.each(told)("%s", (name) => {
  const allowed: readonly Role[] = transactions[name].roles;
  const of = (role: Role) => trials.filter((trial) => trial.name === name && trial.role === role);

  test("is refused to every other role, whatever state its record is in", () => {
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      const codes = of(role).map(({ refusals }) => [...new Set(refusals)].join());
      expect([...new Set(codes)], role).toEqual(["wrong_role"]);
    }
  });

  test("is refused, with the code that the table names, in every state in which it does not stand there", () => {
    const blocked = allowed.flatMap(of).filter((trial) => movesAgainst(trial).length > 0);
    for (const trial of blocked) {
      const named = movesAgainst(trial).map(({ refusal }) => refusal);
      const what = `${trial.role} ${JSON.stringify(trial.states)}: ${trial.refusals.join() || "accepted"}`;
      expect(
        trial.refusals.some((code) => named.includes(code)),
        what,
      ).toBe(true);
    }
  });

  test("is accepted from each of its roles in each of its states, or a rule beside the table says why not", () => {
    for (const role of allowed)
      for (const state of statesToTry(name)) {
        const here = of(role).filter(({ states }) => state === undefined || states[onOf(name)] === state);
        const accepted = here.some(({ refusals }) => refusals.length === 0);
        const beside = here.some(({ refusals }) => refusals.some((code) => code === besideTheTable[name]));
        expect(accepted || beside, `${role} ${state}: ${here.flatMap(({ refusals }) => refusals)}`).toBe(
          true,
        );
      }
  });
});

test("every state was come by", () => {
  // Of these each person has one of their own: no step is tried on somebody else's.
  const personal: readonly RecordType[] = ["adhesion", "assessment"];
  // Those of sealed rounds have tests of their own, as the register and papers have.
  const ofRegister: readonly RecordType[] = [
    "official",
    "office",
    "passkey",
    "recovery",
    "paper",
    "sealing",
    "station",
    "voucher",
    "sheets",
  ];
  const come = new Set(
    trials.flatMap(({ states }) => Object.entries(states).map((entry) => entry.join(" "))),
  );
  const missing = (Object.keys(recordStates) as RecordType[])
    .filter((type) => recordStates[type].length > 1 && ![...personal, ...ofRegister].includes(type))
    .flatMap((type) => recordStates[type].map((state) => `${type} ${state}`))
    .filter((state) => !come.has(state));
  expect(missing).toEqual([]);
});

/** The type of record that a step is tried on. */
function onOf(name: TransactionName): RecordType {
  return inputs[name]?.on ?? "day";
}

/** The states of that record in which the table has the step; none in particular where they do not matter. */
function statesToTry(name: TransactionName): (string | undefined)[] {
  const move = moveOf(name, onOf(name));
  const matters = move && !move.from.includes(NEW) && recordStates[onOf(name)].length > 1;
  return matters ? [...move.from] : [undefined];
}
