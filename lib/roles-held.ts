import "server-only";
import { isHeldOn } from "@/protocol/in-office";
import type { RecordOf } from "@/protocol/records";
import { db } from "./db";
import { todayInItaly } from "./local-time";
import type { RoleHeld } from "./permissions";

/** A role as somebody holds it. */
export type HeldBy = RoleHeld & { person: string };

/** The roles a person holds now: those of the ledger's register of people in office. */
export async function rolesHeld(person: string): Promise<RoleHeld[]> {
  const held = await heldRoles({ person });
  return held.map(({ person: _, ...role }) => role);
}

/** Every role that is held in a municipality now. */
export function rolesHeldIn(municipality: string): Promise<HeldBy[]> {
  return heldRoles({ municipality });
}

async function heldRoles(where: { person: string } | { municipality: string }): Promise<HeldBy[]> {
  const offices = await db.chainOffice.findMany({
    where: { ...where, state: { in: ["held", "suspended"] } },
  });
  if (offices.length === 0) return [];
  const places = [...new Set(offices.map(({ municipality }) => municipality))];
  const days = await db.chainDay.findMany({ where: { municipality: { in: places } } });
  const dayIn = (municipality: string) =>
    days.find((row) => row.municipality === municipality)?.day ?? todayInItaly();
  return offices
    .map(({ record }) => record as unknown as RecordOf<"office">)
    .filter((office) => isHeldOn(office, dayIn(office.municipality)))
    .map(({ person, municipality, organisation, role, district }) => ({
      ...{ person, municipality, organisation, role },
      ...(district !== undefined && { district: Number(district) }),
    }));
}
