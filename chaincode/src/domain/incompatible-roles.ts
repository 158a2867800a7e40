/** Roles that one person does not hold at the same time. */
import { RuleError } from "../../../protocol/errors";
import type { Role } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

type Held = Pick<RecordOf<"office">, "id" | "role" | "from" | "until" | "state">;

/** Whoever decides, keeps the accounts, pays, admits to a vote or sits in the council does none of the others. */
const apart: readonly Role[] = ["responsible_officer", "accountant", "treasurer", "registrar", "councillor"];

/** Whether two roles exclude each other; a small Comune may let a councillor be a responsible officer, by an act. */
export function areIncompatible(one: Role, other: Role, councillorAsOfficer: boolean): boolean {
  if (one === other || !apart.includes(one) || !apart.includes(other)) return false;
  const pair = [one, other];
  return !(councillorAsOfficer && pair.includes("councillor") && pair.includes("responsible_officer"));
}

/** The role of an office that shares a day with the given one and excludes it. */
export function excludedBy(
  office: Pick<Held, "role" | "from" | "until"> & { id?: string },
  others: readonly Held[],
  councillorAsOfficer: boolean,
): Role | undefined {
  return others.find(
    (other) =>
      other.id !== office.id &&
      other.state !== "ended" &&
      other.from <= (office.until ?? other.from) &&
      office.from <= (other.until ?? office.from) &&
      areIncompatible(office.role, other.role, councillorAsOfficer),
  )?.role;
}

/** @throws {RuleError} `incompatible_roles` {role, other} when an office shares a day with one it excludes */
export async function requireCompatible(
  tx: Tx,
  office: Omit<Held, "state">,
  others: readonly Held[],
): Promise<void> {
  if (others.length === 0) return;
  const { settings } = await tx.need("municipality", tx.municipality);
  const other = excludedBy(office, others, settings.councillorAsOfficer === true);
  if (other) throw new RuleError("incompatible_roles", { role: office.role, other });
}
