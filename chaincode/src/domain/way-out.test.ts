import { beforeAll, describe, expect, test } from "vitest";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { proposalStates } from "../../../protocol/records/proposals";
import { roundStates } from "../../../protocol/records/rounds";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { people } from "../../testing/people";
import { outcome, proposal, reveal, round, score, withCall } from "../../testing/story";

const id = "garden";
const reasonDigest = digest("why");

type RoundRecord = RecordOf<"round">;
/** The round that came last: one that was annulled is followed by another. */
const roundsOf = (city: City) => city.state.all<RoundRecord>("001272", "round");
const roundOf = (city: City) => roundsOf(city).at(-1)?.id ?? "round-0";
const actOf = (city: City, number: string) => act(number, "delibera", city.record("day", "day").day);
const decision = (city: City) => ({ id, round: roundOf(city), act: actOf(city, "decision") });

type Move = { by: "office" | "resident"; move: (city: City) => Promise<unknown> };
const office = (move: Move["move"]): Move => ({ by: "office", move });
const resident = (move: Move["move"]): Move => ({ by: "resident", move });
const scored = async (city: City, need: number, inclusion: number) => {
  for (const assessor of [people.assessor, people.secondAssessor])
    await city.submit(assessor, "proposals:score", score(id, need, inclusion));
};
const count = (selected: number[]) => (city: City) =>
  city.submit(people.officer, "rounds:count", { id: roundOf(city), outcome: outcome(selected, [3]) });
const attestation = (city: City) => ({
  id: roundOf(city),
  digest: roundsOf(city).at(-1)?.outcome?.digest ?? digest("none"),
});

/** What can be done with a proposal and the round it stands in; what the rules refuse leads nowhere. */
const moves: Record<string, Move> = {
  publish: office((city) => city.submit(people.officer, "proposals:publish", { id })),
  withdraw: resident((city) => city.submit(people.resident, "proposals:withdraw", { id })),
  merge: office((city) =>
    city.submit(people.officer, "proposals:merge", { id, into: "library", act: act("merge") }),
  ),
  separate: office((city) =>
    city.submit(people.officer, "proposals:separate", { id, act: act("separation") }),
  ),
  startAssessment: office((city) => city.submit(people.officer, "proposals:startAssessment", { id })),
  "startAssessment when overdue": office(async (city) => {
    await city.advanceTo("2026-02-03");
    await city.submit(people.officer, "proposals:startAssessment", { id });
  }),
  requestIntegration: office((city) =>
    city.submit(people.technician, "proposals:requestIntegration", {
      ...{ id, reasonDigest, dueOn: "2026-02-02" },
    }),
  ),
  integrate: resident((city) =>
    city.submit(people.resident, "proposals:integrate", {
      ...{ id, digest: digest("v2"), attachments: [], costCents: 1_000_000 },
    }),
  ),
  admit: office(async (city) => {
    await scored(city, 4000, 6000);
    await city.submit(people.officer, "proposals:admit", { id, act: act("yes") });
  }),
  reject: office(async (city) => {
    if (city.record("proposal", id).state === "under_assessment") await scored(city, 0, 0);
    await city.submit(people.officer, "proposals:reject", { id, act: act("no"), reasonDigest });
  }),
  freeze: office((city) => {
    const { digest: dossier } = city.record("proposal", id);
    const frozen = round([id], { id: `round-${roundsOf(city).length + 1}` });
    const projects = frozen.projects.map((project) => ({ ...project, digest: dossier }));
    return city.submit(people.officer, "rounds:freeze", { ...frozen, projects });
  }),
  open: office(async (city) => {
    await city.submit(people.service, "rounds:draw", { id: roundOf(city), contribution: digest("number") });
    await city.submit(people.officer, "rounds:open", { id: roundOf(city), reveal });
  }),
  close: office((city) => city.submit(people.service, "rounds:close", { id: roundOf(city) })),
  "count it in": office(count([1])),
  "count it out": office(count([])),
  attest: office(async (city) => {
    for (const who of [people.officer, people.guarantor])
      await city.submit(who, "rounds:attest", attestation(city));
  }),
  "uphold an objection": office(async (city) => {
    const objection = { id: "objection-1", round: roundOf(city), digest: digest("why") };
    await city.submit(people.neighbour, "rounds:object", objection);
    await city.submit(people.guarantor, "rounds:decideObjection", {
      ...{ id: "objection-1", upheld: true, digest: digest("yes") },
    });
  }),
  finalise: office(async (city) => {
    if (city.record("day", "day").day < "2026-02-06") await city.advanceTo("2026-02-06");
    await city.submit(people.guarantor, "rounds:finalise", { id: roundOf(city), act: act("final") });
  }),
  annul: office((city) =>
    city.submit(people.guarantor, "rounds:annul", { id: roundOf(city), act: act("annulment"), reasonDigest }),
  ),
  fund: office((city) => city.submit(people.giunta, "proposals:fund", decision(city))),
  reserve: office((city) => city.submit(people.giunta, "proposals:reserve", decision(city))),
  startCoDesign: office((city) => city.submit(people.coordinator, "proposals:startCoDesign", { id })),
  readyForPact: office((city) =>
    city.submit(people.coordinator, "proposals:readyForPact", { id, documentHash: digest("plan") }),
  ),
  abandon: office((city) =>
    city.submit(people.officer, "proposals:abandon", { id, act: actOf(city, "end"), reasonDigest }),
  ),
};

