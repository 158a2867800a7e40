import { canonicalRule, parseRule } from "../../../voting/allocation/rule-spec";
import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { people, person } from "../people";
import { reveal, round, withAdmitted, withOpenRound } from "../story";
import { type Refusal, refuses } from "./case";

const ids = ["garden", "library"];
const id = "round-2026";

const admitted = (city: City) => withAdmitted(city, ids);
const open = (city: City) => withOpenRound(city, ids);
const freeze = (changes: Parameters<typeof round>[1] = {}) => round(ids, changes);
const changed = (index: number, changes: object) => ({
  projects: freeze().projects.map((project, place) =>
    place === index ? { ...project, ...changes } : project,
  ),
});

const frozen = async (city: City) => {
  await admitted(city);
  await city.submit(people.officer, "rounds:freeze", freeze());
};
const drawn = async (city: City) => {
  await frozen(city);
  await city.submit(people.service, "rounds:draw", { id, contribution: digest("number") });
};
const annulled = async (city: City) => {
  await open(city);
  await city.submit(people.guarantor, "rounds:annul", {
    id,
    act: act("annulment"),
    reasonDigest: digest("why"),
  });
};
/** Whoever made the proposals, in office. */
const author = person(people.resident.person, "responsible_officer", "Comune");
/** A ballot that takes two transactions to fill. */
async function withLongBallot(city: City): Promise<void> {
  const many = Array.from({ length: 51 }, (_, index) => `project-${index}`);
  await withAdmitted(city, many);
  await city.submit(people.officer, "rounds:freeze", round(many));
  await city.submit(people.service, "rounds:draw", { id, contribution: digest("number") });
}
const exclusion = (proposals: string[]) => ({
  proposals,
  act: act("exclusion"),
  reasonDigest: digest("not this time"),
});
const scored = (scores: Record<string, string>) =>
  canonicalRule(parseRule({ rule: "score-plus-votes", scores }));

/** Limits that are of another type of ballot, or that nobody could keep; each project costs 1,000,000 cents. */
const unusableBallots: [string, string, ReturnType<typeof freeze>["ballot"]][] = [
  ["a knapsack without a limit", "ballot.mostCents", { type: "knapsack", least: 1, most: 2 }],
  [
    "a knapsack in which nothing fits",
    "ballot.mostCents",
    { type: "knapsack", least: 1, most: 2, mostCents: 999_999 },
  ],
  [
    "a limit of costs on approvals",
    "ballot.mostCents",
    { type: "approval", least: 1, most: 2, mostCents: 1_000_000 },
  ],
  ["points without a number of them", "ballot.points", { type: "points", least: 1, most: 2 }],
  [
    "more points for one project than for all",
    "ballot.points",
    { type: "points", least: 1, most: 2, points: { each: 5, total: 4 } },
  ],
  [
    "fewer points than projects that must get some",
    "ballot.points",
    { type: "points", least: 2, most: 2, points: { each: 1, total: 1 } },
  ],
  [
    "points on a ranking",
    "ballot.points",
    { type: "ranking", least: 1, most: 2, points: { each: 1, total: 2 } },
  ],
  [
    "a group with a project that is not there",
    "ballot.groups",
    { type: "approval", least: 1, most: 2, groups: [{ numbers: [3], most: 1 }] },
  ],
  [
    "a project in two groups",
    "ballot.groups",
    {
      ...{ type: "approval", least: 1, most: 2 },
      groups: [
        { numbers: [1], most: 1 },
        { numbers: [1, 2], most: 1 },
      ],
    },
  ],
  [
    "groups that leave fewer choices than are needed",
    "ballot.groups",
    { type: "approval", least: 2, most: 2, groups: [{ numbers: [1, 2], most: 1 }] },
  ],
];

