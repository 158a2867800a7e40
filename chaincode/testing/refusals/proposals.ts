import type { City } from "../city";
import { act } from "../city";
import { digest } from "../keys";
import { people, person } from "../people";
import { call, line, proposal, score, withAdmitted, withCall, withCoDesign, withFinal } from "../story";
import { type Refusal, refuses, registered } from "./case";

const one = { id: "garden" };
const otherResident = people.neighbour;
const assessorWhoProposes = person(people.resident.person, "assessor", "Garanti");
const manyScores = (changes: ReturnType<typeof score>["scores"]) => ({
  ...score("garden", 0, 0),
  scores: changes,
});

export async function withPublished(city: City): Promise<void> {
  await withCall(city);
  await city.submit(people.resident, "proposals:submit", proposal("garden"));
  await city.submit(people.officer, "proposals:publish", one);
}

export async function withAssessment(city: City): Promise<void> {
  await withPublished(city);
  await city.advanceTo("2026-02-01");
  await city.submit(people.officer, "proposals:startAssessment", one);
}

const scored =
  (need: number, inclusion: number, assessors = [people.assessor, people.secondAssessor]) =>
  async (city: City) => {
    for (const assessor of assessors)
      await city.submit(assessor, "proposals:score", score("garden", need, inclusion));
  };
const afterCall = (city: City) => city.advanceTo("2026-02-01");

