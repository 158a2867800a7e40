import type { City } from "../city";
import { digest, VoterKey } from "../keys";
import { people } from "../people";
import { round, voters, withAdmitted, withOpenRound } from "../story";
import { type Refusal, refuses } from "./case";

const ids = ["garden", "library"];
const id = "round-2026";
const [_voter = new VoterKey("v1"), _second = new VoterKey("v2")] = voters;

const admitted = (city: City) => withAdmitted(city, ids);
const open = (city: City) => withOpenRound(city, ids);
const freeze = (changes: Parameters<typeof round>[1] = {}) => round(ids, changes);
const changed = (index: number, changes: object) => ({
  projects: freeze().projects.map((project, place) =>
    place === index ? { ...project, ...changes } : project,
  ),
});

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
    { at: admitted },
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
      before: (city) => city.submit(people.officer, "rounds:freeze", freeze({ opensOn: "2026-02-05" })),
    },
    people.officer,
    "rounds:open",
    { id },
  ),
];
