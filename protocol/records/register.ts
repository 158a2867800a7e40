/** The register of people in office: who they are of, what they hold from when to when, and the keys they sign with. */
import { z } from "zod";
import { Base64url } from "../acts/base64url-schema";
import { Origin } from "../acts/origins";
import { ChannelName } from "../acts/signed-act";
import {
  Act,
  Actor,
  Base64,
  CoseAlgorithm,
  Day,
  Digest,
  Id,
  IstatCode,
  Organisation,
  Role,
} from "../primitives";

const base = { municipality: IstatCode, id: Id };

/** Offices a person can hold or be proposed for at a time, and keys they can have. */
export const MOST_OFFICES = 20;
export const MOST_PASSKEYS = 10;
/** Days for which an organisation alone can suspend one of its people, and for which a recovery is public. */
export const SUSPENSION_DAYS = 7;
export const RECOVERY_DAYS = 7;

/** Key `(municipality, "official", person)`: small, so that who may act is known by reading keys alone. */
export const OfficialRecord = z.strictObject({
  ...base,
  /** A person belongs to one organisation. */
  organisation: Organisation,
  /** Their offices that have not ended. */
  offices: z.array(z.strictObject({ id: Id, role: Role })).max(MOST_OFFICES),
  /** Their keys that are not withdrawn. */
  passkeys: z.array(Digest).max(MOST_PASSKEYS),
});

export const officeStates = ["proposed", "held", "suspended", "ended"] as const;

/** What an office says, whoever proposes it. */
export const officeTerms = {
  id: Id,
  person: Id,
  organisation: Organisation,
  role: Role,
  from: Day,
  /** The last day; a substitute's is always known. */
  until: Day.optional(),
  /** District, by its number or short name. */
  district: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional(),
  /** The office they stand in for. */
  substituteFor: Id.optional(),
  /** The act of appointment. */
  act: Act,
} as const;

export const OfficeRecord = z.strictObject({
  municipality: IstatCode,
  ...officeTerms,
  state: z.enum(officeStates),
  /** Absent where founding or a recovery gave it. */
  proposedBy: Actor.optional(),
  proposedOn: Day,
  confirmedBy: Actor.optional(),
  confirmedOn: Day.optional(),
  /** One organisation's word against one of its own: it lapses after its last day unless somebody confirms it. */
  suspension: z.strictObject({ by: Actor, on: Day, until: Day, reasonDigest: Digest }).optional(),
  endedOn: Day.optional(),
  endedBy: Actor.optional(),
});

/** What a passkey is; `credential` is the authenticator's id of it, `spki` DER in base64. */
export const passkeyTerms = {
  person: Id,
  credential: Base64url(1023),
  spki: Base64(1100),
  algorithm: CoseAlgorithm,
  /** Made by the trial's signer: counts only in a municipality founded as a trial. */
  trial: z.boolean().optional(),
  /** Of a resident, on the site of the Comune: it signs what binds them, and nothing of an office. */
  resident: z.literal(true).optional(),
} as const;

export const passkeyStates = ["proposed", "counting", "withdrawn"] as const;

/** Key `(municipality, "passkey", SHA-256 of the credential id's bytes)`. */
export const PasskeyRecord = z.strictObject({
  municipality: IstatCode,
  id: Digest,
  ...passkeyTerms,
  organisation: Organisation,
  /** Host of the origin it was made on. */
  rpId: z.string().max(200),
  state: z.enum(passkeyStates),
  proposedOn: Day,
  /** Who has compared its code with its owner's; none where founding or a recovery gave it. */
  confirmations: z.array(z.strictObject({ by: Actor, on: Day, code: Digest })).max(2),
  /** The first day on which it signs. */
  countsFrom: Day.optional(),
  withdrawnOn: Day.optional(),
  withdrawnBy: Actor.optional(),
});

export const recoveryStates = ["proposed", "stopped", "completed"] as const;

/** What a recovery would change in one organisation. */
export const recoveryPlan = {
  id: Id,
  part: Organisation,
  offices: z.array(z.strictObject(officeTerms)).max(MOST_OFFICES),
  passkeys: z.array(z.strictObject(passkeyTerms)).max(MOST_OFFICES),
  endOffices: z.array(Id).max(50),
  withdrawPasskeys: z.array(Digest).max(50),
  origin: Origin.optional(),
  recoveryKey: Base64(800).optional(),
  act: Act,
} as const;

/** Key `(municipality, "recovery", id)`: signed by two organisations' recovery keys, public for seven days. */
export const RecoveryRecord = z.strictObject({
  municipality: IstatCode,
  ...recoveryPlan,
  channel: ChannelName,
  state: z.enum(recoveryStates),
  signedBy: z.array(Organisation).min(2).max(3),
  proposedOn: Day,
  /** The first day on which it can be completed. */
  completesFrom: Day,
  stoppedBy: Actor.optional(),
  reasonDigest: Digest.optional(),
  endedOn: Day.optional(),
});
