/** Papers that say something else the second time than the first. */
import type { City, Input } from "../city";
import { digest } from "../keys";
import { commitment, pactAct, plan, withActive, withDraft } from "../pact-story";
import { people, person } from "../people";
import { refuses } from "./case";

/** A pact whose draft the Giunta has approved. */
export async function withApproved(city: City): Promise<void> {
  await withDraft(city);
  await city.submit(people.giunta, "pacts:approveGiunta", { id: "pact-garden", act: pactAct("pact") });
}

/** The signature of the friends of the garden, on paper. */
export const signedPaper: Input<"papers:record"> = {
  ...{ id: "paper-1", person: people.resident.person, scan: digest("scan") },
  asked: {
    ...{ transaction: "pacts:sign", id: "pact-garden", party: "friends", version: 1 },
    documentHash: digest("pact v1"),
  },
};

const evidencePaper: Input<"papers:record"> = {
  ...{ id: "paper-1", person: people.resident.person, scan: digest("scan") },
  asked: { transaction: "milestones:submitEvidence", id: "commitment-1-m1", evidence: [digest("photo")] },
};
/** The evidence of a milestone on paper, before a coordinator and then a district council. */
const handedIn = async (city: City) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
  await city.submit(people.coordinator, "papers:record", evidencePaper);
  await city.submit(people.district, "papers:confirm", evidencePaper);
};
const visit = { id: "commitment-1-m1", reportHash: digest("visit") };

const recorded = {
  at: withApproved,
  before: (city: City) => city.submit(people.coordinator, "papers:record", signedPaper),
};

export const paperRefusals = [
  refuses(
    "paper_differs",
    "another scan than the one that was recorded",
    recorded,
    people.guarantor,
    "papers:confirm",
    { ...signedPaper, scan: digest("another scan") },
  ),
  refuses(
    "same_organisation",
    "a second witness of the first one's organisation",
    recorded,
    { ...people.coordinator, person: "another-coordinator" },
    "papers:confirm",
    signedPaper,
  ),
  refuses(
    "same_person",
    "the first witness of the evidence verifying the work",
    { at: handedIn },
    people.coordinator,
    "milestones:verify",
    visit,
  ),
  refuses(
    "same_person",
    "the second witness of the evidence verifying the work",
    { at: handedIn },
    people.district,
    "milestones:verify",
    visit,
  ),
  refuses(
    "not_own",
    "a paper that a colleague takes back",
    recorded,
    person("another-coordinator", "coordinator", "Case"),
    "papers:withdraw",
    { id: "paper-1" },
  ),
];