/** Where a proposal's way ends, or goes on with its pact. */
const ends = ["not_admitted", "withdrawn", "merged", "abandoned", "pact_ready"];

type Node = { proposal: string; round: string; edges: { name: string; by: string; to: string }[] };
const graph = new Map<string, Node>();
beforeAll(async () => {
  const city = await City.founded();
  await withCall(city);
  for (const name of [id, "library"]) await city.submit(people.resident, "proposals:submit", proposal(name));
  await city.submit(people.officer, "proposals:publish", { id: "library" });
  await explore(city);
});

async function explore(first: City): Promise<void> {
  const waiting = [await cityOnFebruary1(first)];
  // Nearest first, so that each state is left from as early a day as it can be.
  for (let city = waiting.shift(); city; city = waiting.shift()) {
    const key = keyOf(city);
    if (graph.has(key)) continue;
    const node: Node = {
      proposal: city.record("proposal", id).state,
      round: roundsOf(city).at(-1)?.state ?? "no round",
      edges: [],
    };
    graph.set(key, node);
    for (const [name, { by, move }] of Object.entries(moves)) {
      const next = new City(city.state.clone());
      try {
        await move(next);
      } catch (error) {
        if (error instanceof RuleError || (error instanceof Error && error.message.startsWith("no ")))
          continue;
        throw error;
      }
      node.edges.push({ name, by, to: keyOf(next) });
      waiting.push(next);
    }
  }
}

async function cityOnFebruary1(city: City): Promise<City> {
  await city.advanceTo("2026-02-01");
  return city;
}

function keyOf(city: City): string {
  const found = roundsOf(city).at(-1);
  const selected = found?.outcome?.selected.length ? ", selected" : "";
  return `${city.record("proposal", id).state} / ${found?.state ?? "no round"}${selected}`;
}

describe("the ways of a proposal and its round", () => {
  test("come through every state there is", () => {
    const nodes = [...graph.values()];
    expect(new Set(nodes.map(({ proposal: state }) => state))).toEqual(new Set(proposalStates));
    expect(new Set(nodes.map(({ round: state }) => state))).toEqual(new Set([...roundStates, "no round"]));
  });

  test("reach an end from everywhere", () => {
    const reaching = new Set(
      [...graph].filter(([, node]) => ends.includes(node.proposal)).map(([key]) => key),
    );
    for (let before = -1; before !== reaching.size; ) {
      before = reaching.size;
      for (const [key, { edges }] of graph) if (edges.some(({ to }) => reaching.has(to))) reaching.add(key);
    }
    expect([...graph.keys()].filter((key) => !reaching.has(key))).toEqual([]);
  });

  test("have a step for an office wherever they have not ended, so that nothing hangs on one resident", () => {
    const stuck = [...graph].filter(
      ([, { proposal: state, edges }]) => !ends.includes(state) && !edges.some(({ by }) => by === "office"),
    );
    expect(stuck.map(([key]) => key)).toEqual([]);
  });

  test("lead from the reserve to money and out of it", () => {
    const names = [...graph.values()]
      .filter(({ proposal: state }) => state === "reserve")
      .flatMap(({ edges }) => edges.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(["fund", "abandon"]));
  });
});