export const proposalRefusals: Refusal[] = [
  refuses(
    "weights_not_100",
    "criteria that add to 99",
    { at: registered, params: { total: 99 } },
    people.officer,
    "calls:publish",
    call({ criteria: [{ id: "need", weight: 99 }] }),
  ),
  refuses(
    "invalid_input",
    "a criterion twice",
    { at: registered, params: { path: "criteria" } },
    people.officer,
    "calls:publish",
    call({
      criteria: [
        { id: "need", weight: 50 },
        { id: "need", weight: 50 },
      ],
    }),
  ),
  refuses(
    "dates_out_of_order",
    "a call that closes before it opens",
    { at: registered },
    people.officer,
    "calls:publish",
    call({ opensOn: "2026-02-01" }),
  ),
  refuses(
    "not_found",
    "a call on a budget line that is not there",
    { at: registered, params: { type: "budget_line", id: "line-9" } },
    people.officer,
    "calls:publish",
    call({ lines: ["line-9"] }),
  ),
  refuses("act_required", "a call without an act", { at: registered }, people.officer, "calls:publish", {
    ...call(),
    act: undefined as never,
  }),
  refuses(
    "dates_out_of_order",
    "an extension that shortens",
    { at: withCall },
    people.officer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-01-30", act: act("x") },
  ),
  refuses(
    "call_closed",
    "extending a call that has closed",
    { at: withCall, before: afterCall },
    people.officer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-03-01", act: act("x") },
  ),
  refuses(
    "call_closed",
    "a proposal the day after",
    { at: withCall, before: afterCall },
    people.resident,
    "proposals:submit",
    proposal("garden"),
  ),
  refuses(
    "too_early",
    "a proposal before the call opens",
    {
      at: withCall,
      before: (city) =>
        city.submit(people.officer, "calls:publish", call({ id: "call-later", opensOn: "2026-01-02" })),
    },
    people.resident,
    "proposals:submit",
    { ...proposal("garden"), call: "call-later" },
  ),
  refuses(
    "cost_over_limit",
    "one cent over the call's limit",
    { at: withCall },
    people.resident,
    "proposals:submit",
    proposal("garden", 5_000_001),
  ),
  refuses(
    "not_representative",
    "a proposal for another's subject",
    { at: withCall },
    otherResident,
    "proposals:submit",
    proposal("garden"),
  ),
  refuses(
    "not_representative",
    "a proposal for a payee nobody represents",
    {
      at: withCall,
      before: (city) =>
        city.submit(people.officer, "subjects:registerPayee", {
          id: "builders",
          kind: "company",
          digest: digest("builders"),
        }),
    },
    people.resident,
    "proposals:submit",
    { ...proposal("garden"), subject: "builders" },
  ),
  refuses("not_found", "a commons nobody registered", { at: withCall }, people.resident, "proposals:submit", {
    ...proposal("garden"),
    newCommons: undefined,
  }),
  refuses(
    "already_exists",
    "a proposal's id twice",
    { at: withPublished },
    people.resident,
    "proposals:submit",
    { ...proposal("garden"), newCommons: undefined },
  ),
  refuses(
    "already_exists",
    "a commons named new that is there",
    { at: withPublished },
    people.resident,
    "proposals:submit",
    { ...proposal("other"), commons: "commons-garden" },
  ),
  refuses(
    "invalid_input",
    "a negative cost",
    { at: withCall, params: { path: "costCents", problem: "too_small" } },
    people.resident,
    "proposals:submit",
    proposal("garden", -1),
  ),
  refuses(
    "invalid_input",
    "a fraction of a cent",
    { at: withCall, params: { path: "costCents", problem: "invalid_type" } },
    people.resident,
    "proposals:submit",
    proposal("garden", 0.5),
  ),
  refuses(
    "wrong_state",
    "publishing twice",
    { at: withPublished, params: { id: "garden", state: "published" } },
    people.officer,
    "proposals:publish",
    one,
  ),
  refuses(
    "not_representative",
    "taking back another's proposal",
    { at: withPublished },
    otherResident,
    "proposals:withdraw",
    one,
  ),
  refuses(
    "wrong_state",
    "taking back a proposal that is on the ballot",
    { at: (city) => withFinal(city, ["garden"]) },
    people.resident,
    "proposals:withdraw",
    one,
  ),
  refuses(
    "invalid_input",
    "merging a proposal into itself",
    { at: withPublished, params: { path: "into" } },
    people.officer,
    "proposals:merge",
    { ...one, into: "garden", act: act("x") },
  ),
  refuses("not_found", "merging into nothing", { at: withPublished }, people.officer, "proposals:merge", {
    ...one,
    into: "nothing",
    act: act("x"),
  }),
  refuses(
    "already_exists",
    "adhering twice",
    {
      at: withPublished,
      before: (city) =>
        city.submit(otherResident, "proposals:adhere", {
          id: "adhesion-1",
          proposal: "garden",
          kind: "support",
        }),
    },
    otherResident,
    "proposals:adhere",
    { id: "adhesion-2", proposal: "garden", kind: "time" },
  ),
  refuses(
    "not_found",
    "withdrawing an adhesion never given",
    { at: withPublished },
    otherResident,
    "proposals:withdrawAdhesion",
    { proposal: "garden" },
  ),
  refuses(
    "too_early",
    "assessing while the call is open",
    { at: withPublished },
    people.officer,
    "proposals:startAssessment",
    one,
  ),
  refuses(
    "dates_out_of_order",
    "an integration due yesterday",
    { at: withAssessment },
    people.technician,
    "proposals:requestIntegration",
    { ...one, reasonDigest: digest("x"), dueOn: "2026-01-31" },
  ),
  refuses(
    "too_late",
    "an integration after its day",
    {
      at: withAssessment,
      before: async (city) => {
        await city.submit(people.technician, "proposals:requestIntegration", {
          ...one,
          reasonDigest: digest("x"),
          dueOn: "2026-02-02",
        });
        await city.advanceTo("2026-02-03");
      },
    },
    people.resident,
    "proposals:integrate",
    { ...one, digest: digest("v2"), attachments: [], costCents: 1 },
  ),
  refuses(
    "score_over_weight",
    "a hundredth over the weight",
    { at: withAssessment, params: { criterion: "need", weight: 40 } },
    people.assessor,
    "proposals:score",
    score("garden", 4001, 0),
  ),
  refuses(
    "score_missing",
    "a criterion left out",
    { at: withAssessment, params: { criterion: "inclusion" } },
    people.assessor,
    "proposals:score",
    manyScores([{ criterion: "need", points: 1 }]),
  ),
  refuses(
    "invalid_input",
    "a criterion of another call",
    { at: withAssessment, params: { path: "scores" } },
    people.assessor,
    "proposals:score",
    manyScores([{ criterion: "beauty", points: 1 }]),
  ),
  refuses(
    "invalid_input",
    "a criterion scored twice",
    { at: withAssessment, params: { path: "scores" } },
    people.assessor,
    "proposals:score",
    manyScores([
      { criterion: "need", points: 1 },
      { criterion: "need", points: 2 },
    ]),
  ),
  refuses(
    "same_person",
    "an assessor scoring their own proposal",
    { at: withAssessment },
    assessorWhoProposes,
    "proposals:score",
    score("garden", 1, 1),
  ),
  refuses(
    "conflict_declared",
    "scoring after declaring a conflict",
    {
      at: withAssessment,
      before: (city) =>
        city.submit(people.assessor, "proposals:declareConflict", {
          proposal: "garden",
          reasonDigest: digest("x"),
        }),
    },
    people.assessor,
    "proposals:score",
    score("garden", 1, 1),
  ),
  refuses(
    "not_enough_scores",
    "admitting on one score of two",
    { at: withAssessment, before: scored(4000, 6000, [people.assessor]), params: { count: 1, required: 2 } },
    people.officer,
    "proposals:admit",
    { ...one, act: act("x") },
  ),
  refuses(
    "not_enough_scores",
    "admitting with the score of a conflicted assessor",
    {
      at: withAssessment,
      before: async (city) => {
        await scored(4000, 6000)(city);
        await city.submit(people.assessor, "proposals:declareConflict", {
          proposal: "garden",
          reasonDigest: digest("x"),
        });
      },
    },
    people.officer,
    "proposals:admit",
    { ...one, act: act("x") },
  ),
  refuses(
    "not_enough_scores",
    "admitting a new version on scores of the old one",
    {
      at: withAssessment,
      before: async (city) => {
        await scored(4000, 6000)(city);
        await city.submit(people.technician, "proposals:requestIntegration", {
          ...one,
          reasonDigest: digest("x"),
          dueOn: "2026-02-02",
        });
        await city.submit(people.resident, "proposals:integrate", {
          ...one,
          digest: digest("v2"),
          attachments: [],
          costCents: 1,
        });
      },
    },
    people.officer,
    "proposals:admit",
    { ...one, act: act("x") },
  ),
  refuses(
    "below_threshold",
    "admitting at 69.995",
    {
      at: withAssessment,
      before: async (city) => {
        await scored(2800, 4200, [people.assessor])(city);
        await scored(2800, 4199, [people.secondAssessor])(city);
      },
      params: { score: 6999, threshold: 70 },
    },
    people.officer,
    "proposals:admit",
    { ...one, act: act("x") },
  ),
  refuses(
    "above_threshold",
    "turning down at exactly 70",
    { at: withAssessment, before: scored(2800, 4200) },
    people.officer,
    "proposals:reject",
    { ...one, act: act("x"), reasonDigest: digest("x") },
  ),
  refuses(
    "not_selected",
    "funding what was not selected",
    { at: (city) => withFinal(city, ["garden", "library"]) },
    people.giunta,
    "proposals:fund",
    { id: "library", round: "round-2026", act: act("x") },
  ),
  refuses(
    "outcome_differs",
    "putting in reserve what was selected",
    { at: (city) => withFinal(city, ["garden", "library"]) },
    people.giunta,
    "proposals:reserve",
    { id: "garden", round: "round-2026", act: act("x") },
  ),
  refuses(
    "wrong_state",
    "funding a proposal no vote was held on",
    { at: (city) => withAdmitted(city, ["garden"]) },
    people.giunta,
    "proposals:fund",
    { id: "garden", round: "round-2026", act: act("x") },
  ),
  refuses(
    "act_required",
    "funding without an act",
    { at: (city) => withFinal(city, ["garden"]) },
    people.giunta,
    "proposals:fund",
    { id: "garden", round: "round-2026" } as never,
  ),
  refuses(
    "wrong_state",
    "abandoning what is not in co-design",
    { at: (city) => withFinal(city, ["garden"]) },
    people.coordinator,
    "proposals:abandon",
    { ...one, reasonDigest: digest("x") },
  ),
  refuses(
    "wrong_state",
    "declaring a conflict after the decision",
    { at: withCoDesign },
    people.assessor,
    "proposals:declareConflict",
    { proposal: "garden", reasonDigest: digest("x") },
  ),
  refuses(
    "payee_not_eligible",
    "recognising a company",
    {
      at: withCall,
      before: (city) =>
        city.submit(people.officer, "subjects:registerPayee", {
          id: "builders",
          kind: "company",
          digest: digest("x"),
        }),
    },
    people.officer,
    "subjects:recogniseEligibility",
    { id: "builders", act: act("x") },
  ),
  refuses(
    "same_person",
    "an officer recognising the body they represent",
    { at: withCall },
    person(people.resident.person, "responsible_officer", "Comune"),
    "subjects:recogniseEligibility",
    { id: "garden-friends", act: act("x") },
  ),
  refuses(
    "not_found",
    "a document that corrects nothing",
    { at: registered },
    people.officer,
    "documents:record",
    { id: "document-1", kind: "minutes", hash: digest("x"), corrects: "document-0" },
  ),
  refuses(
    "already_exists",
    "a budget line twice",
    { at: registered, before: (city) => city.submit(people.officer, "funds:openLine", line()) },
    people.officer,
    "funds:openLine",
    line(),
  ),
];