export const freezingRefusals: Refusal[] = [
  refuses(
    "project_differs",
    "a cost that is not the proposal's",
    { at: admitted, params: { number: 1, proposal: "garden" } },
    people.officer,
    "rounds:freeze",
    freeze(changed(0, { costCents: 999_999 })),
  ),
  refuses(
    "project_differs",
    "texts that are not the proposal's",
    { at: admitted },
    people.officer,
    "rounds:freeze",
    freeze(changed(1, { digest: digest("nicer") })),
  ),
  refuses(
    "not_found",
    "a proposal nobody made",
    { at: (city) => withAdmitted(city, ["garden"]) },
    people.officer,
    "rounds:freeze",
    freeze(changed(1, { proposal: "phantom" })),
  ),
  refuses(
    "wrong_state",
    "a proposal on two ballots",
    { at: open },
    people.officer,
    "rounds:freeze",
    freeze({ id: "round-again" }),
  ),
  refuses(
    "invalid_input",
    "a number twice",
    { at: admitted, params: { path: "projects" } },
    people.officer,
    "rounds:freeze",
    freeze(changed(1, { number: 1 })),
  ),
  refuses(
    "invalid_input",
    "a number that is left out",
    { at: admitted, params: { path: "projects" } },
    people.officer,
    "rounds:freeze",
    freeze(changed(1, { number: 3 })),
  ),
  refuses(
    "invalid_input",
    "more choices than projects",
    { at: admitted, params: { path: "ballot.most" } },
    people.officer,
    "rounds:freeze",
    freeze({ ballot: { type: "approval", least: 1, most: 3 } }),
  ),
  refuses(
    "invalid_input",
    "least over most",
    { at: admitted, params: { path: "ballot.least" } },
    people.officer,
    "rounds:freeze",
    freeze({ ballot: { type: "approval", least: 2, most: 1 } }),
  ),
  refuses(
    "invalid_input",
    "one choice of two",
    { at: admitted, params: { path: "ballot.most" } },
    people.officer,
    "rounds:freeze",
    freeze({ ballot: { type: "choice", least: 1, most: 2 } }),
  ),
  ...unusableBallots.map(([what, path, ballot]) =>
    refuses(
      "invalid_input",
      what,
      { at: admitted, params: { path } },
      people.officer,
      "rounds:freeze",
      freeze({ ballot }),
    ),
  ),
  refuses(
    "rule_unknown",
    "a rule of other code",
    { at: admitted },
    people.officer,
    "rounds:freeze",
    freeze({ rule: '{"code":"0","rule":"phragmen"}' }),
  ),
  refuses(
    "rule_unknown",
    "a rule that is no text of this chaincode",
    { at: admitted },
    people.officer,
    "rounds:freeze",
    freeze({ rule: "greedy" }),
  ),
  refuses(
    "dates_out_of_order",
    "closing before opening",
    { at: admitted },
    people.officer,
    "rounds:freeze",
    freeze({ opensOn: "2026-02-11" }),
  ),
  refuses(
    "too_early",
    "opening before its day",
    {
      at: admitted,
      before: (city) => city.submit(people.officer, "rounds:freeze", freeze({ opensOn: "2026-02-03" })),
    },
    people.officer,
    "rounds:open",
    { id, reveal },
  ),
  refuses(
    "proposal_left_out",
    "an admitted rival left off the ballot without a word",
    { at: admitted, params: { proposal: "library", count: 1 } },
    people.officer,
    "rounds:freeze",
    round(["garden"]),
  ),
  refuses(
    "invalid_input",
    "leaving out what stands on the ballot",
    { at: admitted, params: { path: "exclusion.proposals" } },
    people.officer,
    "rounds:freeze",
    freeze({ exclusion: exclusion(["library"]) }),
  ),
  refuses(
    "invalid_input",
    "leaving out what was never admitted",
    { at: admitted, params: { path: "exclusion.proposals" } },
    people.officer,
    "rounds:freeze",
    round(["garden"], { exclusion: exclusion(["library", "phantom"]) }),
  ),
  refuses(
    "invalid_input",
    "leaving one proposal out twice",
    { at: admitted, params: { path: "exclusion.proposals" } },
    people.officer,
    "rounds:freeze",
    round(["garden"], { exclusion: exclusion(["library", "library"]) }),
  ),
  refuses(
    "day_in_future",
    "leaving out by an act of tomorrow",
    { at: admitted },
    people.officer,
    "rounds:freeze",
    round(["garden"], {
      exclusion: { ...exclusion(["library"]), act: act("exclusion", "determina", "2026-06-02") },
    }),
  ),
  refuses(
    "objection_term_short",
    "a day less for objecting than the settings want",
    { at: admitted, params: { days: 4 } },
    people.officer,
    "rounds:freeze",
    freeze({ objectionDays: 3 }),
  ),
  refuses(
    "voting_too_short",
    "a day less of voting than the settings want",
    { at: admitted, params: { days: 7 } },
    people.officer,
    "rounds:freeze",
    freeze({ opensOn: "2026-02-04" }),
  ),
  refuses(
    "invalid_input",
    "a result that one organisation attests alone",
    { at: admitted, params: { path: "requiredAttestations", problem: "too_small" } },
    people.officer,
    "rounds:freeze",
    freeze({ requiredAttestations: 1 }),
  ),
  refuses(
    "score_differs",
    "a technical score that the officer typed",
    { at: admitted, params: { number: 2, proposal: "library" } },
    people.officer,
    "rounds:freeze",
    freeze({ rule: scored({ "1": "80", "2": "80.01" }) }),
  ),
  refuses(
    "rule_out_of_bounds",
    "an increment that no count would end with",
    { at: admitted, params: { parameter: "increment" } },
    people.officer,
    "rounds:freeze",
    freeze({ rule: canonicalRule(parseRule({ rule: "mes", increment: "0.001" })) }),
  ),
  refuses(
    "own_proposal",
    "an officer freezing their own proposal",
    { at: admitted, params: { proposal: "garden" } },
    author,
    "rounds:freeze",
    freeze(),
  ),
  refuses(
    "too_late",
    "freezing after the last day",
    { at: admitted, before: (city) => city.advanceTo("2026-02-11"), params: { day: "2026-02-10" } },
    people.officer,
    "rounds:freeze",
    freeze(),
  ),
  refuses(
    "same_organisation",
    "a draw by whoever froze alone",
    { at: frozen },
    person("service-of-the-comune", "service", "Comune"),
    "rounds:draw",
    { id, contribution: digest("mine") },
  ),
  refuses(
    "already_drawn",
    "a number for the draw that takes another's place",
    {
      at: frozen,
      before: (city) => city.submit(people.service, "rounds:draw", { id, contribution: digest("first") }),
    },
    people.service,
    "rounds:draw",
    { id, contribution: digest("second") },
  ),
  refuses(
    "draw_missing",
    "opening before anybody else has brought a number",
    { at: frozen },
    people.officer,
    "rounds:open",
    { id, reveal },
  ),
  refuses(
    "draw_differs",
    "opening with another number than the one committed to",
    {
      at: frozen,
      before: (city) => city.submit(people.service, "rounds:draw", { id, contribution: digest("first") }),
    },
    people.officer,
    "rounds:open",
    { id, reveal: digest("a better one") },
  ),
  refuses(
    "too_late",
    "opening when fewer days are left than a vote lasts",
    { at: drawn, before: (city) => city.advanceTo("2026-02-04"), params: { day: "2026-02-03" } },
    people.officer,
    "rounds:open",
    { id, reveal },
  ),
  refuses(
    "own_proposal",
    "an officer opening the vote on their own proposal",
    { at: drawn },
    author,
    "rounds:open",
    { id, reveal },
  ),
  refuses(
    "ballot_incomplete",
    "opening before all proposals of a long ballot are on it",
    { at: withLongBallot, params: { placed: 50, projects: 51 } },
    people.officer,
    "rounds:open",
    { id, reveal },
  ),
  refuses(
    "own_proposal",
    "an officer putting their own proposal on the ballot",
    { at: withLongBallot },
    author,
    "rounds:place",
    { id },
  ),
  refuses(
    "already_exists",
    "placing on a ballot that is whole",
    { at: frozen },
    people.officer,
    "rounds:place",
    { id },
  ),
  refuses(
    "not_found",
    "releasing from a ballot that is empty",
    { at: annulled },
    people.service,
    "rounds:release",
    { id },
  ),
  refuses(
    "own_proposal",
    "an author annulling the vote that went against them",
    { at: open },
    person(people.resident.person, "guarantor", "Garanti"),
    "rounds:annul",
    { id, act: act("annulment"), reasonDigest: digest("why") },
  ),
];
