/** A municipality, its day, its settings, and the keys its registrars sign with. */
import { z } from "zod";
import { Origin } from "../acts/origins";
import {
  Act,
  Base64,
  CentsOrZero,
  Day,
  FoundingId,
  Id,
  IstatCode,
  Label,
  MspId,
  Organisation,
} from "../primitives";

const base = { municipality: IstatCode, id: Id };

export const Settings = z.strictObject({
  /** Least age to take part, years. */
  leastAge: z.int().min(0).max(120),
  /** Longest term of a pact, years. */
  longestPactYears: z.int().min(1).max(99),
  /** Days between the verification of a milestone and its acceptance. */
  challengeDays: z.int().min(0).max(90),
  /** Contributions above this need the published row of art. 26–27 D.Lgs. 33/2013, cents. */
  publishGrantsAboveCents: CentsOrZero,
  /** Works and supplies need a CIG. */
  cigRequired: z.boolean(),
  /** Least days for objecting to a result after it is attested, the last included. */
  objectionDays: z.int().min(0).max(90),
  /** Least days between the first day of a vote and its last. */
  votingDays: z.int().min(0).max(365),
  /** A small Comune lets a councillor be a responsible officer as well. */
  councillorAsOfficer: z.boolean().optional(),
  /** The accounting office is one person, who orders the payments that they cleared. */
  oneAccountant: z.boolean().optional(),
});

/** Below these only a trial's settings go. */
export const floors = { objectionDays: 5, votingDays: 5, challengeDays: 5 } as const;

/** Above these only a trial's settings go: grants over EUR 1,000 are published (art. 26 c. 2 D.Lgs. 33/2013). */
export const ceilings = { publishGrantsAboveCents: 100_000 } as const;

export type Settings = z.infer<typeof Settings>;

/** An organisation of the municipality, by its MSP, with the origin its people sign on. */
export const MunicipalOrganisation = z.strictObject({
  part: Organisation,
  mspId: MspId,
  origin: Origin,
  /** The origin it is changing to: keys of either count. */
  newOrigin: Origin.optional(),
  /** Offline key (SPKI DER, base64) that signs founding and recovery, and nothing else. */
  recoveryKey: Base64(800),
});
export type MunicipalOrganisation = z.infer<typeof MunicipalOrganisation>;

export const MunicipalityRecord = z.strictObject({
  municipality: IstatCode,
  id: IstatCode,
  name: Label,
  /** Which body stands for the Case network here. */
  casaBody: Label,
  settings: Settings,
  /** Founded to try things out: its days may lie in the past, and its terms may be of no days. */
  trial: z.boolean().optional(),
  /** Its chain holds records of the first version, which kept no keys to look proposals up by. */
  hasFirstVersion: z.boolean().optional(),
  /** New settings that wait for somebody of another organisation. */
  proposedSettings: z
    .strictObject({ settings: Settings, act: Act, organisation: Organisation, person: Id })
    .optional(),
  /** The act that changed the settings last. */
  act: Act.optional(),
  /** Its random founding id; absent until its organisations have founded it with a register of people in office. */
  founding: FoundingId.optional(),
  /** Who acts as its Comune, its Case network and its guarantors. */
  organisations: z.array(MunicipalOrganisation).min(2).max(3).optional(),
  /** New origins that wait for somebody of another organisation, at most one of each. */
  proposedOrigins: z
    .array(
      z.strictObject({
        part: Organisation,
        origin: Origin,
        act: Act,
        organisation: Organisation,
        person: Id,
      }),
    )
    .max(3)
    .optional(),
});

export const DayRecord = z.strictObject({ municipality: IstatCode, id: z.literal("day"), day: Day });

/** A registrar's public key (SPKI DER, base64), taken from the certificate that registered it. */
export const SigningKeyRecord = z.strictObject({
  ...base,
  organisation: Organisation,
  person: Id,
  publicKey: z.string().max(200),
  withdrawn: z.boolean(),
});
