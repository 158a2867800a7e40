import type { City } from "../city";
import { digest } from "../keys";
import { commitment, plan, withAccepted, withActive } from "../pact-story";
import { people, person } from "../people";
import { type Refusal, refuses } from "./case";

const m1 = "commitment-1-m1";
const committed = async (city: City) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
};
const planned = async (city: City) => {
  await committed(city);
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
};
const given = async (city: City) => {
  await planned(city);
  await city.submit(people.resident, "milestones:submitEvidence", { id: m1, evidence: [digest("photo")] });
};
const verified = async (city: City) => {
  await given(city);
  await city.submit(people.coordinator, "milestones:verify", { id: m1, reportHash: digest("visit") });
};
const objection = { id: "objection-1", milestone: m1, digest: digest("why") };
const objectedTo = async (city: City) => {
  await verified(city);
  await city.submit(people.neighbour, "milestones:object", objection);
};
const decision = { id: m1, objection: "objection-1", upheld: true, digest: digest("because") };
const again = (role: "responsible_officer" | "treasurer", who: { person: string }) =>
  person(who.person, role, "Comune");
const reason = { id: "pact-garden", reasonDigest: digest("reason") };

export const milestoneRefusals: Refusal[] = [
  refuses(
    "not_representative",
    "evidence by a neighbour",
    { at: planned },
    people.neighbour,
    "milestones:submitEvidence",
    { id: m1, evidence: [digest("photo")] },
  ),
  refuses(
    "pact_not_active",
    "evidence while the pact is suspended",
    { at: planned, before: (city) => city.submit(people.officer, "pacts:suspend", reason) },
    people.resident,
    "milestones:submitEvidence",
    { id: m1, evidence: [digest("photo")] },
  ),
  refuses(
    "same_person",
    "verifying one's own evidence",
    { at: given },
    person(people.resident.person, "coordinator", "Case"),
    "milestones:verify",
    { id: m1, reportHash: digest("visit") },
  ),
  refuses("wrong_role", "an officer verifying", { at: given }, people.officer, "milestones:verify", {
    id: m1,
    reportHash: digest("visit"),
  }),
  refuses(
    "challenge_window_open",
    "accepting before the days for challenging are over",
    { at: verified, params: { day: "2026-02-16" } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "same_person",
    "the verifier accepting",
    { at: verified },
    again("responsible_officer", people.coordinator),
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "same_person",
    "the submitter accepting",
    { at: verified },
    again("responsible_officer", people.resident),
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "wrong_state",
    "accepting what nobody verified",
    { at: given },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "over_planned",
    "accepting a cent more than was planned",
    { at: verified, before: (city) => city.advanceTo("2026-02-16"), params: { limitCents: 600_000 } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_001 },
  ),
  refuses(
    "invalid_input",
    "accepting nothing",
    { at: verified, before: (city) => city.advanceTo("2026-02-16"), params: { path: "acceptedCents" } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 0 },
  ),
  refuses(
    "invalid_input",
    "accepting a part without a reason",
    { at: verified, before: (city) => city.advanceTo("2026-02-16"), params: { path: "reasonDigest" } },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 1 },
  ),
  refuses(
    "objection_open",
    "accepting while an objection is not decided",
    { at: objectedTo, before: (city) => city.advanceTo("2026-02-16") },
    people.officer,
    "milestones:accept",
    { id: m1, acceptedCents: 600_000 },
  ),
  refuses(
    "wrong_state",
    "objecting to what nobody verified",
    { at: given },
    people.neighbour,
    "milestones:object",
    objection,
  ),
  refuses(
    "already_exists",
    "objecting twice to one verification",
    { at: objectedTo, params: { type: "objection", id: "objection-1" } },
    people.neighbour,
    "milestones:object",
    { ...objection, id: "objection-2" },
  ),
  refuses(
    "already_exists",
    "an objection under the id of another",
    { at: objectedTo, params: { type: "objection", id: "objection-1" } },
    people.resident,
    "milestones:object",
    objection,
  ),
  refuses(
    "not_found",
    "deciding an objection that nobody raised",
    { at: verified, params: { type: "objection", id: "objection-1" } },
    people.guarantor,
    "milestones:decideObjection",
    decision,
  ),
  refuses(
    "same_person",
    "deciding one's own objection",
    { at: objectedTo },
    person(people.neighbour.person, "guarantor", "Garanti"),
    "milestones:decideObjection",
    decision,
  ),
  refuses(
    "same_person",
    "deciding another's objection while one's own waits, which it would answer too",
    {
      at: objectedTo,
      before: (city) =>
        city.submit(people.resident, "milestones:object", { ...objection, id: "objection-2" }),
    },
    person(people.neighbour.person, "guarantor", "Garanti"),
    "milestones:decideObjection",
    { ...decision, objection: "objection-2" },
  ),
  refuses(
    "same_person",
    "whoever verified the work deciding what is objected to it",
    { at: objectedTo },
    person(people.coordinator.person, "guarantor", "Garanti"),
    "milestones:decideObjection",
    decision,
  ),
  refuses("wrong_state", "accepting twice", { at: withAccepted }, people.officer, "milestones:accept", {
    id: m1,
    acceptedCents: 600_000,
  }),
];
