import { outcomeText } from "../../../protocol/digests";
import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { people, person } from "../people";
import { group, hex, keysOffered, publicKeys, published, tieOf } from "../sealed-election";
import {
  announcement,
  finalCasts,
  firstCasts,
  groupSize,
  id,
  laterCasts,
  programs,
  reception,
  released,
  sealedFreeze,
  sealedOutcome,
  trustees,
  withAnnounced,
  withKeys,
  withReveals,
  withSealedClosed,
  withSealedFrozen,
  withSealedListed,
  withSealedOpen,
  withSealedPublished,
  withSealedPurged,
  withSealedReleased,
  withSealedVotes,
} from "../sealed-story";
import { admission, voters, withOpenRound } from "../story";
import { type Refusal, refuses } from "./case";

const [comune, case_, garanti] = programs.issuers;
const report = (changes: object = {}) => ({
  ...{ round: id, day: "2026-02-01", issued: [{ area: 1, count: 20 }] },
  ...{ refused: 0, waiting: 0, paper: 20, root: digest("issued") },
  ...changes,
});
const weak = "00".repeat(32);
const later = (day: string) => (city: City) => city.advanceTo(day);

/** A group that is cast as a whole, and the code that its first ballot or all of it is refused with. */
function castRefusal(
  code: Refusal["code"],
  what: string,
  given: Pick<Refusal, "at" | "before" | "params">,
  make: (city: City) => Promise<Awaited<ReturnType<typeof firstCasts>>>,
  change: (input: Awaited<ReturnType<typeof inputOf>>) => object = (input) => input,
): Refusal {
  return {
    ...{ code, what },
    ...given,
    attempt: async (city) => {
      const input = await inputOf(city, await make(city));
      return city.refused(programs.opener, "sealed:cast", change(input) as typeof input);
    },
  };
}

async function inputOf(city: City, casts: Parameters<typeof group>[1]) {
  const { input, envelopes } = group(id, casts);
  city.envelopes = envelopes;
  return input;
}

const prolonging = (changes: object = {}) => ({
  ...{ round: id, closesAt: "2026-02-14T20:00:00Z", act: act("prolonged"), reasonDigest: digest("waiting") },
  ...changes,
});

const prolongings: Refusal[] = [
  refuses(
    "not_later",
    "prolonging to the instant that is frozen",
    { at: withSealedOpen },
    people.guarantor,
    "sealed:prolong",
    prolonging({ closesAt: "2026-02-10T20:00:00Z" }),
  ),
  refuses(
    "too_late",
    "prolonging without end",
    { at: withSealedOpen, params: { day: "2026-03-12" } },
    people.guarantor,
    "sealed:prolong",
    prolonging({ closesAt: "2026-03-13T20:00:00Z" }),
  ),
  refuses(
    "too_late",
    "prolonging a vote whose end has come",
    { at: withSealedOpen, before: later("2026-02-11"), params: { day: "2026-02-10" } },
    people.guarantor,
    "sealed:prolong",
    prolonging(),
  ),
  refuses(
    "already_exists",
    "prolonging twice",
    { at: withSealedOpen, before: (city) => city.submit(people.guarantor, "sealed:prolong", prolonging()) },
    people.guarantor,
    "sealed:prolong",
    prolonging({ closesAt: "2026-02-20T20:00:00Z" }),
  ),
  refuses(
    "not_found",
    "prolonging an open round as if it were sealed",
    { at: (city) => withOpenRound(city, ["garden", "library"]) },
    people.guarantor,
    "sealed:prolong",
    prolonging(),
  ),
  refuses(
    "own_proposal",
    "an author prolonging the vote on their own proposal",
    { at: withSealedOpen },
    person(people.resident.person, "guarantor", "Garanti"),
    "sealed:prolong",
    prolonging(),
  ),
];

