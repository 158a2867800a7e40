/** What the chaincode refuses in memory it refuses with the same reason through the gateway, where people in office sign. */
import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { founded, type Refusal } from "@/chaincode/testing/refusals/case";
import { commitmentRefusals } from "@/chaincode/testing/refusals/commitments";
import { dateRefusals } from "@/chaincode/testing/refusals/dates";
import { decidedRefusals } from "@/chaincode/testing/refusals/decided";
import { freezingRefusals } from "@/chaincode/testing/refusals/freezing";
import { interestRefusals } from "@/chaincode/testing/refusals/interests";
import { milestoneRefusals } from "@/chaincode/testing/refusals/milestones";
import { municipalityRefusals } from "@/chaincode/testing/refusals/municipality";
import { onceRefusals } from "@/chaincode/testing/refusals/once";
import { pactRefusals } from "@/chaincode/testing/refusals/pacts";
import { paymentRefusals } from "@/chaincode/testing/refusals/payments";
import { signatureRefusals } from "@/chaincode/testing/refusals/signatures";
import { votingRefusals } from "@/chaincode/testing/refusals/voting";
import { long } from "../long";
import { LedgerMirror } from "./ledger-mirror";

vi.setConfig({ testTimeout: 1_800_000 });

const rules = [
  ...[...votingRefusals, ...freezingRefusals, ...pactRefusals, ...signatureRefusals, ...dateRefusals],
  ...[...commitmentRefusals, ...milestoneRefusals, ...paymentRefusals, ...decidedRefusals],
  ...[...interestRefusals, ...onceRefusals, ...municipalityRefusals],
];
/**
 * A refusal changes nothing: all that are tried at one point of the story are tried on one ledger. What is refused
 * before a municipality is founded is no act of anybody in office.
 */
const points = [
  ...Map.groupBy(
    rules.filter(({ at, before }) => !before && at !== founded),
    ({ at }) => at,
  ).values(),
].sort((a, b) => b.length - a.length);
const chosen = long ? points : points.slice(0, 3);

test.each(chosen.map((cases) => ({ count: cases.length, first: cases[0]?.what, cases })))(
  "$count at the point of: $first",
  async ({ cases }) => {
    const city = await LedgerMirror.started();
    try {
      await cases[0]?.at(city);
      for (const refusal of cases) {
        const code = await codeOf(refusal, city);
        if (code === unsigned) continue;
        expect.soft({ what: refusal.what, code }).toEqual({
          what: refusal.what,
          // Whom the register does not know is refused by it, whatever else is wrong.
          code: expect.toBeOneOf([refusal.code, ...(inNoOffice.has(code) ? [code] : [])]),
        });
      }
    } finally {
      await city.close();
    }
  },
);

const inNoOffice = new Set<string>(["key_unknown", "key_not_counting", "not_in_office"]);

/** No browser can sign what is no canonical JSON, such as a number that is not exact: it never gets that far. */
const unsigned = "unsigned";

/** The reason that the ledger gives. */
async function codeOf(refusal: Refusal, city: LedgerMirror): Promise<string> {
  const asked = Object.assign(city.clone(), {
    refused: (...[actor, name, input]: Parameters<LedgerMirror["refused"]>) => {
      const whole = { command: randomUUID(), municipality: actor.municipality, ...input };
      const argument = JSON.stringify(asked.carriedBy(actor, name, whole));
      return asked.refusedText(actor, name, argument);
    },
  });
  try {
    return (await refusal.attempt(asked)).code;
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith("not a safe integer")) return unsigned;
    throw error;
  }
}
