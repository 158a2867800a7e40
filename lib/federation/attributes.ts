/** What SPID and CIE say of a person. Pure. */
import { z } from "zod";
import { isFiscalNumber } from "../fiscal-number";
import { normalLine } from "../text-field";
import { FederationRefusal } from "./refusal";

const name = z.string().max(400).transform(normalLine).pipe(z.string().min(1).max(100));

/**
 * A fiscal number as it is, letter for letter: where two people would have the same one, the tax office gave one of them
 * letters for digits (omocodia), so that a number with the digits put back may be another person's.
 */
const attributesSchema = z.object({
  "https://attributes.eid.gov.it/fiscal_number": z
    .string()
    .trim()
    .regex(/^TINIT-[A-Za-z0-9]{16}$/)
    .transform((value) => value.slice("TINIT-".length).toUpperCase())
    .refine(isFiscalNumber),
  given_name: name,
  family_name: name,
  birthdate: z.iso.date(),
});

export interface Attributes {
  readonly fiscalNumber: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
}

/** @throws FederationRefusal `attributes`, which names what is wrong and not what it was */
export function readAttributes(claims: unknown): Attributes {
  const parsed = attributesSchema.safeParse(claims);
  if (!parsed.success)
    throw new FederationRefusal("attributes", String(parsed.error.issues[0]?.path[0] ?? "form"));
  const { "https://attributes.eid.gov.it/fiscal_number": fiscalNumber, ...said } = parsed.data;
  return {
    fiscalNumber,
    givenName: said.given_name,
    familyName: said.family_name,
    birthDate: said.birthdate,
  };
}
