/** Who signed an act, from the register and from nowhere else. */
import { fromBase64url } from "../../../protocol/acts/base64url";
import type { CarriedAct } from "../../../protocol/acts/carried";
import { checkGesture } from "../../../protocol/acts/gesture";
import { relyingPartyId } from "../../../protocol/acts/origins";
import type { SignedAct } from "../../../protocol/acts/signed-act";
import { RuleError } from "../../../protocol/errors";
import { countsOn, isHeldOn } from "../../../protocol/in-office";
import type { Actor } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import type { Checks } from "../domain/checks";
import { type Founded, organisationOf } from "../domain/register";
import type { State } from "../domain/state";
import { readRecord } from "./records";

export interface Signed {
  actor: Actor;
  /** What the event says of it: digest of the act, and the key. */
  signed: { act: string; passkey: string };
  /** The origin it was signed on, as the organisation has it. */
  signedOn: string;
}

/**
 * Checks the assertion of an act against the register, on a day of the chain.
 *
 * @throws {RuleError} `act_not_in_list`, `key_unknown`, `key_withdrawn`, `key_not_counting`, `bad_signature`,
 *   `not_in_office`, and what `checkAssertion` throws
 */
export async function requireSigner(
  state: State,
  record: Founded,
  day: string,
  carried: CarriedAct,
  act: SignedAct,
  checks: Checks,
): Promise<Signed> {
  const id = checks.digest(fromBase64url(carried.assertion.credential));
  const [official, passkey] = await Promise.all([
    readRecord(state, record.id, "official", act.person),
    readRecord(state, record.id, "passkey", id),
  ]);
  if (passkey?.person !== act.person) throw new RuleError("key_unknown");
  const signedOn = requireCounting(record, passkey, day);
  const trial = record.trial === true;
  const digest = await checkGesture(carried, { ...passkey, trial, origins: [signedOn] }, checks);

  const actor = { role: act.role, municipality: record.id, person: act.person };
  const signed = { act: digest, passkey: id };
  // A resident belongs to no organisation: it is the Comune's residents who sign.
  if (act.role === "resident") return { actor: { ...actor, organisation: "Comune" }, signed, signedOn };
  if (passkey.resident) throw new RuleError("key_not_counting", { id });
  await requireOffice(state, official, act, day);
  return { actor: { ...actor, organisation: passkey.organisation }, signed, signedOn };
}

/** @returns the origin of the key's own organisation on which it signs */
function requireCounting(record: Founded, passkey: RecordOf<"passkey">, day: string): string {
  const { id, state, trial, rpId, organisation } = passkey;
  if (state === "withdrawn") throw new RuleError("key_withdrawn", { id });
  if (trial && !record.trial) throw new RuleError("trial_key");
  const { origin, newOrigin } = organisationOf(record, organisation);
  const signedOn = [newOrigin, origin].find((own) => own !== undefined && relyingPartyId(own) === rpId);
  if (!countsOn(passkey, day) || signedOn === undefined) throw new RuleError("key_not_counting", { id });
  return signedOn;
}

async function requireOffice(
  state: State,
  official: RecordOf<"official"> | undefined,
  { municipality, role }: SignedAct,
  day: string,
): Promise<void> {
  const ids = (official?.offices ?? []).filter((office) => office.role === role).map(({ id }) => id);
  const offices = await Promise.all(ids.map((id) => readRecord(state, municipality, "office", id)));
  if (!offices.some((office) => office && isHeldOn(office, day)))
    throw new RuleError("not_in_office", { role });
}
