/** The way of one commons from a call to a final vote, in steps a test can stop after. */

import { outcomeText } from "../../protocol/digests";
import type { RecordOf } from "../../protocol/records";
import { canonicalRule, parseRule } from "../../voting/allocation/rule-spec";
import type { Input, Teller } from "./city";
import { act } from "./founding-inputs";
import { digest, RegistrarKey, VoterKey } from "./keys";
import { people } from "./people";

export const criteria = [
  { id: "need", weight: 40 },
  { id: "inclusion", weight: 60 },
];
export const rule = canonicalRule(parseRule({ rule: "greedy" }));

export function line(changes: Partial<Input<"funds:openLine">> = {}): Input<"funds:openLine"> {
  return {
    id: "line-2026",
    fund: "Fondo di prova",
    name: "Beni comuni",
    year: 2026,
    kind: "investment",
    budgetCents: 5_000_000,
    act: act("line"),
    fictional: true,
    ...changes,
  };
}

export function call(changes: Partial<Input<"calls:publish">> = {}): Input<"calls:publish"> {
  return {
    id: "call-2026",
    scopes: ["A", "C"],
    digest: digest("call"),
    opensOn: "2026-01-01",
    closesOn: "2026-01-31",
    criteria,
    threshold: 70,
    rolling: false,
    requiredScores: 2,
    maxCostCents: 5_000_000,
    lines: ["line-2026"],
    act: act("call"),
    ...changes,
  };
}

export function proposal(id: string, costCents = 1_000_000): Input<"proposals:submit"> {
  return {
    id,
    call: "call-2026",
    commons: `commons-${id}`,
    newCommons: { kind: "green_area", digest: digest(`commons ${id}`) },
    subject: "garden-friends",
    digest: digest(`dossier ${id}`),
    attachments: [digest(`estimate ${id}`)],
    costCents,
  };
}

/** A call with a subject that can propose. */
export async function withCall(city: Teller): Promise<void> {
  await city.submit(people.resident, "subjects:register", {
    id: "garden-friends",
    kind: "association",
    digest: digest("garden friends"),
  });
  await city.submit(people.officer, "funds:openLine", line());
  await city.submit(people.officer, "calls:publish", call());
}

/** One proposal, published. */
export async function withPublished(city: Teller): Promise<void> {
  await withCall(city);
  await city.submit(people.resident, "proposals:submit", proposal("garden"));
  await city.submit(people.officer, "proposals:publish", { id: "garden" });
}

/** One proposal under assessment. */
export async function withAssessment(city: Teller): Promise<void> {
  await withPublished(city);
  await city.advanceTo("2026-02-01");
  await city.submit(people.officer, "proposals:startAssessment", { id: "garden" });
}

/** Proposals admitted with 80 of 100, in a call that has closed. */
export async function withAdmitted(city: Teller, ids: string[]): Promise<void> {
  await withCall(city);
  for (const id of ids) {
    await city.submit(people.resident, "proposals:submit", proposal(id));
    await city.submit(people.officer, "proposals:publish", { id });
  }
  await city.advanceTo("2026-02-01");
  await admitAll(city, ids);
}

/** Published proposals, each admitted with 80 of 100. */
export async function admitAll(city: Teller, ids: string[]): Promise<void> {
  for (const id of ids) {
    await city.submit(people.officer, "proposals:startAssessment", { id });
    for (const assessor of [people.assessor, people.secondAssessor]) {
      await city.submit(assessor, "proposals:score", score(id, 3200, 4800));
    }
    await city.submit(people.officer, "proposals:admit", { id, act: act(`admission ${id}`) });
  }
}

export function score(id: string, need: number, inclusion: number): Input<"proposals:score"> {
  return {
    proposal: id,
    scores: [
      { criterion: "need", points: need },
      { criterion: "inclusion", points: inclusion },
    ],
    reasonDigest: digest("reasons"),
  };
}

/** The number that whoever freezes the round commits to. */
export const reveal = digest("number of whoever freezes");

