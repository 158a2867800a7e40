import { describe, expect, it } from "vitest";
import { nextSteps, type OpenMatters, pageOf } from "./next-steps";

const nothing: OpenMatters = {
  ...{ settings: { challengeDays: 10 }, proposals: [], pact: null },
  ...{ milestones: [], payments: [], reports: [] },
};
const call = { opensOn: "2026-01-01", closesOn: "2026-01-31", rolling: false };
const round = {
  ...{ state: "open", opensOn: "2026-02-01", closesAt: new Date("2026-02-10T20:00:00Z") },
  ...{ attestedOn: null, objectionDays: 4 },
};
type Proposal = OpenMatters["proposals"][number];
const proposal = (facts: Partial<Proposal>): OpenMatters => ({
  ...nothing,
  proposals: [{ state: "published", integrationDueOn: null, isScored: false, call, round: null, ...facts }],
});
const names = (matters: OpenMatters, day: string) =>
  nextSteps(matters, day).map(({ transaction }) => transaction);

describe("what is next for a proposal", () => {
  it("is to wait while its call is open, and its assessment from the day after", () => {
    expect(nextSteps(proposal({}), "2026-01-31")).toMatchObject([
      { wait: "waitForCall", actor: "residents", dueOn: "2026-01-31", notBefore: null },
    ]);
    expect(nextSteps(proposal({}), "2026-02-01")).toMatchObject([
      { transaction: "proposals:startAssessment", wait: null, actor: "responsible_officer" },
    ]);
    expect(names(proposal({ call: { ...call, rolling: true } }), "2026-01-02")).toEqual([
      "proposals:startAssessment",
    ]);
  });

  it("is the proponent's completion until its day, then the assessment as it stands", () => {
    const asked = proposal({ state: "integration_requested", integrationDueOn: "2026-03-01" });
    expect(nextSteps(asked, "2026-03-01")).toMatchObject([
      { transaction: "proposals:integrate", actor: "proponent", dueOn: "2026-03-01" },
    ]);
    expect(names(asked, "2026-03-02")).toEqual(["proposals:startAssessment"]);
  });

  it("is a decision once as many have given points as the call wants", () => {
    expect(names(proposal({ state: "under_assessment" }), "2026-02-02")).toEqual(["proposals:score"]);
    expect(names(proposal({ state: "under_assessment", isScored: true }), "2026-02-02")).toContain(
      "proposals:admit",
    );
  });

  it("follows the round on whose ballot it is, to the act that funds it", () => {
    const on = (facts: Partial<typeof round>, day: string) =>
      names(proposal({ state: "on_ballot", round: { ...round, ...facts } }), day);
    expect(on({ state: "frozen" }, "2026-01-30")).toEqual(["rounds:open"]);
    expect(on({}, "2026-02-09")).toEqual(["rounds:cast"]);
    expect(on({}, "2026-02-11")).toEqual(["rounds:close"]);
    expect(on({ state: "closed" }, "2026-02-11")).toEqual(["rounds:count"]);
    expect(on({ state: "counted" }, "2026-02-11")).toEqual(["rounds:attest"]);
    const attested = { state: "attested", attestedOn: "2026-02-11" } as unknown as typeof round;
    expect(on(attested, "2026-02-15")).toEqual(["rounds:object"]);
    expect(on(attested, "2026-02-16")).toEqual(["rounds:finalise"]);
    expect(on({ state: "final" }, "2026-02-17")).toEqual(["proposals:fund"]);
  });

  it("is to wait in the reserve of a final round, and nothing where there is no round", () => {
    const reserve = proposal({ state: "reserve", round: { ...round, state: "final" } });
    expect(nextSteps(reserve, "2026-02-17")).toMatchObject([{ wait: "waitReserve", actor: "giunta" }]);
    expect(nextSteps(proposal({ state: "on_ballot" }), "2026-02-17")).toEqual([]);
  });
});

describe("what is next for a pact and its money", () => {
  const pact = {
    ...{ state: "draft", startsOn: "2026-03-01", endsOn: "2029-02-28", signatures: 0, parties: 2 },
    ...{ insured: false, briefed: false, hasDistricts: true },
  };
  const of = (facts: Partial<typeof pact>) => ({ ...nothing, pact: { ...pact, ...facts } });

  it("is the district's approval, or the Giunta's where there are no districts", () => {
    expect(names(of({}), "2026-02-20")).toEqual(["pacts:approveDistrict"]);
    expect(names(of({ hasDistricts: false }), "2026-02-20")).toEqual(["pacts:approveGiunta"]);
  });

  it("is what is missing of a signed pact, then its activation from its first day", () => {
    const signed = { state: "signed" };
    expect(names(of(signed), "2026-02-20")).toEqual(["pacts:recordInsurance", "pacts:recordSafetyBriefing"]);
    const ready = of({ ...signed, insured: true, briefed: true });
    expect(nextSteps(ready, "2026-02-20")).toMatchObject([
      { transaction: "pacts:activate", notBefore: "2026-03-01" },
    ]);
    expect(nextSteps(ready, "2026-03-02")).toMatchObject([{ notBefore: null }]);
  });

  it("is the end of an active pact, by its last day", () => {
    expect(nextSteps(of({ state: "active" }), "2026-03-02")).toMatchObject([
      { transaction: "pacts:expire", actor: "parties", dueOn: "2029-02-28", notBefore: null },
    ]);
  });

  it("has the days for challenging before a milestone is accepted, and a day for accepting and for paying", () => {
    const verified = {
      ...{ state: "verified", number: 1, dueOn: "2026-05-01", verifiedOn: "2026-05-02" },
      ...{ acceptableFrom: "2026-05-12", acceptedCents: 0n, requestedCents: 0n, openObjections: 0 },
    };
    const payments = [{ state: "requested", amountCents: 100n, requestedOn: "2026-05-20" }];
    const steps = nextSteps({ ...nothing, milestones: [verified], payments }, "2026-05-03");
    expect(steps).toMatchObject([
      { transaction: "milestones:accept", notBefore: "2026-05-12", dueOn: "2026-06-01" },
      { transaction: "payments:check", dueOn: "2026-06-19", facts: { amountCents: 100 } },
    ]);
    expect(steps.map(pageOf)).toEqual(["pact", "pact"]);
    // What was objected to is decided first.
    const objectedTo = { ...verified, openObjections: 1 };
    expect(names({ ...nothing, milestones: [objectedTo] }, "2026-05-20")).toEqual([
      "milestones:decideObjection",
    ]);
  });

  it("is a request for what was accepted and not asked for yet", () => {
    const accepted = {
      ...{ state: "accepted", number: 2, dueOn: "2026-05-01", verifiedOn: null },
      ...{ acceptedCents: 10n, requestedCents: 4n, openObjections: 0 },
    };
    expect(names({ ...nothing, milestones: [accepted] }, "2026-05-03")).toEqual(["payments:request"]);
    expect(names({ ...nothing, milestones: [{ ...accepted, requestedCents: 10n }] }, "2026-05-03")).toEqual(
      [],
    );
  });

  it("is a report that is owed, the most urgent first", () => {
    const reports = [
      { kind: "final", dueOn: "2027-01-31", submittedOn: null },
      { kind: "annual", dueOn: "2026-12-31", submittedOn: null },
      { kind: "annual", dueOn: "2025-12-31", submittedOn: "2025-12-30" },
    ];
    expect(nextSteps({ ...nothing, reports }, "2026-05-03").map(({ dueOn }) => dueOn)).toEqual([
      "2026-12-31",
      "2027-01-31",
    ]);
  });
});
