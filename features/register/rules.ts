/** Offices as pages show and sort them, and who may hold which. Pure. */
export { excludedBy } from "@/chaincode/src/domain/incompatible-roles";

import { voicesOf } from "@/chaincode/src/domain/voices";
import { type ActRole, actRoles } from "@/protocol/acts/roles";
import { type Organisation, organisations, roleOrganisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";

export type Office = RecordOf<"office">;

/** Where an office stands on a day. `coming` is confirmed and has not begun; `over` has passed its last day. */
export const officePhases = ["proposed", "coming", "held", "suspended", "over", "ended"] as const;
export type OfficePhase = (typeof officePhases)[number];

export function officePhase(
  { state, from, until, suspension }: Pick<Office, "state" | "from" | "until" | "suspension">,
  day: string,
): OfficePhase {
  if (state === "ended") return "ended";
  if (until !== undefined && day > until) return "over";
  if (state === "proposed") return "proposed";
  if (day < from) return "coming";
  // A suspension that nobody has confirmed lapses after its last day.
  return state === "suspended" && suspension && day <= suspension.until ? "suspended" : "held";
}

/** The offices in which a person signs acts for an organisation. */
export function rolesOf(organisation: Organisation): ActRole[] {
  return actRoles.filter((role) => roleOrganisations[role].includes(organisation));
}

/** Whether two organisations of a municipality are one, or share an origin and so count as one. */
export function countAsOne(
  municipality: RecordOf<"municipality">,
  one: Organisation,
  other: Organisation,
): boolean {
  const voices = voicesOf(municipality);
  return voices[one] === voices[other];
}

export type Vacancy = { organisation: Organisation; role: ActRole };

/** The roles that nobody holds who could act in them. */
export function vacancies(held: readonly { organisation: Organisation; role: string }[]): Vacancy[] {
  return organisations.flatMap((organisation) =>
    rolesOf(organisation)
      .filter((role) => !held.some((one) => one.organisation === organisation && one.role === role))
      .map((role) => ({ organisation, role })),
  );
}

/** What waits for the roles that nobody holds and for no other. */
export function stuck<Item extends { transaction: string; id: string }>(
  forVacant: readonly Item[],
  forHeld: readonly Item[],
): Item[] {
  const taken = new Set(forHeld.map(({ transaction, id }) => `${transaction} ${id}`));
  return forVacant.filter(({ transaction, id }) => !taken.has(`${transaction} ${id}`));
}
