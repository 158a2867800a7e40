/**
 * Value types shared by every transaction and record on the ledger.
 * Money is integer euro cents, days are ISO dates, digests are lower-case hexadecimal SHA-256.
 */
import { z } from "zod";
import { coseAlgorithms } from "./cose-algorithms";

export const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{2,63}$/);
export const IstatCode = z.string().regex(/^\d{6}$/);
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Calendar day `YYYY-MM-DD` that exists (no 30 February). */
export const Day = z.iso.date();
/** UTC, at most to the millisecond. */
export const Instant = z.iso.datetime().max(24);
/** A UUID in lower case: in capitals it would be another key, and the same command could be carried out twice. */
export const CommandId = z.uuid().regex(/^[0-9a-f-]{36}$/);
/**
 * The public tax code of a body (never a person's): eleven digits, the last of them the check digit that registries
 * compute from the others.
 */
export const BodyCode = z
  .string()
  .regex(/^\d{11}$/)
  .refine(hasCheckDigit);
/** Integer euro cents, at least one, safe as a JSON number. */
export const Cents = z.int().positive();
export const CentsOrZero = z.int().nonnegative();
/** A short public number or reference of another register (an act, a payment order). */
export const Reference = (most: number) => z.string().trim().min(1).max(most).regex(SHOWABLE);
/** Score in hundredths of a point: 7640 is 76.40 points. */
export const CentiPoints = z.int().min(0).max(10_000);
/** Neither control characters nor halves of a pair of surrogates, which databases refuse. */
const SHOWABLE = /^[^\p{Cc}\p{Cs}]*$/u;
/** A public, non-personal label (a fund, a line, an act's body). */
export const Label = z.string().trim().min(1).max(200).regex(SHOWABLE);
/** Of a budget. */
export const Year = z.int().min(2000).max(2100);
export const Ed25519PublicKey = z.string().regex(/^[0-9a-f]{64}$/);
export const Ed25519Signature = z.string().regex(/^[0-9a-f]{128}$/);
export const Base64 = (most: number) => z.base64().max(most);

/** A municipality's founding, 16 random bytes in hexadecimal. */
export const FoundingId = z.string().regex(/^[0-9a-f]{32}$/);
export const MspId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/);

export const CoseAlgorithm = z.literal(Object.values(coseAlgorithms));
export type CoseAlgorithm = z.infer<typeof CoseAlgorithm>;

export const organisations = ["Comune", "Case", "Garanti"] as const;
export const Organisation = z.enum(organisations);
export type Organisation = z.infer<typeof Organisation>;

/** The MSP of each organisation on the channel. */
export const mspIds = { Comune: "ComuneMSP", Case: "CaseMSP", Garanti: "GarantiMSP" } as const;

export const roles = [
  "resident",
  "coordinator",
  "assessor",
  "technical_office",
  "district_council",
  "giunta",
  "responsible_officer",
  "accountant",
  "treasurer",
  "councillor",
  "guarantor",
  "administrator",
  "registrar",
  "casting_service",
  "service",
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Who acts on behalf of an organisation: everybody but residents. */
export const officeRoles = roles.filter((role) => !["resident", "casting_service", "service"].includes(role));

/** Which organisations may give a role: whoever has it from another is refused. */
export const roleOrganisations: Record<Role, readonly Organisation[]> = {
  /** The Comune vouches for them; before people signed acts the Case network gave their certificates. */
  resident: ["Case", "Comune"],
  coordinator: ["Case"],
  assessor: ["Comune", "Case", "Garanti"],
  technical_office: ["Comune"],
  district_council: ["Comune"],
  giunta: ["Comune"],
  responsible_officer: ["Comune"],
  /** The accounting office (ragioneria): clears payments and orders them. */
  accountant: ["Comune"],
  treasurer: ["Comune"],
  councillor: ["Comune"],
  guarantor: ["Garanti"],
  administrator: ["Comune", "Case", "Garanti"],
  registrar: ["Comune", "Case", "Garanti"],
  casting_service: ["Comune", "Case", "Garanti"],
  service: ["Comune", "Case", "Garanti"],
};

/** Attribute names in a certificate (Fabric CA attribute extension). */
export const certificateAttributes = {
  role: "cocity.role",
  municipality: "cocity.municipality",
  person: "cocity.person",
} as const;

/** Who acts: the signer of an act, a resident whom the Comune vouches for, or a program by its certificate. */
export const Actor = z.strictObject({
  organisation: Organisation,
  role: Role,
  municipality: IstatCode,
  person: Id,
});
export type Actor = z.infer<typeof Actor>;

/** An administrative act; `file` is the digest of the file's bytes. */
export const Act = z.strictObject({
  kind: z.enum(["delibera", "determina", "presa_d_atto", "ordinanza", "verbale"]),
  number: Reference(40),
  date: Day,
  body: Label,
  file: Digest,
});
export type Act = z.infer<typeof Act>;

/** The digits at even places count twice, less nine from ten on; with the check digit the sum ends in zero. */
function hasCheckDigit(code: string): boolean {
  const sum = [...code].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
