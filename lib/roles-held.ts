import "server-only";
import { isHeldOn } from "@/protocol/in-office";
import { Organisation, Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { type Database, db } from "./db";
import { todayInItaly } from "./local-time";
import type { RoleHeld } from "./permissions";

/** A role as somebody holds it. */
export type HeldBy = RoleHeld & { person: string };

/**
 * The roles a person holds now: in a municipality that has been founded those of the ledger's register of people in
 * office, in any other those that its administrators gave.
 */
export async function rolesHeld(person: string): Promise<RoleHeld[]> {
  const held = await heldRoles({ person });
  return held.map(({ person: _, ...role }) => role);
}

/** Every role that is held in a municipality now. */
export function rolesHeldIn(municipality: string): Promise<HeldBy[]> {
  return heldRoles({ municipality });
}

/**
 * Those of the municipalities that have been founded: their roles are the register's.
 * @param from the transaction that asks, where one does: beside it PGlite answers nobody
 */
export async function foundedAmong(
  municipalities: readonly string[],
  from: Database = db,
): Promise<ReadonlySet<string>> {
  if (municipalities.length === 0) return new Set();
  const rows = await from.chainMunicipality.findMany({
    where: { municipality: { in: [...municipalities] } },
    select: { municipality: true, record: true },
  });
  const isFounded = (record: unknown) => (record as { founding?: string }).founding !== undefined;
  return new Set(rows.filter(({ record }) => isFounded(record)).map(({ municipality }) => municipality));
}

async function heldRoles(where: { person: string } | { municipality: string }): Promise<HeldBy[]> {
  const now = new Date();
  const [given, offices] = await Promise.all([
    db.roleAssignment.findMany({
      where: { ...where, since: { lte: now }, OR: [{ until: null }, { until: { gt: now } }] },
    }),
    db.chainOffice.findMany({ where: { ...where, state: { in: ["held", "suspended"] } } }),
  ]);
  const places = [...new Set([...given, ...offices].map(({ municipality }) => municipality))];
  if (places.length === 0) return [];
  const [founded, days] = await Promise.all([
    foundedAmong(places),
    db.chainDay.findMany({ where: { municipality: { in: places } } }),
  ]);
  const dayIn = (municipality: string) =>
    days.find((row) => row.municipality === municipality)?.day ?? todayInItaly();
  return [
    ...given
      .filter(({ municipality }) => !founded.has(municipality))
      .map(({ person, municipality, organisation, role, house, district }) => ({
        ...{ person, municipality },
        ...{ organisation: Organisation.parse(organisation), role: Role.parse(role) },
        ...(house !== null && { house }),
        ...(district !== null && { district }),
      })),
    ...offices
      .map(({ record }) => record as unknown as RecordOf<"office">)
      .filter((office) => isHeldOn(office, dayIn(office.municipality)))
      .map(({ person, municipality, organisation, role, district }) => ({
        ...{ person, municipality, organisation, role },
        ...(district !== undefined && { district: Number(district) }),
      })),
  ];
}
