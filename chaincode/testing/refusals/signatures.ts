import type { City } from "../city";
import { digest } from "../keys";
import { pact, pactAct, withActive, withDraft, withSigned } from "../pact-story";
import { people, person } from "../people";
import { type Refusal, refuses } from "./case";

const id = "pact-garden";
const drafted = (city: City) => withDraft(city);
const approved = async (city: City) => {
  await drafted(city);
  await city.submit(people.giunta, "pacts:approveGiunta", { id, act: pactAct("pact") });
};
const revised = (city: City) =>
  city.submit(people.coordinator, "pacts:revise", { ...withoutPlace(), documentHash: digest("pact v2") });
const withoutPlace = () => {
  const { id, documentHash, parties, startsOn, endsOn } = pact();
  return { id, documentHash, parties, startsOn, endsOn };
};
const signature = { id, version: 1, documentHash: digest("pact v1") };
const insured = (validUntil: string) => (city: City) =>
  city.submit(people.coordinator, "pacts:recordInsurance", {
    id,
    documentHash: digest("insurance"),
    validUntil,
  });
const reason = { id, reasonDigest: digest("reason") };

export const signatureRefusals: Refusal[] = [
  refuses(
    "wrong_state",
    "a note of the Giunta before the district approved",
    { at: drafted },
    people.giunta,
    "pacts:noteGiunta",
    { id, act: pactAct("x") },
  ),
  refuses("act_required", "approval without an act", { at: drafted }, people.giunta, "pacts:approveGiunta", {
    id,
  } as never),
  refuses("wrong_state", "signing before approval", { at: drafted }, people.officer, "pacts:sign", {
    ...signature,
    party: "comune",
  }),
  refuses(
    "wrong_version",
    "signing an old version",
    {
      at: approved,
      before: async (city) => {
        await revised(city);
        await city.submit(people.giunta, "pacts:approveGiunta", { id, act: pactAct("pact 2") });
      },
      params: { version: 2 },
    },
    people.officer,
    "pacts:sign",
    { ...signature, party: "comune" },
  ),
  refuses("wrong_version", "signing another document", { at: approved }, people.officer, "pacts:sign", {
    ...signature,
    documentHash: digest("nicer"),
    party: "comune",
  }),
  refuses(
    "not_a_party",
    "signing for a party that is not there",
    { at: approved },
    people.officer,
    "pacts:sign",
    { ...signature, party: "nobody" },
  ),
  refuses(
    "not_a_party",
    "signing for a subject one does not represent",
    { at: approved },
    people.neighbour,
    "pacts:sign",
    { ...signature, party: "friends" },
  ),
  refuses(
    "not_a_party",
    "signing for the Comune as a coordinator of the Case",
    { at: approved },
    people.coordinator,
    "pacts:sign",
    { ...signature, party: "comune" },
  ),
  refuses(
    "not_a_party",
    "signing for the Case network as one of its residents",
    {
      at: async (city) => {
        await withDraft(city, { parties: [...pact().parties, { id: "house", organisation: "Case" }] });
        await city.submit(people.giunta, "pacts:approveGiunta", { id, act: pactAct("x") });
      },
    },
    people.neighbour,
    "pacts:sign",
    { ...signature, party: "house" },
  ),
  refuses(
    "not_a_party",
    "the representative signing with an official's certificate",
    { at: approved },
    person(people.resident.person, "coordinator", "Case"),
    "pacts:sign",
    { ...signature, party: "friends" },
  ),
  refuses(
    "already_signed",
    "signing twice",
    {
      at: approved,
      before: (city) => city.submit(people.officer, "pacts:sign", { ...signature, party: "comune" }),
    },
    people.officer,
    "pacts:sign",
    { ...signature, party: "comune" },
  ),
  refuses(
    "same_person",
    "one person signing for both sides",
    {
      at: approved,
      before: (city) => city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" }),
    },
    person(people.resident.person, "responsible_officer", "Comune"),
    "pacts:sign",
    { ...signature, party: "comune" },
  ),
  refuses("insurance_missing", "an uninsured pact", { at: withSigned }, people.officer, "pacts:activate", {
    id,
  }),
  refuses(
    "insurance_expired",
    "an insurance that ended yesterday",
    {
      at: withSigned,
      before: async (city) => {
        await insured("2026-02-06")(city);
        await city.advanceTo("2026-02-07");
      },
      params: { day: "2026-02-06" },
    },
    people.officer,
    "pacts:activate",
    { id },
  ),
  refuses(
    "safety_briefing_missing",
    "a pact nobody was briefed for",
    { at: withSigned, before: insured("2026-02-06") },
    people.officer,
    "pacts:activate",
    { id },
  ),
  refuses(
    "day_in_future",
    "a briefing that was not held yet",
    { at: withSigned },
    people.technician,
    "pacts:recordSafetyBriefing",
    { id, documentHash: digest("x"), heldOn: "2026-06-02" },
  ),
  refuses("wrong_state", "activating twice", { at: withActive }, people.officer, "pacts:activate", { id }),
  refuses(
    "wrong_state",
    "resuming what is active",
    { at: withActive },
    people.officer,
    "pacts:resume",
    reason,
  ),
  refuses(
    "insurance_expired",
    "resuming after the insurance ended",
    {
      at: withActive,
      before: async (city) => {
        await insured("2026-02-06")(city);
        await city.submit(people.officer, "pacts:suspend", reason);
        await city.advanceTo("2026-02-07");
      },
    },
    people.officer,
    "pacts:resume",
    reason,
  ),
  refuses(
    "wrong_state",
    "suspending what ended",
    { at: withActive, before: (city) => city.submit(people.officer, "pacts:terminate", reason) },
    people.officer,
    "pacts:suspend",
    reason,
  ),
  refuses(
    "too_early",
    "expiry within the term",
    { at: withActive, params: { day: "2029-02-05" } },
    people.service,
    "pacts:expire",
    { id },
  ),
];
