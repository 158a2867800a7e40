import { expect, test } from "vitest";
import { City } from "../chaincode/testing/city";
import { act } from "../chaincode/testing/founding-inputs";
import { digest } from "../chaincode/testing/keys";
import { people, torino } from "../chaincode/testing/people";
import { withRivalsFinal } from "../chaincode/testing/rival-story";
import {
  round as frozen,
  outcome,
  voters,
  withAdmitted,
  withCounted,
  withOpenRound,
} from "../chaincode/testing/story";
import { canonicalJson } from "./canonical-json";
import { frozenText } from "./digests";
import { type RecordType, records } from "./records";
import { RECORD_VERSION, upgradeRecord } from "./upgrade";

type Loose = Record<string, unknown>;
const round = "round-2026";
const ids = ["garden", "library"];
const newSettings = ["objectionDays", "votingDays"];
const newOfRound = ["counts", "ties", "draw", "frozenBy", "votingDays", "leastAge", "exclusion"];

/** A state without the keys by which proposals and those with an interest in them are found. */
const withoutKeys = (city: City) => new City(city.state.without(["admitted", "interest", "funded"]));

/** The city as the first version left it: without the members and keys that came later. */
async function asOfVersion1(later: City): Promise<City> {
  const city = withoutKeys(later);
  const simulation = city.state.simulate();
  const write = (key: string[], value: Loose) =>
    simulation.writes.set(`${key.join("\0")}\0`, canonicalJson(value));
  const without = (value: Loose, ...members: string[]) =>
    Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name)));
  const municipality = without(city.record("municipality", torino) as Loose, "schema", "trial");
  write([torino, "municipality", torino], {
    ...municipality,
    settings: without(municipality.settings as Loose, ...newSettings),
  });
  if (city.state.get([torino, "round", round])) {
    const old = {
      ...without(city.record("round", round) as Loose, "schema", ...newOfRound),
      requiredAttestations: 1,
    };
    write([torino, "round", round], { ...old, frozenDigest: digest(frozenText(old as never)) });
    const phase = city.state.get<Loose>([torino, "phase", round]) ?? {};
    write([torino, "phase", round], without(phase, "closesAt", "trial", "placed"));
  }
  for (const { id } of city.state.all<{ id: string }>(torino, "proposal"))
    write([torino, "proposal", id], without(city.record("proposal", id) as Loose, "schema"));
  city.state.commit(simulation);
  return city;
}

test("every record that is written says its version", async () => {
  const city = await City.after((story) => withCounted(story, ids));
  for (const type of Object.keys(records) as RecordType[])
    for (const record of city.state.all<{ schema?: number }>(torino, type))
      expect(record.schema, type).toBe(RECORD_VERSION);
});

test("a record of the first version is read with what it lacks, as strict as it can be", () => {
  const settings = { leastAge: 16, longestPactYears: 9, challengeDays: 0, publishGrantsAboveCents: 1 };
  expect(upgradeRecord("municipality", { settings })).toEqual({
    hasFirstVersion: true,
    settings: { ...settings, objectionDays: 5, votingDays: 5 },
  });
  expect(upgradeRecord("objection", { id: "one" })).toEqual({ id: "one", count: 1 });
  expect(upgradeRecord("round", { outcome: {} })).toEqual({ outcome: {}, counts: 1 });
  expect(upgradeRecord("round", {})).toEqual({ counts: 0 });
});

test("a proposed origin of before each organisation had one of its own goes on waiting", () => {
  const proposed = { part: "Case", origin: "https://case.example" };
  const record = { schema: 4, id: "001272", proposedOrigin: proposed };
  expect(upgradeRecord("municipality", record)).toEqual({
    ...{ schema: 4, id: "001272", proposedOrigins: [proposed] },
  });
  const without = { schema: 4, id: "001272" };
  expect(upgradeRecord("municipality", without)).toEqual(without);
  const own = { schema: RECORD_VERSION, id: "001272", proposedOrigins: [proposed] };
  expect(upgradeRecord("municipality", own)).toEqual(own);
});

test("a record of a later version is not read", () => {
  expect(() => upgradeRecord("day", { schema: RECORD_VERSION + 1 })).toThrow(TypeError);
  expect(() => upgradeRecord("day", { schema: "2" })).toThrow(TypeError);
});

