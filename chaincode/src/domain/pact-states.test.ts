import { expect, test, vi } from "vitest";
import type { RecordOf } from "../../../protocol/records";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { type Attempt, attempt, letThrough } from "../../testing/machine";
import { commitment, pact, pactAct, withActive, withDraft, withSigned } from "../../testing/pact-story";
import { people } from "../../testing/people";

vi.setConfig({ testTimeout: 60_000 });

type PactState = RecordOf<"pact">["state"];
const id = "pact-garden";
const reason = { id, reasonDigest: digest("reason") };
const { documentHash, parties, startsOn, endsOn } = pact();
const giuntaAct = { id, act: pactAct("giunta") };
const districtAct = { id, act: pactAct("district") };
const withdrawal = { ...reason, act: pactAct("withdrawal") };
const signature = { id, party: "comune", version: 1, documentHash: digest("pact v1") };
const insurance = { id, documentHash: digest("insurance"), validUntil: "2026-12-31" };
const briefing = { id, documentHash: digest("briefing"), heldOn: "2026-02-05" };
const renewal = pact({ id: "pact-renewal", renews: id, endsOn: "2030-02-05" });

/** Makes the renewal active, and so the pact renewed. */
async function renewed(city: City): Promise<void> {
  await withActive(city);
  const renewing = { id: renewal.id };
  await city.submit(people.coordinator, "pacts:draft", renewal);
  await city.submit(people.giunta, "pacts:approveGiunta", { ...giuntaAct, ...renewing });
  await city.submit(people.officer, "pacts:sign", { ...signature, ...renewing });
  await city.submit(people.resident, "pacts:sign", { ...signature, ...renewing, party: "friends" });
  await city.submit(people.coordinator, "pacts:recordInsurance", { ...insurance, ...renewing });
  await city.submit(people.technician, "pacts:recordSafetyBriefing", { ...briefing, ...renewing });
  await city.submit(people.officer, "pacts:activate", renewing);
}

/** How a pact gets to each of its states. */
const ways: Record<PactState, (city: City) => Promise<void>> = {
  draft: (city) => withDraft(city),
  district_approved: async (city) => {
    await withDraft(city);
    await city.submit(people.district, "pacts:approveDistrict", districtAct);
  },
  noted_by_giunta: async (city) => {
    await withDraft(city);
    await city.submit(people.district, "pacts:approveDistrict", districtAct);
    await city.submit(people.giunta, "pacts:noteGiunta", giuntaAct);
  },
  giunta_approved: async (city) => {
    await withDraft(city);
    await city.submit(people.giunta, "pacts:approveGiunta", giuntaAct);
  },
  signed: async (city) => {
    await withSigned(city);
    await city.submit(people.coordinator, "pacts:recordInsurance", insurance);
    await city.submit(people.technician, "pacts:recordSafetyBriefing", briefing);
  },
  active: withActive,
  suspended: async (city) => {
    await withActive(city);
    await city.submit(people.officer, "pacts:suspend", reason);
  },
  expired: async (city) => {
    await withDraft(city, { endsOn: "2026-02-07" });
    await city.submit(people.giunta, "pacts:approveGiunta", giuntaAct);
    await city.submit(people.officer, "pacts:sign", signature);
    await city.submit(people.resident, "pacts:sign", { ...signature, party: "friends" });
    await city.submit(people.coordinator, "pacts:recordInsurance", insurance);
    await city.submit(people.technician, "pacts:recordSafetyBriefing", briefing);
    await city.submit(people.officer, "pacts:activate", { id });
    await city.advanceTo("2026-02-08");
    await city.submit(people.service, "pacts:expire", { id });
  },
  renewed,
  terminated: async (city) => {
    await withActive(city);
    await city.submit(people.officer, "pacts:terminate", reason);
  },
  withdrawn: async (city) => {
    await withSigned(city);
    await city.submit(people.officer, "pacts:withdraw", withdrawal);
  },
};