export const sealedRefusals: Refusal[] = [
  refuses(
    "not_found",
    "a call that nobody published",
    { at: withAnnounced },
    people.officer,
    "sealed:announce",
    {
      ...announcement({ id: "round-other", call: "call-1999" }),
    },
  ),
  refuses("already_exists", "announcing twice", { at: withAnnounced }, people.officer, "sealed:announce", {
    ...announcement(),
  }),
  refuses(
    "invalid_input",
    "a district twice",
    { at: withAnnounced, params: { path: "areas" } },
    people.officer,
    "sealed:announce",
    {
      ...announcement({
        id: "round-other",
        areas: [1, 2].map(() => ({ id: "1", size: 20, root: digest("r") })),
      }),
    },
  ),
  refuses("already_exists", "a key in the place of another", { at: withKeys }, comune, "sealed:offerKeys", {
    ...{ round: id, keys: keysOffered(id, 1, 1).keys },
  }),
  refuses(
    "invalid_input",
    "nothing at all",
    { at: withAnnounced, params: { path: "keys" } },
    comune,
    "sealed:offerKeys",
    { round: id, keys: [] },
  ),
  refuses(
    "invalid_input",
    "a key for an area that there is not",
    { at: withAnnounced, params: { path: "keys" } },
    comune,
    "sealed:offerKeys",
    keysOffered(id, 1, 4),
  ),
  refuses(
    "invalid_input",
    "two keys for an area",
    { at: withAnnounced, params: { path: "keys" } },
    comune,
    "sealed:offerKeys",
    {
      round: id,
      keys: [...keysOffered(id, 1, 1).keys, ...keysOffered(id, 1, 1).keys],
    },
  ),
  refuses(
    "wrong_organisation",
    "a second key for posting",
    { at: withAnnounced },
    case_,
    "sealed:offerKeys",
    {
      ...keysOffered(id, 1, 1),
    },
  ),
  refuses("weak_key", "an even modulus", { at: withAnnounced }, comune, "sealed:offerKeys", {
    round: id,
    keys: [{ area: 1, modulus: Buffer.alloc(384, 254).toString("base64") }],
  }),
  refuses("already_exists", "another number for the draw", { at: withKeys }, comune, "sealed:offerKeys", {
    ...{ round: id, keys: [], tieCommitment: digest("better") },
  }),
  refuses(
    "weak_key",
    "a key under which anybody signs",
    { at: withAnnounced },
    programs.relay,
    "sealed:offerServiceKey",
    { round: id, key: weak },
  ),
  refuses(
    "weak_key",
    "a key that keeps nothing secret",
    { at: withAnnounced },
    programs.opener,
    "sealed:offerServiceKey",
    { round: id, key: weak },
  ),
  refuses("already_exists", "another opener", { at: withKeys }, programs.opener, "sealed:offerServiceKey", {
    round: id,
    key: hex(publicKeys.opener),
  }),
  refuses(
    "weak_key",
    "a trustee's key that keeps nothing secret",
    { at: withAnnounced },
    people.guarantor,
    "sealed:offerTrusteeKey",
    { round: id, key: weak },
  ),
  refuses(
    "already_exists",
    "a second trustee of an organisation",
    { at: withKeys },
    people.guarantor,
    "sealed:offerTrusteeKey",
    {
      round: id,
      key: hex(publicKeys.opener),
    },
  ),
  refuses(
    "reveal_too_early",
    "revealing while somebody can still choose",
    {
      at: withAnnounced,
      before: (city) => city.submit(comune, "sealed:offerKeys", keysOffered(id, 1, 3)),
      params: { missing: 2 },
    },
    comune,
    "sealed:revealTie",
    { round: id, reveal: hex(tieOf(1)) },
  ),
  refuses(
    "draw_differs",
    "another number than the one committed to",
    { at: withKeys },
    comune,
    "sealed:revealTie",
    {
      ...{ round: id, reveal: hex(tieOf(2)) },
    },
  ),
  refuses("already_exists", "revealing twice", { at: withReveals }, comune, "sealed:revealTie", {
    round: id,
    reveal: hex(tieOf(1)),
  }),
  refuses(
    "sealing_incomplete",
    "freezing while an issuer withholds its number",
    {
      at: withKeys,
      before: async (city) => {
        await city.submit(comune, "sealed:revealTie", { round: id, reveal: hex(tieOf(1)) });
        await city.submit(case_, "sealed:revealTie", { round: id, reveal: hex(tieOf(2)) });
      },
      params: { missing: 1 },
    },
    people.officer,
    "rounds:freeze",
    sealedFreeze,
  ),
  refuses(
    "sealing_incomplete",
    "freezing before anybody has offered a key",
    {
      at: withAnnounced,
      params: { missing: 19 },
    },
    people.officer,
    "rounds:freeze",
    sealedFreeze,
  ),
  refuses(
    "invalid_input",
    "another size than that of the rolls",
    { at: withReveals, params: { path: "rollSize" } },
    people.officer,
    "rounds:freeze",
    (city) => sealedFreeze(city, { rollSize: 109 }),
  ),
  refuses(
    "invalid_input",
    "another roll",
    { at: withReveals, params: { path: "rollRoot" } },
    people.officer,
    "rounds:freeze",
    (city) => sealedFreeze(city, { rollRoot: digest("another") }),
  ),
  refuses(
    "not_found",
    "a sealed round that nobody announced",
    { at: withReveals },
    people.officer,
    "rounds:freeze",
    (city) => sealedFreeze(city, { id: "round-other" }),
  ),
  refuses(
    "invalid_input",
    "an open round without a number for the draw",
    { at: withReveals, params: { path: "drawCommitment" } },
    people.officer,
    "rounds:freeze",
    (city) => sealedFreeze(city, { ballotKind: "open" }),
  ),
  refuses(
    "wrong_state",
    "offering a key after the freeze",
    { at: withSealedFrozen },
    people.guarantor,
    "sealed:offerTrusteeKey",
    { round: id, key: hex(publicKeys.opener) },
  ),
  refuses(
    "draw_missing",
    "a draw by a service for a round that has one",
    { at: withSealedFrozen },
    person("service-of-the-case", "service", "Case"),
    "rounds:draw",
    { id, contribution: digest("mine") },
  ),
  refuses(
    "wrong_ballot_kind",
    "admitting keys to a sealed round",
    {
      at: withSealedFrozen,
      before: (city) =>
        city.submit(people.caseRegistrar, "municipality:registerSigningKey", {
          id: "case-registrar-key",
          publicKey: city.certificateKey,
        }),
    },
    people.registrar,
    "rounds:admit",
    admission(),
  ),
  refuses(
    "wrong_ballot_kind",
    "an open ballot in a sealed round",
    { at: withSealedOpen },
    people.casting,
    "rounds:cast",
    {
      round: id,
      ballots: voters.slice(0, 1).map((voter) => voter.ballot(id, 1, [1])),
    },
  ),
  refuses(
    "over_roll",
    "more credentials than places",
    { at: withSealedFrozen, params: { area: 1, rollSize: 40 } },
    comune,
    "sealed:reportIssued",
    report({ issued: [{ area: 1, count: 60 }] }),
  ),
  refuses(
    "invalid_input",
    "a count that shows one person",
    { at: withSealedFrozen },
    comune,
    "sealed:reportIssued",
    report({ issued: [{ area: 1, count: 7 }] }),
  ),
  refuses(
    "invalid_input",
    "credentials of an area that there is not",
    { at: withSealedFrozen, params: { path: "issued" } },
    comune,
    "sealed:reportIssued",
    report({ issued: [{ area: 9, count: 0 }] }),
  ),
  refuses(
    "day_in_future",
    "counts of tomorrow",
    { at: withSealedFrozen },
    comune,
    "sealed:reportIssued",
    report({ day: "2026-02-02" }),
  ),
  refuses(
    "already_exists",
    "a day told twice",
    { at: withSealedFrozen, before: (city) => city.submit(comune, "sealed:reportIssued", report()) },
    comune,
    "sealed:reportIssued",
    report(),
  ),
  refuses(
    "count_falls",
    "fewer on paper than before",
    {
      at: withSealedFrozen,
      before: async (city) => {
        await city.submit(garanti, "sealed:reportIssued", report());
        await city.advanceTo("2026-02-02");
      },
    },
    garanti,
    "sealed:reportIssued",
    report({ day: "2026-02-02", paper: 0 }),
  ),
  refuses(
    "dates_out_of_order",
    "an earlier day afterwards",
    {
      at: withSealedFrozen,
      before: (city) => city.submit(garanti, "sealed:reportIssued", report()),
    },
    garanti,
    "sealed:reportIssued",
    report({ day: "2026-01-31" }),
  ),
  castRefusal("round_not_open", "a ballot before the opening", { at: withSealedFrozen }, (city) =>
    firstCasts(city, 1),
  ),
  castRefusal(
    "group_too_small",
    "two ballots alone",
    { at: withSealedOpen, params: { keys: 2, least: groupSize } },
    async (city) => (await firstCasts(city, 1)).slice(0, 2),
  ),
  castRefusal(
    "group_too_small",
    "a group filled up with a ballot that is none",
    { at: withSealedOpen, params: { keys: 2, least: groupSize } },
    async (city) => {
      const [first, second, third] = await firstCasts(city, 1);
      return [first, second, third && { ...third, seq: 2 }].filter((one) => one !== undefined);
    },
  ),
  castRefusal(
    "invalid_input",
    "two ballots of a key in a group",
    { at: withSealedOpen, params: { path: "ballots" } },
    async (city) => {
      const casts = await firstCasts(city, 1);
      return [...casts, ...casts.slice(0, 1)];
    },
  ),
  castRefusal(
    "bad_credential",
    "ballots of another area",
    { at: withSealedOpen },
    (city) => firstCasts(city, 2),
    (input) => ({ ...input, area: 1 }),
  ),
  castRefusal(
    "invalid_input",
    "an area that there is not",
    { at: withSealedOpen, params: { path: "area" } },
    (city) => firstCasts(city, 1),
    (input) => ({ ...input, area: 4 }),
  ),
  castRefusal("bad_signature", "ballots that somebody changed", { at: withSealedOpen }, async (city) =>
    (await firstCasts(city, 1)).map((cast) => ({
      ...cast,
      signature: cast.signature.with(40, (cast.signature[40] as number) ^ 1),
    })),
  ),
  castRefusal("bad_credential", "credentials of two issuers alone", { at: withSealedOpen }, async (city) =>
    (await firstCasts(city, 1)).map((cast) => ({
      ...cast,
      credentials: [cast.credentials[0], cast.credentials[1], cast.credentials[1]] as const,
    })),
  ),
  castRefusal("weak_key", "keys under which anybody signs", { at: withSealedOpen }, async (city) =>
    (await firstCasts(city, 1)).slice(0, 1).map((cast) => ({ ...cast, voter: new Uint8Array(32) })),
  ),
  castRefusal("ballot_malformed", "an envelope of another length", { at: withSealedOpen }, async (city) =>
    (await firstCasts(city, 1)).map((cast) => ({ ...cast, envelope: cast.envelope.slice(1) })),
  ),
  castRefusal(
    "envelope_differs",
    "an envelope that is not the signed one",
    { at: withSealedOpen },
    (city) => firstCasts(city, 1),
    (input) => ({
      ...input,
      ballots: input.ballots.map((ballot) => ({ ...ballot, digest: digest("another") })),
    }),
  ),
  castRefusal("ballot_already_cast", "the same ballots again", { at: withSealedVotes }, (city) =>
    firstCasts(city, 1),
  ),
  castRefusal(
    "ballot_out_of_order",
    "second ballots of keys that have cast none",
    { at: withSealedOpen },
    async (city) => (await laterCasts(city))[0] ?? [],
  ),
  castRefusal(
    "too_late",
    "ballots after the days of grace",
    { at: withSealedVotes, before: later("2026-02-12"), params: { day: "2026-02-11" } },
    async (city) => (await laterCasts(city))[1] ?? [],
  ),
  castRefusal("round_not_open", "ballots after the closing", { at: withSealedClosed }, (city) =>
    firstCasts(city, 1),
  ),
  {
    ...{
      code: "invalid_input",
      what: "fewer envelopes than ballots",
      at: withSealedOpen,
      params: { path: "envelopes" },
    },
    attempt: async (city) => {
      const input = await inputOf(city, await firstCasts(city, 1));
      city.envelopes = city.envelopes?.slice(1);
      return city.refused(programs.opener, "sealed:cast", input);
    },
  },
  {
    ...{
      code: "invalid_input",
      what: "ballots without envelopes",
      at: withSealedOpen,
      params: { path: "envelopes" },
    },
    attempt: async (city) => {
      const input = await inputOf(city, await firstCasts(city, 1));
      city.envelopes = undefined;
      return city.refused(programs.opener, "sealed:cast", input);
    },
  },
  {
    ...{
      code: "too_early",
      what: "ending the reception before the closing instant",
      at: withSealedVotes,
      params: { instant: "2026-02-10T20:00:00Z" },
    },
    attempt: async (city) => {
      city.now = Date.parse("2026-02-10T19:59:59Z");
      return city.refused(programs.relay, "sealed:endReception", await reception(city));
    },
  },
  {
    ...{ code: "bad_signature", what: "a count that the copy-keeper has not signed", at: withSealedVotes },
    attempt: async (city) => {
      const { relaySignature, ...rest } = await reception(city);
      return city.refused(programs.relay, "sealed:endReception", {
        ...rest,
        relaySignature,
        copyKeeperSignature: relaySignature,
      });
    },
  },
  {
    ...{ code: "already_exists", what: "ending the reception twice", at: withSealedClosed },
    attempt: async (city) => city.refused(programs.relay, "sealed:endReception", await reception(city)),
  },
  refuses(
    "too_early",
    "closing while ballots may still be recorded",
    {
      at: withSealedVotes,
      before: async (city) => {
        city.now = Date.parse("2026-02-11T19:59:59Z");
      },
      params: { instant: "2026-02-11T20:00:00.000Z" },
    },
    people.service,
    "rounds:close",
    { id },
  ),
  ...prolongings,
  refuses(
    "wrong_state",
    "a list before the closing",
    { at: withSealedVotes },
    programs.opener,
    "sealed:list",
    { round: id },
  ),
  refuses(
    "wrong_state",
    "a list that is complete",
    { at: withSealedListed },
    programs.opener,
    "sealed:list",
    { round: id },
  ),
  refuses(
    "wrong_state",
    "purging before the list is complete",
    { at: withSealedClosed },
    programs.opener,
    "sealed:purge",
    { round: id },
  ),
  refuses(
    "nothing_left",
    "purging when all is purged",
    { at: withSealedPurged },
    programs.opener,
    "sealed:purge",
    { round: id },
  ),
  refuses(
    "purge_incomplete",
    "being complete while superseded envelopes are there",
    { at: withSealedListed, params: { count: 4 } },
    programs.opener,
    "sealed:completePublication",
    { round: id },
  ),
  refuses(
    "publication_incomplete",
    "being complete without the envelopes",
    { at: withSealedPurged, params: { count: 51 } },
    programs.opener,
    "sealed:completePublication",
    { round: id },
  ),
  {
    ...{
      code: "area_not_opened",
      what: "envelopes of an area with too few",
      at: withSealedPurged,
      params: { area: 3 },
    },
    attempt: async (city) =>
      city.refused(programs.opener, "sealed:publish", published(id, await firstCasts(city, 3))),
  },
  {
    ...{ code: "envelope_differs", what: "an envelope that a later one replaced", at: withSealedPurged },
    attempt: async (city) =>
      city.refused(programs.opener, "sealed:publish", published(id, await firstCasts(city, 1))),
  },
  {
    ...{ code: "already_exists", what: "an envelope twice", at: withSealedPurged },
    before: async (city: City) =>
      city.submit(programs.opener, "sealed:publish", published(id, await finalCasts(city, 2))),
    attempt: async (city) =>
      city.refused(programs.opener, "sealed:publish", published(id, await finalCasts(city, 2))),
  },
  {
    ...{
      code: "invalid_input",
      what: "an envelope twice at once",
      at: withSealedPurged,
      params: { path: "envelopes" },
    },
    attempt: async (city) => {
      const casts = await finalCasts(city, 2);
      return city.refused(programs.opener, "sealed:publish", published(id, [...casts, ...casts]));
    },
  },
  refuses(
    "publication_incomplete",
    "a key released before everything is public",
    { at: withSealedPurged, params: { count: 51 } },
    people.guarantor,
    "sealed:release",
    released(2),
  ),
  refuses(
    "not_found",
    "a key released while keys are still gathered",
    { at: withKeys },
    people.guarantor,
    "sealed:release",
    released(2),
  ),
  refuses(
    "secret_differs",
    "the key of another trustee",
    { at: withSealedPublished },
    people.guarantor,
    "sealed:release",
    released(1),
  ),
  refuses(
    "already_exists",
    "a key released twice",
    { at: withSealedPublished, before: (city) => city.submit(trustees[2], "sealed:release", released(2)) },
    people.guarantor,
    "sealed:release",
    released(2),
  ),
  refuses(
    "not_released",
    "counting with one key",
    { at: withSealedPublished, before: (city) => city.submit(trustees[2], "sealed:release", released(2)) },
    people.officer,
    "rounds:count",
    { id, outcome: sealedOutcome() },
  ),
  refuses(
    "invalid_input",
    "a count that leaves a ballot out",
    { at: withSealedReleased, params: { path: "outcome.ballots" } },
    people.officer,
    "rounds:count",
    { id, outcome: changedOutcome({ ballots: 50 }) },
  ),
  refuses(
    "invalid_input",
    "a count that does not say what was not opened",
    { at: withSealedReleased, params: { path: "outcome.unopened" } },
    people.officer,
    "rounds:count",
    { id, outcome: changedOutcome({ unopened: 8 }) },
  ),
];

function changedOutcome(changes: object) {
  const { digest: _, ...rest } = { ...sealedOutcome(), ...changes };
  return { ...rest, digest: digest(outcomeText(rest)) };
}
