/** The founding of the story with the MSPs that a ledger's connection names. */
import {
  configuredRecoveryKeys,
  mspOf,
  register,
  signers,
  storyFounding,
} from "@/chaincode/testing/register";
import { type Actor, mspIds, organisations } from "@/protocol/primitives";
import type { InputOf } from "@/protocol/transactions";

/** The MSP on the ledger of one that the tests in memory name. */
export const mspOnLedger: ReadonlyMap<string, string> = new Map(
  organisations.map((part) => [mspOf[part], mspIds[part]]),
);

/** What an endorser of the ledger knows of recovery keys. */
export const recoveryKeysOnLedger: readonly string[] = [...configuredRecoveryKeys].map((entry) => {
  const [msp = "", fingerprint = ""] = entry.split(":");
  return `${mspOnLedger.get(msp)}:${fingerprint}`;
});

/** @param inOffice everybody who holds an office from the start */
export function foundingOnLedger(
  inOffice: readonly Actor[] = signers,
  municipality?: string,
): InputOf<"municipality:found"> {
  const whole = register(undefined, inOffice);
  const own = whole.organisations.map((one) => ({ ...one, mspId: mspIds[one.part] }));
  return storyFounding({}, true, {
    register: { ...whole, organisations: own },
    ...(municipality ? { municipality } : {}),
  });
}
