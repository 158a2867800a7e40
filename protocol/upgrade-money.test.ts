import { expect, test, vi } from "vitest";
import { City } from "../chaincode/testing/city";
import { digest } from "../chaincode/testing/keys";
import {
  commitment,
  friendsCode,
  pactAct,
  payAct,
  withAccepted,
  withOrdered,
} from "../chaincode/testing/pact-story";
import { people, torino } from "../chaincode/testing/people";
import { type RecordType, records } from "./records";
import { RECORD_VERSION, upgradeRecord } from "./upgrade";

vi.setConfig({ testTimeout: 60_000 });

/** What records of the first version do not have. */
const since2: Partial<Record<RecordType, readonly string[]>> = {
  subject: ["formerRepresentatives", "interested", "representativeAct", "registeredOn", "code"],
  document: ["recordedBy"],
  proposal: ["committedCents", "beyond"],
  pact: ["districtBy", "giuntaBy", "withdrawalAct", "endedOn"],
  budget_line: ["carriedInCents", "carriedOutCents"],
  commitment: ["carries", "releases", "publishAboveCents", "settlement", "payeeCode"],
  milestone: ["acceptableFrom", "countersigned", "cancelledBy"],
  payment: ["checkedOn", "refusal"],
};
const internalSince2 = [
  "admitted",
  "interest",
  "funded",
  "evidence",
  "order_number",
  "receipt",
  "owed_reports",
];

/** The state as the first version of the chaincode would have left it. */
async function asWrittenByVersion1(city: City): Promise<City> {
  const old = new City(city.state.without(internalSince2));
  const simulation = old.state.simulate();
  for (const [key, value] of old.state.entries()) {
    const type = key[1] as RecordType;
    if (!(type in records)) continue;
    const record = JSON.parse(value) as Record<string, unknown>;
    for (const member of ["schema", ...(since2[type] ?? [])]) delete record[member];
    await simulation.put(key, JSON.stringify(record));
  }
  old.state.commit(simulation);
  return old;
}

test("records of the first version are of the form that the application reads", async () => {
  const city = await asWrittenByVersion1(await City.after(withOrdered));
  const types = new Set<string>();
  for (const [key, value] of city.state.entries()) {
    const type = key[1] as RecordType;
    if (!(type in records)) continue;
    types.add(type);
    expect(records[type].safeParse(JSON.parse(value)).error, key.join("/")).toBeUndefined();
    expect(JSON.parse(value)).not.toHaveProperty("schema");
  }
  expect(types.size).toBeGreaterThan(12);
});

test("a payment that the first version ordered is paid, and a second milestone accepted, by this one", async () => {
  const city = await asWrittenByVersion1(await City.after(withOrdered));
  await city.submit(people.treasurer, "payments:recordPaid", {
    ...{ id: "payment-1", reference: "CRO 1", on: "2026-02-16" },
    documentHash: digest("receipt"),
  });
  expect(city.record("payment", "payment-1")).toMatchObject({ state: "paid", schema: RECORD_VERSION });
  const id = "commitment-1-m2";
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo 2")] });
  await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit 2") });
  await city.advanceTo("2026-02-26");
  await city.submit(people.officer, "milestones:accept", { id, acceptedCents: 400_000 });
});

test("a milestone that the first version saw verified keeps its days for challenging", async () => {
  const verified = await City.after(withAccepted);
  const id = "commitment-1-m2";
  await verified.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo 2")] });
  await verified.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit 2") });
  const city = await asWrittenByVersion1(verified);
  const acceptance = { id, acceptedCents: 400_000 };
  expect(await city.refused(people.officer, "milestones:accept", acceptance)).toMatchObject({
    ...{ code: "challenge_window_open", params: { day: "2026-02-26" } },
  });
});

test("what the first version committed counts against what was voted", async () => {
  const city = await asWrittenByVersion1(await City.after(withAccepted));
  const more = commitment({ id: "commitment-2", amountCents: 1 });
  // A contribution goes to a body whose code is known: it is recognised once more.
  expect(await city.refusal(people.officer, "funds:commit", more)).toBe("body_code_missing");
  await city.submit(people.officer, "subjects:recogniseEligibility", {
    ...{ id: "garden-friends", code: friendsCode, act: pactAct("eligibility") },
  });
  expect(await city.refusal(people.officer, "funds:commit", more)).toBe("over_decided");
  await city.submit(people.officer, "milestones:cancel", {
    ...{ id: "commitment-1-m2", reasonDigest: digest("reason") },
    act: payAct("cancellation"),
  });
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "commitment-1", amountCents: 400_000, reasonDigest: digest("reason") },
    act: payAct("release"),
  });
  expect(city.record("proposal", "garden").committedCents).toBe(600_000);
  await city.submit(people.officer, "funds:commit", more);
});

test("reports that the first version planned are still owed", async () => {
  const planned = await City.after(withAccepted);
  await planned.submit(people.coordinator, "funds:planMilestones", {
    ...{ commitment: "commitment-1", milestones: [] },
    reports: ["r1", "r2"].map((name) => ({ id: `${name}-late`, kind: "annual", dueOn: "2026-02-16" })),
  });
  await planned.submit(people.resident, "reports:submit", { id: "r1-late", digest: digest("report") });
  await planned.advanceTo("2026-02-17");
  const city = await asWrittenByVersion1(planned);
  const request = { id: "payment-1", milestone: "commitment-1-m1", amountCents: 1 };
  expect(await city.refused(people.resident, "payments:request", request)).toMatchObject({
    ...{ code: "report_overdue", params: { id: "r2-late", day: "2026-02-16" } },
  });
  await city.submit(people.resident, "reports:submit", { id: "r2-late", digest: digest("report") });
  await city.submit(people.resident, "payments:request", request);
});

test("a pact that the first version made active is ended, and what it left settled", async () => {
  const city = await asWrittenByVersion1(await City.after(withOrdered));
  const reason = { id: "pact-garden", reasonDigest: digest("reason") };
  await city.submit(people.officer, "pacts:terminate", reason);
  const settlement = { commitment: "commitment-1", act: payAct("settlement") };
  await city.submit(people.giunta, "funds:allowSettlement", settlement);
  expect(city.record("pact", "pact-garden")).toMatchObject({ state: "terminated", schema: RECORD_VERSION });
});

test("a commitment of the first version has no releases, and whatever it says is kept", () => {
  const old = { municipality: torino, id: "commitment-1", amountCents: 5, act: pactAct("commitment") };
  expect(upgradeRecord("commitment", old)).toEqual({ ...old, releases: [], carries: [] });
  expect(upgradeRecord("pact", { id: "pact-1" })).toEqual({ id: "pact-1" });
  const own = { ...old, releases: [1], schema: RECORD_VERSION };
  expect(upgradeRecord("commitment", own)).toBe(own);
  const newer = { ...old, schema: RECORD_VERSION + 1 };
  expect(() => upgradeRecord("commitment", newer)).toThrow(TypeError);
});
