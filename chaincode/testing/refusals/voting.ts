import type { BallotRules } from "../../../protocol/records/rounds";
import type { City, Input } from "../city";
import { RegistrarKey, VoterKey } from "../keys";
import { people, person, smallComune } from "../people";
import { admission, drawAndOpen, round, voters, withAdmitted, withOpenRound, withRegistrar } from "../story";
import { type Refusal, refuses } from "./case";

const ids = ["garden", "library"];
const id = "round-2026";
const [voter = new VoterKey("v1"), second = new VoterKey("v2")] = voters;
const stranger = new VoterKey("not on the roll");

const admitted = (city: City) => withAdmitted(city, ids);
const open = (city: City) => withOpenRound(city, ids);
const freeze = (changes: Parameters<typeof round>[1] = {}) => round(ids, changes);
const cast = (...ballots: Input<"rounds:cast">["ballots"]) => ({ round: id, ballots });
const closed = (city: City) => city.submit(people.service, "rounds:close", { id });
const frozen = async (city: City) => {
  await admitted(city);
  await withRegistrar(city);
  await city.submit(people.officer, "rounds:freeze", freeze());
};
const openWith = (ballot: BallotRules) => async (city: City) => {
  await admitted(city);
  await withRegistrar(city);
  await city.submit(people.officer, "rounds:freeze", freeze({ ballot }));
  await drawAndOpen(city);
  await city.submit(people.registrar, "rounds:admit", admission());
};
const openForOneChoice = openWith({ type: "choice", least: 1, most: 1 });
const openForPoints = openWith({ type: "points", least: 1, most: 2, points: { each: 3, total: 4 } });
const caseRegistrarTwice = person(people.caseRegistrar.person, "registrar", "Comune");
const sneaked = new RegistrarKey();

export const votingRefusals: Refusal[] = [
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
    "too_many_of_group",
    "both projects of a group of which one may be chosen",
    { at: openWith({ type: "approval", least: 1, most: 2, groups: [{ numbers: [1, 2], most: 1 }] }) },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1, 2])),
  ),
  refuses(
    "choices_too_costly",
    "a knapsack that costs more than it may",
    { at: openWith({ type: "knapsack", least: 1, most: 2, mostCents: 1_999_999 }) },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1, 2])),
  ),
  refuses(
    "points_differ",
    "points on a ballot without points",
    { at: open },
    people.casting,
    "rounds:cast",
    cast(voter.pointsBallot(id, 1, [1], [1])),
  ),
  refuses(
    "points_differ",
    "a points ballot without points",
    { at: openForPoints },
    people.casting,
    "rounds:cast",
    cast(voter.ballot(id, 1, [1])),
  ),
  refuses(
    "points_differ",
    "fewer points than choices",
    { at: openForPoints },
    people.casting,
    "rounds:cast",
    cast(voter.pointsBallot(id, 1, [1, 2], [1])),
  ),
  refuses(
    "too_many_points",
    "more points for one project than it may get",
    { at: openForPoints },
    people.casting,
    "rounds:cast",
    cast(voter.pointsBallot(id, 1, [1], [4])),
  ),
  refuses(
    "too_many_points",
    "more points than there are to share",
    { at: openForPoints },
    people.casting,
    "rounds:cast",
    cast(voter.pointsBallot(id, 1, [1, 2], [3, 2])),
  ),
  refuses(
    "bad_signature",
    "other points than were signed",
    { at: openForPoints },
    people.casting,
    "rounds:cast",
    cast({ ...voter.pointsBallot(id, 1, [1, 2], [3, 1]), points: [1, 3] }),
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
    "too_late",
    "admitting on the day after the last",
    { at: open, before: (city) => city.advanceTo("2026-02-11"), params: { day: "2026-02-10" } },
    people.registrar,
    "rounds:admit",
    admission([stranger], [9]),
  ),
  refuses(
    "invalid_input",
    "a signature as long as a book",
    { at: frozen, params: { path: "cosignature", problem: "too_big" } },
    people.registrar,
    "rounds:admit",
    { ...admission([voter]), cosignature: "A".repeat(204) },
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
];
