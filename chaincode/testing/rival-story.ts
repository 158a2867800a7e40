/** Two proposals for one commons on one ballot, both selected: the first is funded and has a pact. */
import { outcomeText } from "../../protocol/digests";
import type { Teller } from "./city";
import { act } from "./founding-inputs";
import { digest } from "./keys";
import { pact, pactAct } from "./pact-story";
import { people } from "./people";
import { admission, drawAndOpen, proposal, round, score, voters, withCall, withRegistrar } from "./story";

const ids = ["garden", "rival"];

/** A final round that selected both; the garden is funded. */
export async function withRivalsFinal(city: Teller): Promise<void> {
  await withCall(city);
  await city.submit(people.resident, "proposals:submit", proposal("garden"));
  await city.submit(people.neighbour, "subjects:register", {
    id: "rival-friends",
    kind: "association",
    digest: digest("rival friends"),
  });
  const { newCommons: _, ...second } = proposal("rival");
  await city.submit(people.neighbour, "proposals:submit", {
    ...second,
    commons: "commons-garden",
    subject: "rival-friends",
  });
  for (const id of ids) await city.submit(people.officer, "proposals:publish", { id });
  await city.advanceTo("2026-02-01");
  for (const id of ids) {
    await city.submit(people.officer, "proposals:startAssessment", { id });
    for (const assessor of [people.assessor, people.secondAssessor])
      await city.submit(assessor, "proposals:score", score(id, 3200, 4800));
    await city.submit(people.officer, "proposals:admit", { id, act: act(`admission ${id}`) });
  }
  await withRegistrar(city);
  const frozen = round(ids, { budgetCents: 2_000_000 });
  await city.submit(people.officer, "rounds:freeze", {
    ...frozen,
    projects: frozen.projects.map((project) => ({ ...project, commons: "commons-garden" })),
  });
  await drawAndOpen(city);
  await city.submit(people.registrar, "rounds:admit", admission());
  const ballots = voters.map((voter) => voter.ballot("round-2026", 1, [1, 2]));
  await city.submit(people.casting, "rounds:cast", { round: "round-2026", ballots });
  await city.submit(people.service, "rounds:close", { id: "round-2026" });
  const rest = {
    selected: [1, 2],
    votes: [
      { number: 1, votes: 3 },
      { number: 2, votes: 3 },
    ],
    ballots: 3,
    void: 0,
    costCents: 2_000_000,
  };
  const counted = { digest: digest(outcomeText(rest)), ...rest };
  await city.submit(people.officer, "rounds:count", { id: "round-2026", outcome: counted });
  for (const attester of [people.officer, people.guarantor])
    await city.submit(attester, "rounds:attest", { id: "round-2026", digest: counted.digest });
  await city.advanceTo("2026-02-06");
  await city.submit(people.guarantor, "rounds:finalise", { id: "round-2026", act: act("round") });
  await city.submit(people.giunta, "proposals:fund", {
    id: "garden",
    round: "round-2026",
    act: pactAct("funding"),
  });
}

export const rivals = {
  /** Takes the garden as far as a pact that ended early. */
  async terminate(city: Teller): Promise<void> {
    const id = "pact-garden";
    await city.submit(people.coordinator, "proposals:startCoDesign", { id: "garden" });
    await city.submit(people.coordinator, "proposals:readyForPact", {
      id: "garden",
      documentHash: digest("co-design"),
    });
    await city.submit(people.coordinator, "pacts:draft", pact());
    await city.submit(people.officer, "pacts:withdraw", {
      ...{ id, reasonDigest: digest("reason") },
      act: pactAct("withdrawal"),
    });
  },
};
