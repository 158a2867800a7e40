import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { withCoDesign } from "../pact-story";
import { people, person } from "../people";
import { score, withAssessment, withPublished } from "../story";
import { type Refusal, refuses } from "./case";

const one = { id: "garden" };
const assessorWhoProposes = person(people.resident.person, "assessor", "Garanti");
const manyScores = (changes: ReturnType<typeof score>["scores"]) => ({
  ...score("garden", 0, 0),
  scores: changes,
});

const scored =
  (need: number, inclusion: number, assessors = [people.assessor, people.secondAssessor]) =>
  async (city: City) => {
    for (const assessor of assessors)
      await city.submit(assessor, "proposals:score", score("garden", need, inclusion));
  };

/** Completed by 5 February. */
const asked = (city: City) =>
  city.submit(people.technician, "proposals:requestIntegration", {
    ...one,
    reasonDigest: digest("x"),
    dueOn: "2026-02-05",
  });

export const assessmentRefusals: Refusal[] = [
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
    "dates_out_of_order",
    "an integration due today, which is no term",
    { at: withAssessment, params: { earlier: "2026-02-02", later: "2026-02-01" } },
    people.technician,
    "proposals:requestIntegration",
    { ...one, reasonDigest: digest("x"), dueOn: "2026-02-01" },
  ),
  refuses(
    "dates_out_of_order",
    "a longer integration that ends no later",
    { at: withAssessment, before: asked },
    people.technician,
    "proposals:requestIntegration",
    { ...one, reasonDigest: digest("x"), dueOn: "2026-02-05" },
  ),
  refuses(
    "too_early",
    "judging as it stands while there is time to complete it",
    {
      at: withAssessment,
      before: async (city) => {
        await asked(city);
        await city.advanceTo("2026-02-05");
      },
      params: { day: "2026-02-06" },
    },
    people.officer,
    "proposals:startAssessment",
    one,
  ),
  refuses(
    "too_early",
    "not admitting while there is time to complete it",
    {
      at: withAssessment,
      before: async (city) => {
        await asked(city);
        await city.advanceTo("2026-02-05");
      },
    },
    people.officer,
    "proposals:reject",
    { ...one, act: act("x"), reasonDigest: digest("x") },
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
    "own_proposal",
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
    "wrong_state",
    "declaring a conflict when nothing is decided any more",
    {
      at: withCoDesign,
      before: (city) =>
        city.submit(people.officer, "proposals:abandon", {
          ...one,
          act: act("end", "delibera", "2026-02-06"),
          reasonDigest: digest("why"),
        }),
    },
    people.assessor,
    "proposals:declareConflict",
    { proposal: "garden", reasonDigest: digest("x") },
  ),
];
