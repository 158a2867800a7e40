import { describe, expect, test, vi } from "vitest";
import { City } from "../../testing/city";
import { moneyRefusals } from "../../testing/refusals/money";
import { municipalityRefusals } from "../../testing/refusals/municipality";
import { pactRefusals } from "../../testing/refusals/pacts";
import { proposalRefusals } from "../../testing/refusals/proposals";
import { roundRefusals } from "../../testing/refusals/rounds";
import { submitterRefusals } from "../../testing/refusals/submitter";
import { errorCodes, parseRuleError } from "../protocol/errors";

vi.setConfig({ testTimeout: 60_000 });

const areas = {
  "certificates and commands": submitterRefusals,
  municipality: municipalityRefusals,
  "calls and proposals": proposalRefusals,
  rounds: roundRefusals,
  pacts: pactRefusals,
  money: moneyRefusals,
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
  const provoked = new Set(Object.values(areas).flatMap((cases) => cases.map(({ code }) => code)));
  expect([...errorCodes].filter((code) => !provoked.has(code))).toEqual([]);
});

test("a refusal is read back from whatever a peer wraps it in", () => {
  const message = 'error in simulation: COCITY:{"code":"over_budget","params":{"limitCents":5}} (tx {a}) }';
  expect(parseRuleError(message)).toMatchObject({ code: "over_budget", params: { limitCents: 5 } });
  expect(parseRuleError('COCITY:{"code":"made_up","params":{}}')).toBeUndefined();
  expect(parseRuleError("MVCC_READ_CONFLICT")).toBeUndefined();
});