const attempts: Attempt[] = [
  attempt(people.coordinator, "pacts:revise", { id, documentHash: digest("v2"), parties, startsOn, endsOn }),
  attempt(people.district, "pacts:approveDistrict", districtAct),
  attempt(people.giunta, "pacts:noteGiunta", giuntaAct),
  attempt(people.giunta, "pacts:approveGiunta", giuntaAct),
  attempt(people.officer, "pacts:sign", signature),
  attempt(people.coordinator, "pacts:recordInsurance", insurance),
  attempt(people.technician, "pacts:recordSafetyBriefing", briefing),
  attempt(people.officer, "pacts:activate", { id }),
  attempt(people.officer, "pacts:suspend", reason),
  attempt(people.officer, "pacts:resume", reason),
  attempt(people.officer, "pacts:terminate", reason),
  attempt(people.officer, "pacts:withdraw", withdrawal),
  attempt(people.service, "pacts:expire", { id }),
  attempt(people.coordinator, "pacts:draft", renewal),
  attempt(people.officer, "funds:commit", commitment()),
];

const papers = ["recordInsurance", "recordSafetyBriefing"];
/** What may happen in each state, and nothing else. */
const allowed: Record<PactState, string[]> = {
  draft: ["revise", "approveDistrict", "approveGiunta", "withdraw", ...papers],
  district_approved: ["revise", "noteGiunta", "withdraw", ...papers],
  noted_by_giunta: ["revise", "sign", "withdraw", ...papers],
  giunta_approved: ["revise", "sign", "withdraw", ...papers],
  signed: ["activate", "commit", "withdraw", ...papers],
  active: ["suspend", "terminate", "expire", "draft", "commit", ...papers],
  suspended: ["resume", "terminate", "expire", ...papers],
  expired: ["draft"],
  renewed: [],
  terminated: [],
  withdrawn: [],
};

test.each(Object.keys(ways) as PactState[])("a pact that is %s", async (state) => {
  const stage = async (city: City) => {
    await ways[state](city);
    expect(city.record("pact", id).state).toBe(state);
  };
  // A pact that was renewed is not the proposal's last one any more: it cannot even be named to renew.
  const passed = await letThrough(stage, id, attempts, ["invalid_input"]);
  expect(passed.map((name) => name.replace(/^\w+:/, "")).sort()).toEqual([...allowed[state]].sort());
});

test("a revision keeps what earlier versions said and takes approvals and signatures back", async () => {
  const city = await City.after(ways.giunta_approved);
  await city.submit(people.officer, "pacts:sign", signature);
  const version1 = city.record("pact_version", id, "0001");
  await city.submit(people.coordinator, "pacts:revise", {
    id,
    documentHash: digest("pact v2"),
    parties: [...parties, { id: "house", organisation: "Case" as const }],
    startsOn,
    endsOn: "2028-02-05",
  });
  expect(city.record("pact", id)).toMatchObject({ state: "draft", version: 2, signatures: [] });
  expect(city.record("pact", id).giuntaAct).toBeUndefined();
  expect(city.record("pact_version", id, "0001")).toEqual(version1);
  expect(version1).toMatchObject({ documentHash, parties, endsOn, draftedBy: people.coordinator });
  expect(city.record("pact_version", id, "0002")).toMatchObject({
    documentHash: digest("pact v2"),
    endsOn: "2028-02-05",
  });
});

test("one person may sign for two subjects, and every party has to", async () => {
  const three = [...parties, { id: "allotments", subject: "allotments" }];
  const city = await City.after(async (before) => {
    await before.submit(people.resident, "subjects:register", {
      id: "allotments",
      kind: "informal_group",
      digest: digest("allotments"),
    });
    await withDraft(before, { parties: three });
  });
  await city.submit(people.giunta, "pacts:approveGiunta", giuntaAct);
  for (const party of ["friends", "allotments"]) {
    await city.submit(people.resident, "pacts:sign", { ...signature, party });
    expect(city.record("pact", id).state).toBe("giunta_approved");
  }
  await city.submit(people.officer, "pacts:sign", signature);
  expect(city.record("pact", id)).toMatchObject({ state: "signed" });
});
