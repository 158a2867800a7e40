import { act, type City } from "../city";
import { digest, RegistrarKey, VoterKey } from "../keys";
import { people, person, smallComune } from "../people";
import {
  admission,
  outcome,
  round,
  voters,
  withAdmitted,
  withCounted,
  withFinal,
  withOpenRound,
  withRegistrar,
} from "../story";
import { type Refusal, refuses } from "./case";

const ids = ["garden", "library"];
const id = "round-2026";
const [voter = new VoterKey("v1"), second = new VoterKey("v2")] = voters;
const stranger = new VoterKey("not on the roll");

const admitted = (city: City) => withAdmitted(city, ids);
const open = (city: City) => withOpenRound(city, ids);
const counted = (city: City) => withCounted(city, ids);
const freeze = (changes: Parameters<typeof round>[1] = {}) => round(ids, changes);
const cast = (...ballots: ReturnType<VoterKey["ballot"]>[]) => ({ round: id, ballots });
const changed = (index: number, changes: object) => ({
  projects: freeze().projects.map((project, place) =>
    place === index ? { ...project, ...changes } : project,
  ),
});
const closed = (city: City) => city.submit(people.service, "rounds:close", { id });
const frozen = async (city: City) => {
  await admitted(city);
  await withRegistrar(city);
  await city.submit(people.officer, "rounds:freeze", freeze());
};
const openForOneChoice = async (city: City) => {
  await admitted(city);
  await withRegistrar(city);
  await city.submit(
    people.officer,
    "rounds:freeze",
    freeze({ ballot: { type: "choice", least: 1, most: 1 } }),
  );
  await city.submit(people.officer, "rounds:open", { id });
  await city.submit(people.registrar, "rounds:admit", admission());
};
const attest = (city: City) => ({ id, digest: city.record("round", id).outcome?.digest ?? "" });
const objection = { id: "objection-1", round: id, digest: digest("objection") };
const attested = async (city: City) => {
  for (const who of [people.officer, people.guarantor]) await city.submit(who, "rounds:attest", attest(city));
};
const caseRegistrarTwice = person(people.caseRegistrar.person, "registrar", "Comune");
const sneaked = new RegistrarKey();

export const roundRefusals: Refusal[] = [
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
  refuses(
    "roll_full",
    "a slot beyond the roll",
    { at: frozen, params: { slot: 11, rollSize: 10 } },
    people.registrar,
    "rounds:admit",
    admission([voter], [11]),
  ),
  refuses(
    "slot_taken",
    "two keys for one place",
    { at: open },
    people.registrar,
    "rounds:admit",
    admission([stranger], [1]),
  ),
  refuses(
    "key_already_admitted",
    "one key for two places",
    { at: open },
    people.registrar,
    "rounds:admit",
    admission([voter], [9]),
  ),
  refuses(
    "invalid_input",
    "a slot twice in one list",
    { at: frozen, params: { path: "admissions" } },
    people.registrar,
    "rounds:admit",
    admission([voter, second], [1, 1]),
  ),
  refuses(
    "same_organisation",
    "two registrars of one organisation",
    { at: frozen },
    people.caseRegistrar,
    "rounds:admit",
    admission([voter]),
  ),
  refuses(
    "same_person",
    "two certificates of one registrar",
    { at: frozen },
    caseRegistrarTwice,
    "rounds:admit",
    admission([voter]),
  ),
  refuses(
    "key_withdrawn",
    "a registrar whose key was withdrawn",
    {
      at: frozen,
      before: (city) =>
        city.submit(people.caseRegistrar, "municipality:withdrawSigningKey", { id: "case-registrar-key" }),
    },
    people.registrar,
    "rounds:admit",
    admission([voter]),
  ),
  refuses(
    "bad_signature",
    "a list other than the one signed",
    { at: frozen },
    people.registrar,
    "rounds:admit",
    { ...admission([voter]), admissions: [{ slot: 2, key: stranger.publicKey }] },
  ),
  refuses(
    "bad_signature",
    "a signature for another round",
    { at: frozen },
    people.registrar,
    "rounds:admit",
    { ...admission([voter]), cosignature: admission([voter], [1], "round-9").cosignature },
  ),
  refuses("bad_signature", "a signature by another key", { at: frozen }, people.registrar, "rounds:admit", {
    ...admission([voter]),
    cosignature: sneaked.cosign(id, admission([voter]).admissions),
  }),
  refuses(
    "wrong_state",
    "admitting after closing",
    { at: open, before: closed },
    people.registrar,
    "rounds:admit",
    admission([stranger], [9]),
  ),
  refuses(
    "round_not_open",
    "a vote before opening",
    { at: frozen },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1])),
  ),
  refuses(
    "round_not_open",
    "a vote after closing",
    { at: open, before: closed },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1])),
  ),
  refuses(
    "too_late",
    "a vote on the day after the last",
    { at: open, before: (city) => city.advanceTo("2026-02-11") },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1])),
  ),
  refuses(
    "key_not_admitted",
    "a vote by a key nobody admitted",
    { at: open, params: { key: stranger.publicKey, seq: 1 } },
    people.casting,
    "rounds:cast",
    cast(stranger.ballot(id, 1, [1])),
  ),
  refuses(
    "bad_signature",
    "a vote changed on its way",
    { at: open },
    people.casting,
    "rounds:cast",
    cast({ ...voter.ballot(id, 1, [1]), choices: [2] }),
  ),
  refuses(
    "bad_signature",
    "a vote of another round",
    { at: open },
    people.casting,
    "rounds:cast",
    cast(voter.ballot("round-9", 1, [1])),
  ),
  refuses(
    "bad_signature",
    "a vote of another municipality",
    { at: open },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1], smallComune)),
  ),
  refuses(
    "ballot_already_cast",
    "the same vote twice",
    {
      at: open,
      before: (city) => city.submit(people.casting, "rounds:cast", cast(voter.ballot(id, 1, [1]))),
    },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1])),
  ),
  refuses(
    "not_on_ballot",
    "a project that is not there",
    { at: open },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [3])),
  ),
  refuses(
    "repeated_choice",
    "a project twice",
    { at: open },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1, 1])),
  ),
  refuses(
    "too_many_choices",
    "more choices than the round allows",
    { at: openForOneChoice },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1, 2])),
  ),
  refuses(
    "too_few_choices",
    "an empty ballot",
    { at: open },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [])),
  ),
  refuses(
    "wrong_role",
    "a vote under a person's own certificate",
    { at: open },
    people.resident,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1])),
  ),
  refuses(
    "too_early",
    "closing before the instant",
    {
      at: open,
      before: async (city) => {
        city.now = Date.parse("2026-02-10T19:59:59Z");
      },
      params: { instant: "2026-02-10T20:00:00Z" },
    },
    people.service,
    "rounds:close",
    { id },
  ),
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