export function round(ids: string[], changes: Partial<Input<"rounds:freeze">> = {}): Input<"rounds:freeze"> {
  return {
    id: "round-2026",
    call: "call-2026",
    ballotKind: "open",
    ballot: { type: "approval", least: 1, most: Math.min(2, ids.length) },
    rule,
    projects: ids.map((id, index) => ({
      number: index + 1,
      proposal: id,
      commons: `commons-${id}`,
      costCents: 1_000_000,
      digest: digest(`dossier ${id}`),
    })),
    budgetCents: 1_500_000,
    rollSize: 10,
    rollRoot: digest("roll"),
    textsDigest: digest("texts"),
    opensOn: "2026-02-01",
    closesAt: "2026-02-10T20:00:00Z",
    requiredAttestations: 2,
    objectionDays: 4,
    reconstruction: false,
    drawCommitment: digest(reveal),
    ...changes,
  };
}

export const voters = ["v1", "v2", "v3"].map((name) => new VoterKey(name));
const registrarKey = new RegistrarKey();

/** Registers the key of the Case network's registrar. */
export async function withRegistrar(city: Teller): Promise<void> {
  city.holdsKey(people.caseRegistrar, registrarKey);
  await city.submit(people.caseRegistrar, "municipality:registerSigningKey", {
    id: "case-registrar-key",
    publicKey: registrarKey.publicKey,
  });
}

export function admission(
  keys: VoterKey[] = voters,
  slots = keys.map((_, index) => index + 1),
  roundId = "round-2026",
): Input<"rounds:admit"> {
  const admissions = keys.map(({ publicKey }, index) => ({ slot: slots[index] ?? 0, key: publicKey }));
  return {
    round: roundId,
    admissions,
    cosigner: "case-registrar-key",
    cosignature: registrarKey.cosign(roundId, admissions),
  };
}

/** Another organisation adds its number, and the round opens. */
export async function drawAndOpen(city: Teller, id = "round-2026"): Promise<void> {
  await city.submit(people.service, "rounds:draw", { id, contribution: digest("number of the guarantors") });
  await city.submit(people.officer, "rounds:open", { id, reveal });
}

/** A round open for its three voters. */
export async function withOpenRound(
  city: Teller,
  ids: string[],
  changes: Partial<Input<"rounds:freeze">> = {},
): Promise<void> {
  await withAdmitted(city, ids);
  await withRegistrar(city);
  await city.submit(people.officer, "rounds:freeze", round(ids, changes));
  await drawAndOpen(city);
  await city.submit(people.registrar, "rounds:admit", admission());
}

export function outcome(
  selected: number[],
  votes: number[],
  changes: Partial<RecordOf<"round">["outcome"] & object> = {},
) {
  const rest = {
    selected,
    votes: votes.map((count, index) => ({ number: index + 1, votes: count })),
    ballots: 3,
    void: 0,
    costCents: selected.length * 1_000_000,
    ...changes,
  };
  return { digest: digest(outcomeText(rest)), ...rest };
}

/** All three voters for the first project. */
function unanimous(ids: string[]) {
  return outcome([1], [3, ...ids.slice(1).map(() => 0)]);
}

/** A round closed and counted: the first proposal has it. */
export async function withCounted(city: Teller, ids: string[]): Promise<void> {
  await withOpenRound(city, ids);
  const ballots = voters.map((voter) => voter.ballot("round-2026", 1, [1]));
  await city.submit(people.casting, "rounds:cast", { round: "round-2026", ballots });
  await city.submit(people.service, "rounds:close", { id: "round-2026" });
  await city.submit(people.officer, "rounds:count", { id: "round-2026", outcome: unanimous(ids) });
}

/** A round over admitted proposals, from its freezing to finality, with an outcome. */
export async function finish(
  city: Teller,
  frozen: Input<"rounds:freeze">,
  counted: ReturnType<typeof outcome>,
): Promise<void> {
  await city.submit(people.officer, "rounds:freeze", frozen);
  await drawAndOpen(city);
  await city.submit(people.service, "rounds:close", { id: "round-2026" });
  await city.submit(people.officer, "rounds:count", { id: "round-2026", outcome: counted });
  await finaliseCounted(city, counted.digest);
}

/** A final round. */
export async function withFinal(city: Teller, ids: string[]): Promise<void> {
  await withCounted(city, ids);
  await finaliseCounted(city, unanimous(ids).digest);
}

async function finaliseCounted(city: Teller, outcomeDigest: string): Promise<void> {
  for (const attester of [people.officer, people.guarantor]) {
    await city.submit(attester, "rounds:attest", { id: "round-2026", digest: outcomeDigest });
  }
  await city.advanceTo("2026-02-06");
  await city.submit(people.guarantor, "rounds:finalise", { id: "round-2026", act: act("round") });
}
