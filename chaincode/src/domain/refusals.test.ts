import { describe, expect, test, vi } from "vitest";
import { errorCodes, parseRuleError } from "../../../protocol/errors";
import { assertionVectors } from "../../testing/assertion-vectors";
import { City } from "../../testing/city";
import { actRefusals } from "../../testing/refusals/acts";
import { assessmentRefusals } from "../../testing/refusals/assessments";
import { callRefusals } from "../../testing/refusals/calls";
import { carryOverRefusals } from "../../testing/refusals/carry-over";
import { commitmentRefusals } from "../../testing/refusals/commitments";
import { countingRefusals } from "../../testing/refusals/counting";
import { dateRefusals } from "../../testing/refusals/dates";
import { decidedRefusals } from "../../testing/refusals/decided";
import { deskRefusals } from "../../testing/refusals/desk";
import { foundingRefusals } from "../../testing/refusals/founding";
import { freezingRefusals } from "../../testing/refusals/freezing";
import { interestRefusals } from "../../testing/refusals/interests";
import { milestoneRefusals } from "../../testing/refusals/milestones";
import { municipalityRefusals } from "../../testing/refusals/municipality";
import { onceRefusals } from "../../testing/refusals/once";
import { pactRefusals } from "../../testing/refusals/pacts";
import { paperRefusals } from "../../testing/refusals/papers";
import { paymentRefusals } from "../../testing/refusals/payments";
import { proposalRefusals } from "../../testing/refusals/proposals";
import { registerRefusals } from "../../testing/refusals/register";
import { sealedRefusals } from "../../testing/refusals/sealed";
import { signatureRefusals } from "../../testing/refusals/signatures";
import { submitterRefusals } from "../../testing/refusals/submitter";
import { votingRefusals } from "../../testing/refusals/voting";

vi.setConfig({ testTimeout: 60_000 });

const areas = {
  "certificates and commands": submitterRefusals,
  municipality: municipalityRefusals,
  calls: callRefusals,
  proposals: proposalRefusals,
  assessments: assessmentRefusals,
  "freezing a round": freezingRefusals,
  voting: votingRefusals,
  "counting and objections": countingRefusals,
  "sealed ballots": sealedRefusals,
  "desks and sheets": deskRefusals,
  pacts: pactRefusals,
  "approvals, signatures and term": signatureRefusals,
  commitments: commitmentRefusals,
  "the turn of the year": carryOverRefusals,
  milestones: milestoneRefusals,
  payments: paymentRefusals,
  "papers of parties": paperRefusals,
  "who is concerned": interestRefusals,
  "what was decided": decidedRefusals,
  "dates and terms": dateRefusals,
  "what counts once": onceRefusals,
};

describe.each(Object.entries(areas))("%s", (_, cases) => {
  test.each(cases.map((refusal) => [refusal.what, refusal] as const))("%s", async (_what, refusal) => {
    const city = await City.after(refusal.at);
    await refusal.before?.(city);
    const refused = await refusal.attempt(city);
    expect({ code: refused.code, ...(refusal.params ? { params: refused.params } : {}) }).toEqual({
      code: refusal.code,
      ...(refusal.params ? { params: refusal.params } : {}),
    });
  });
});

test("every code is the answer to something", () => {
  const ofAssertions = assertionVectors.map(({ verdict }) => ({ code: verdict }));
  const ofActs = [...actRefusals, ...registerRefusals, ...foundingRefusals, ...ofAssertions];
  const provoked = new Set<string>([...Object.values(areas).flat(), ...ofActs].map(({ code }) => code));
  expect([...errorCodes].filter((code) => !provoked.has(code))).toEqual([]);
});

test("a refusal is read back from whatever a peer wraps it in", () => {
  const message = 'error in simulation: COCITY:{"code":"over_budget","params":{"limitCents":5}} (tx {a}) }';
  expect(parseRuleError(message)).toMatchObject({ code: "over_budget", params: { limitCents: 5 } });
  expect(parseRuleError('COCITY:{"code":"made_up","params":{}}')).toBeUndefined();
  expect(parseRuleError("MVCC_READ_CONFLICT")).toBeUndefined();
});
