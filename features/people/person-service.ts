import "server-only";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { InvalidInputError } from "@/lib/errors";
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import { literally } from "@/lib/like";
import { normalLine } from "@/lib/text-field";

/**
 * A person by fiscal number, of which only the keyed hash is looked up, or by full name. By name only people who
 * live here or are in the register are found: the others are no business of this municipality.
 * @throws InvalidInputError on the field `person`
 */
export async function findPerson(municipality: string, typed: string): Promise<{ id: string; name: string }> {
  const refuse = (code: string) => new InvalidInputError({ person: code });
  const number = normalFiscalNumber(typed);
  const isNumber = /\d/.test(number);
  if (isNumber && !isFiscalNumber(number)) throw refuse("fiscal_number_wrong");
  const found = await db.person.findMany({
    where: isNumber
      ? { fiscalNumberHash: fiscalNumberHash(number), erasedAt: null }
      : {
          displayName: { equals: literally(normalLine(typed)), mode: "insensitive" },
          erasedAt: null,
          OR: [{ residence: municipality }, { id: { in: await registered(municipality) } }],
        },
    take: 2,
    select: { id: true, displayName: true },
  });
  const [person, other] = found;
  if (!person) throw refuse("person_unknown");
  if (other) throw refuse("person_ambiguous");
  return { id: person.id, name: person.displayName ?? "" };
}

/** Everybody who is or was in the register of people in office. */
async function registered(municipality: string): Promise<string[]> {
  const officials = await db.chainOfficial.findMany({ where: { municipality }, select: { id: true } });
  return officials.map(({ id }) => id);
}
