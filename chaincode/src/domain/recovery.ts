/**
 * An organisation whose administrators are lost, or whose keys are in wrong hands: two recovery keys set it right
 * after seven public days, unless somebody in office stops it.
 */
import { isTrialOrigin } from "../../../protocol/acts/origins";
import { recoveryText } from "../../../protocol/acts/recovery-texts";
import { addDays } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { RECOVERY_DAYS } from "../../../protocol/records/register";
import { forgetAdministrator, noteAdministrator } from "./administrators";
import type { Handler } from "./handler";
import { requireState } from "./moves";
import { requireConfigured, requireRecoverySignatures } from "./recovery-keys";
import {
  endOffice,
  endPasskey,
  enterOffice,
  enterPasskey,
  type Founded,
  needFounded,
  newPasskey,
  organisationOf,
} from "./register";
import { invalid } from "./require";
import type { Tx } from "./tx";

type Recovery = RecordOf<"recovery">;

export const propose: Handler<"recovery:propose"> = async (tx, input) => {
  const { command: _, signatures, ...plan } = input;
  const record = await needFounded(tx);
  const { channel } = tx.circumstances;
  const text = recoveryText(channel, record.founding, input);
  requireRecoverySignatures(tx, text, record.organisations, signatures);
  requirePlan(tx, plan, record);
  await tx.create("recovery", [plan.id], {
    ...plan,
    channel,
    state: "proposed",
    signedBy: signatures.map(({ part }) => part),
    proposedOn: tx.day,
    completesFrom: addDays(tx.day, RECOVERY_DAYS),
  });
  return undefined;
};

export const stop: Handler<"recovery:stop"> = async (tx, { id, reasonDigest }) => {
  const recovery = await tx.need("recovery", id);
  requireState(tx, "recovery", recovery);
  tx.put("recovery", [id], {
    ...recovery,
    state: "stopped",
    stoppedBy: tx.actor,
    reasonDigest,
    endedOn: tx.day,
  });
  return undefined;
};

export const complete: Handler<"recovery:complete"> = async (tx, { id }) => {
  const recovery = await tx.need("recovery", id);
  requireState(tx, "recovery", recovery);
  if (tx.day < recovery.completesFrom) throw new RuleError("too_early", { day: recovery.completesFrom });
  const record = changed(await needFounded(tx), recovery);
  tx.put("municipality", [record.id], record);
  await endAll(tx, recovery);
  await enterAll(tx, recovery, record);
  tx.put("recovery", [id], { ...recovery, state: "completed", endedOn: tx.day });
  return undefined;
};

/** What it would do is of the one organisation, and can be done. */
function requirePlan(
  tx: Tx,
  {
    part,
    offices,
    passkeys,
    origin,
    recoveryKey,
  }: Pick<Recovery, "part" | "offices" | "passkeys" | "origin" | "recoveryKey">,
  record: Founded,
): void {
  const own = organisationOf(record, part);
  if (offices.some(({ organisation }) => organisation !== part)) invalid("offices");
  if (passkeys.some(({ resident }) => resident)) invalid("passkeys");
  if (origin !== undefined && isTrialOrigin(origin) && !record.trial)
    throw new RuleError("origin_not_allowed", { origin });
  if (recoveryKey !== undefined) requireConfigured(tx, { ...own, recoveryKey });
}

/** The municipality with the organisation's new origin and recovery key. */
function changed(record: Founded, { part, origin, recoveryKey }: Recovery): Founded {
  const { newOrigin, ...own } = organisationOf(record, part);
  const renewed = {
    ...own,
    origin: origin ?? own.origin,
    newOrigin: origin === undefined ? newOrigin : undefined,
    recoveryKey: recoveryKey ?? own.recoveryKey,
  };
  const organisations = record.organisations.map((one) => (one.part === part ? renewed : one));
  return { ...record, organisations };
}

async function endAll(tx: Tx, { part, endOffices, withdrawPasskeys }: Recovery): Promise<void> {
  for (const id of endOffices) {
    const office = await tx.need("office", id);
    if (office.organisation !== part) invalid("endOffices");
    if (office.state === "ended") continue;
    await endOffice(tx, office);
    await forgetAdministrator(tx, office);
  }
  for (const id of withdrawPasskeys) {
    const passkey = await tx.need("passkey", id);
    if (passkey.organisation !== part) invalid("withdrawPasskeys");
    if (passkey.state !== "withdrawn") await endPasskey(tx, passkey);
  }
}

async function enterAll(tx: Tx, { part, offices, passkeys }: Recovery, record: Founded): Promise<void> {
  for (const terms of offices) {
    await enterOffice(tx, tx.day, terms, { state: "held", confirmedOn: tx.day });
    await noteAdministrator(tx, await tx.need("office", terms.id));
  }
  for (const terms of passkeys) {
    const official = await tx.need("official", terms.person);
    if (official.organisation !== part || terms.resident) invalid("passkeys");
    const passkey = await newPasskey(tx, record, official.organisation, terms);
    enterPasskey(tx, official, { ...passkey, state: "counting", countsFrom: addDays(tx.day, 1) });
  }
}
