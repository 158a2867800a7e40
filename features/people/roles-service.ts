import "server-only";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { ConflictError, InvalidInputError, NotAllowedError, NotFoundError } from "@/lib/errors";
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import { literally } from "@/lib/like";
import { securityEvent } from "@/lib/security-log";
import { normalLine } from "@/lib/text-field";
import type { Organisation } from "@/protocol/primitives";
import { withdrawSigningKeys } from "./signing-keys-service";

/** Who administers: a person, for one organisation in one municipality. */
export type Administrator = { municipality: string; organisation: Organisation; person: string };

/**
 * A person by fiscal number, of which only the keyed hash is looked up, or by full name. By name only people who
 * live or work here are found: the others are no business of this municipality.
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
          OR: [{ residence: municipality }, { roles: { some: { municipality } } }],
        },
    take: 2,
    select: { id: true, displayName: true },
  });
  const [person, other] = found;
  if (!person) throw refuse("person_unknown");
  if (other) throw refuse("person_ambiguous");
  return { id: person.id, name: person.displayName ?? "" };
}

/** @throws NotFoundError where the municipality has no such house */
export async function requireHouse(municipality: string, slug: string): Promise<void> {
  const found = await db.house.count({ where: { municipality, slug } });
  if (found === 0) throw new NotFoundError();
}

/** Ends a role now and withdraws from the ledger what it signed admissions with. Asked again, it withdraws what is left. */
export async function endRole(by: Administrator, id: string): Promise<void> {
  const { municipality } = by;
  const row = await db.roleAssignment.findFirst({ where: { id, municipality } });
  if (!row) throw new NotFoundError("role_not_found");
  if (row.organisation !== by.organisation) throw new NotAllowedError("role_not_yours");
  if (row.person === by.person && row.role === "administrator") throw new ConflictError("own_administration");
  const { person, role } = row;
  const organisation = by.organisation;
  // The same role held for another house or district uses the same keys.
  const held = { municipality, person, organisation, role, until: null };
  await db.$transaction(async (tx) => {
    // Two administrators who end each other's role at once come one after the other.
    await tx.$queryRaw`
      SELECT 1 FROM public."RoleAssignment" WHERE municipality = ${municipality} AND role = 'administrator'
      AND until IS NULL ORDER BY id FOR UPDATE`;
    const others = await tx.roleAssignment.count({
      where: { municipality, organisation, role: "administrator", until: null, id: { not: id } },
    });
    if (role === "administrator" && row.until === null && others === 0)
      throw new ConflictError("last_administrator");
    await tx.roleAssignment.updateMany({ where: { id, until: null }, data: { until: new Date() } });
    if (role === "registrar" && (await tx.roleAssignment.count({ where: held })) === 0)
      await withdrawSigningKeys(tx, { person, municipality, organisation }, () => ({
        ...{ person: by.person, organisation, role: "administrator" },
      }));
  });
  securityEvent("role_ended", { person, municipality, organisation, role, by: by.person });
}
