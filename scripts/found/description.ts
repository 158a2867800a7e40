/** Files of a founding: what whoever prepares it writes, what is made of it, and the keys that people send. */
import { z } from "zod";
import { ipaCodePattern } from "@/features/municipalities/rules";
import { actRoles } from "@/protocol/acts/roles";
import { Act, Day, IstatCode, Label, type Organisation } from "@/protocol/primitives";
import { MunicipalOrganisation, Settings } from "@/protocol/records/municipality";
import { officeTerms, passkeyTerms } from "@/protocol/records/register";
import { transactions } from "@/protocol/transactions";
import { Register } from "@/protocol/transactions/register";

const { organisation, until, district } = officeTerms;

/** An act with the path of its file, beside the description. */
export const ActOnPaper = Act.omit({ file: true }).extend({ file: z.string().min(1) });
export type ActOnPaper = z.infer<typeof ActOnPaper>;

/** Somebody who is in office from the beginning, with their acts of appointment. */
export const Person = z.strictObject({
  givenName: z.string().min(1).max(100),
  familyName: z.string().min(1).max(100),
  birthDate: Day,
  fiscalNumber: z.string().regex(/^[A-Z0-9]{16}$/),
  residence: IstatCode,
  organisation,
  offices: z
    .array(
      z.strictObject({
        ...{ role: z.enum(actRoles), from: Day, until, district },
        act: ActOnPaper,
      }),
    )
    .min(1),
});
export type PersonInOffice = z.infer<typeof Person>;

export const Description = z.strictObject({
  municipality: IstatCode,
  /** Of a municipality that is not in prisma/seed/data/municipalities.csv: what the site has to know of it. */
  place: z
    .strictObject({
      ...{ name: Label, ipaCode: z.string().regex(ipaCodePattern), lat: z.number(), lon: z.number() },
      ...{ cadastralCode: z.string().optional(), population: z.int().nonnegative().optional() },
    })
    .optional(),
  /** Which body stands for the Case network here. */
  casaBody: Label,
  settings: Settings,
  /** The ledger's first day there, not later than today. */
  day: Day,
  organisations: z.array(MunicipalOrganisation.omit({ newOrigin: true })),
  people: z.array(Person),
});
export type Description = z.infer<typeof Description>;

/** Whose first key it will be. */
export const Owner = z.strictObject({ person: z.string(), name: z.string(), organisation });
export type Owner = z.infer<typeof Owner>;

/** Where an organisation's people sign. */
export type OriginOf = (part: Organisation) => string;

const { input } = transactions["municipality:found"];

/** All of a founding but the keys of its people and the signatures. */
export const Preparation = z.strictObject({
  command: z.uuid(),
  cosignerCommand: z.uuid(),
  founding: input.omit({ command: true, signatures: true }).extend({
    register: Register.omit({ passkeys: true }),
  }),
  people: z.array(Owner),
});
export type Preparation = z.infer<typeof Preparation>;

/** @throws Error for an organisation that is not among those that found it */
export function originIn({ founding: { register } }: Preparation): OriginOf {
  return (part) => {
    const own = register.organisations.find((one) => one.part === part);
    if (!own) throw new Error(`${part} is not among the organisations`);
    return own.origin;
  };
}

/** A key as the page of first keys shows it. */
export const MadeKey = z.strictObject({
  ...{ person: passkeyTerms.person, credential: passkeyTerms.credential },
  ...{ spki: passkeyTerms.spki, algorithm: passkeyTerms.algorithm },
});
export type MadeKey = z.infer<typeof MadeKey>;

/** @param text one key a line, as people sent them; empty lines are left out */
export function readKeys(text: string): MadeKey[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => MadeKey.parse(JSON.parse(line)));
}