test("a vote that began under the first version ends under this one", async () => {
  const city = await asOfVersion1(await City.after((story) => withOpenRound(story, ids)));
  const ballots = voters.map((voter) => voter.ballot(round, 1, [1]));
  await city.submit(people.casting, "rounds:cast", { round, ballots });
  await city.submit(people.service, "rounds:close", { id: round });
  const counted = outcome([1], [3, 0]);
  await city.submit(people.officer, "rounds:count", { id: round, outcome: counted });
  // It was frozen to be attested by one organisation: whoever counted does not attest alone.
  await city.submit(people.officer, "rounds:attest", { id: round, digest: counted.digest });
  expect(city.record("round", round).state).toBe("counted");
  await city.submit(people.guarantor, "rounds:attest", { id: round, digest: counted.digest });
  expect(city.record("round", round).state).toBe("attested");
  expect(city.record("round", round).frozenDigest).toBe(digest(frozenText(city.record("round", round))));
  await city.advanceTo("2026-02-06");
  await city.submit(people.guarantor, "rounds:finalise", { id: round, act: act("final") });
  await city.submit(people.giunta, "proposals:fund", {
    id: "garden",
    round,
    act: act("funding", "delibera", "2026-02-06"),
  });
  expect(city.record("proposal", "garden")).toMatchObject({ state: "funded", schema: RECORD_VERSION });
});

test("an objection of the first version that waits holds the result up until it is decided", async () => {
  const city = await asOfVersion1(await City.after((story) => withCounted(story, ids)));
  const simulation = city.state.simulate();
  const put = (key: string[], value: Loose) =>
    simulation.writes.set(`${key.join("\0")}\0`, canonicalJson(value));
  put([torino, "objection", "objection-old"], {
    ...{ municipality: torino, id: "objection-old", round, person: people.neighbour.person },
    ...{ digest: digest("why"), raisedOn: "2026-02-01" },
  });
  const old = city.state.get<Loose>([torino, "round", round]) ?? {};
  put([torino, "round", round], { ...old, openObjections: 1 });
  city.state.commit(simulation);
  const { digest: outcomeDigest } = city.record("round", round).outcome ?? { digest: "" };
  for (const who of [people.officer, people.guarantor])
    await city.submit(who, "rounds:attest", { id: round, digest: outcomeDigest });
  await city.advanceTo("2026-02-06");
  const final = { id: round, act: act("final") };
  expect(await city.refusal(people.guarantor, "rounds:finalise", final)).toBe("objection_open");
  await city.submit(people.guarantor, "rounds:decideObjection", {
    ...{ id: "objection-old", upheld: false, digest: digest("no") },
  });
  await city.submit(people.guarantor, "rounds:finalise", final);
});

test("a proposal that the first version admitted is on the ballot or left off by an act", async () => {
  const city = await asOfVersion1(await City.after((story) => withAdmitted(story, ids)));
  city.now = Date.parse("2026-02-01T10:00:00Z");
  const freeze = (given: ReturnType<typeof frozen>) =>
    city.refusal(people.officer, "rounds:freeze", { ...given, objectionDays: 5 });
  expect(await freeze(frozen(["garden"]))).toBe("proposal_left_out");
  await city.submit(people.officer, "rounds:freeze", {
    ...frozen(["garden"], { objectionDays: 5 }),
    exclusion: { proposals: ["library"], act: act("exclusion"), reasonDigest: digest("why") },
  });
});

test("a commons that the first version gave to a proposal is given to no other", async () => {
  const city = await asOfVersion1(await City.after(withRivalsFinal));
  const funding = { id: "rival", round, act: act("funding", "delibera", "2026-02-06") };
  expect(await city.refusal(people.giunta, "proposals:fund", funding)).toBe("commons_taken");
  await city.submit(people.coordinator, "proposals:startCoDesign", { id: "garden" });
});

test("whoever has an interest in a project of a round that the first version froze takes no step on it", async () => {
  const city = await asOfVersion1(await City.after((story) => withOpenRound(story, ids)));
  await city.submit(people.service, "rounds:close", { id: round });
  const author = { ...people.officer, person: people.resident.person };
  const counting = { id: round, outcome: outcome([1], [3, 0]) };
  expect(await city.refusal(author, "rounds:count", counting)).toBe("own_proposal");
  await city.submit(people.officer, "rounds:count", counting);
});
