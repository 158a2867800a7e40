import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest, VoterKey } from "../keys";
import { people, person } from "../people";
import { outcome, voters, withCounted, withFinal, withOpenRound } from "../story";
import { type Refusal, refuses } from "./case";

const ids = ["garden", "library"];
const id = "round-2026";
const [_voter = new VoterKey("v1"), _second = new VoterKey("v2")] = voters;

const open = (city: City) => withOpenRound(city, ids);
const counted = (city: City) => withCounted(city, ids);
const closed = (city: City) => city.submit(people.service, "rounds:close", { id });
const attest = (city: City) => ({ id, digest: city.record("round", id).outcome?.digest ?? "" });
const objection = { id: "objection-1", round: id, digest: digest("objection") };
const attested = async (city: City) => {
  for (const who of [people.officer, people.guarantor]) await city.submit(who, "rounds:attest", attest(city));
};

/** Whoever made the proposals, in office. */
const author = person(people.resident.person, "responsible_officer", "Comune");

export const countingRefusals: Refusal[] = [
  refuses(
    "outcome_differs",
    "an outcome with another digest",
    { at: open, before: closed },
    people.officer,
    "rounds:count",
    { id, outcome: { ...outcome([1], [3, 0]), digest: digest("other") } },
  ),
  refuses(
    "invalid_input",
    "a winner twice",
    { at: open, before: closed, params: { path: "outcome.selected" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1, 1], [3, 0]) },
  ),
  refuses(
    "invalid_input",
    "a winner that was not on the ballot",
    { at: open, before: closed, params: { path: "outcome.selected" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([7], [3, 0]) },
  ),
  refuses(
    "invalid_input",
    "a cost that does not add up",
    { at: open, before: closed, params: { path: "outcome.costCents" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1], [3, 0], { costCents: 1 }) },
  ),
  refuses(
    "over_budget",
    "winners that cost more than there is",
    { at: open, before: closed },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1, 2], [3, 3]) },
  ),
  refuses(
    "invalid_input",
    "more votes than ballots",
    { at: open, before: closed, params: { path: "outcome.votes" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1], [4, 0]) },
  ),
  refuses(
    "invalid_input",
    "votes of a project left out",
    { at: open, before: closed, params: { path: "outcome.votes" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1], [3]) },
  ),
  refuses(
    "invalid_input",
    "more ballots than people on the roll",
    { at: open, before: closed, params: { path: "outcome.ballots" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1], [10, 0], { ballots: 11 }) },
  ),
  refuses(
    "invalid_input",
    "more winners than there can be projects",
    { at: open, before: closed, params: { path: "outcome.selected", problem: "too_big" } },
    people.officer,
    "rounds:count",
    {
      id,
      outcome: outcome(
        Array.from({ length: 501 }, (_, index) => index + 1),
        [3, 0],
      ),
    },
  ),
  refuses(
    "invalid_input",
    "void ballots that nobody on the roll could have cast",
    { at: open, before: closed, params: { path: "outcome.ballots" } },
    people.officer,
    "rounds:count",
    { id, outcome: outcome([1], [3, 0], { void: 8 }) },
  ),
  refuses(
    "own_proposal",
    "an author counting the votes on their own proposal",
    { at: open, before: closed },
    author,
    "rounds:count",
    { id, outcome: outcome([1], [3, 0]) },
  ),
  refuses(
    "own_proposal",
    "an author attesting the result of their own proposal",
    { at: counted },
    author,
    "rounds:attest",
    attest,
  ),
  refuses(
    "own_proposal",
    "an author deciding an objection to the result of their own proposal",
    { at: counted, before: (city) => city.submit(people.neighbour, "rounds:object", objection) },
    person(people.resident.person, "guarantor", "Garanti"),
    "rounds:decideObjection",
    { id: "objection-1", upheld: false, digest: digest("no") },
  ),
  refuses(
    "own_proposal",
    "an author making the result of their own proposal final",
    {
      at: counted,
      before: async (city) => {
        await attested(city);
        await city.advanceTo("2026-02-06");
      },
    },
    author,
    "rounds:finalise",
    { id, act: act("x") },
  ),
  refuses("wrong_state", "counting twice", { at: counted }, people.officer, "rounds:count", {
    id,
    outcome: outcome([1], [3, 0]),
  }),
  refuses("outcome_differs", "attesting something else", { at: counted }, people.guarantor, "rounds:attest", {
    id,
    digest: digest("other"),
  }),
  refuses(
    "already_attested",
    "an organisation attesting twice",
    { at: counted, before: (city) => city.submit(people.officer, "rounds:attest", attest(city)) },
    person("second-officer", "responsible_officer", "Comune"),
    "rounds:attest",
    attest,
  ),
  refuses(
    "same_person",
    "one person attesting for two organisations",
    { at: counted, before: (city) => city.submit(people.officer, "rounds:attest", attest(city)) },
    person(people.officer.person, "guarantor", "Garanti"),
    "rounds:attest",
    attest,
  ),
  refuses(
    "already_exists",
    "one person objecting twice",
    { at: counted, before: (city) => city.submit(people.neighbour, "rounds:object", objection) },
    people.neighbour,
    "rounds:object",
    { ...objection, id: "objection-2" },
  ),
  refuses(
    "too_late",
    "objecting when the days are over",
    {
      at: counted,
      before: async (city) => {
        await attested(city);
        await city.advanceTo("2026-02-06");
      },
    },
    people.neighbour,
    "rounds:object",
    objection,
  ),
  refuses(
    "same_person",
    "deciding one's own objection",
    { at: counted, before: (city) => city.submit(people.neighbour, "rounds:object", objection) },
    person(people.neighbour.person, "guarantor", "Garanti"),
    "rounds:decideObjection",
    { id: "objection-1", upheld: true, digest: digest("x") },
  ),
  refuses(
    "wrong_state",
    "deciding an objection twice",
    {
      at: counted,
      before: async (city) => {
        await city.submit(people.neighbour, "rounds:object", objection);
        await city.submit(people.guarantor, "rounds:decideObjection", {
          id: "objection-1",
          upheld: false,
          digest: digest("x"),
        });
      },
    },
    people.guarantor,
    "rounds:decideObjection",
    { id: "objection-1", upheld: true, digest: digest("x") },
  ),
  refuses(
    "objection_open",
    "finality with an objection undecided",
    {
      at: counted,
      before: async (city) => {
        await attested(city);
        await city.submit(people.neighbour, "rounds:object", objection);
        await city.advanceTo("2026-02-06");
      },
    },
    people.guarantor,
    "rounds:finalise",
    { id, act: act("x") },
  ),
  refuses(
    "too_early",
    "finality a day early",
    {
      at: counted,
      before: async (city) => {
        await attested(city);
        await city.advanceTo("2026-02-05");
      },
      params: { day: "2026-02-06" },
    },
    people.guarantor,
    "rounds:finalise",
    { id, act: act("x") },
  ),
  refuses(
    "wrong_state",
    "finality on one attestation of two",
    { at: counted, before: (city) => city.submit(people.officer, "rounds:attest", attest(city)) },
    people.guarantor,
    "rounds:finalise",
    { id, act: act("x") },
  ),
  refuses(
    "wrong_state",
    "objecting to a final result",
    { at: (city) => withFinal(city, ids) },
    people.neighbour,
    "rounds:object",
    objection,
  ),
];
