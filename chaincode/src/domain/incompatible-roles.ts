/** Roles that one person does not hold at the same time. */
import { RuleError } from "../../../protocol/errors";
import type { Role } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

type Held = Pick<RecordOf<"office">, "id" | "role" | "from" | "until" | "state">;

/** Whoever decides, pays, admits to a vote or sits in the council does none of the others. */
const apart: readonly Role[] = ["responsible_officer", "treasurer", "registrar", "councillor"];

/** Whether two roles exclude each other; a small Comune may let a councillor be a responsible officer, by an act. */
export function areIncompatible(one: Role, other: Role, councillorAsOfficer: boolean): boolean {
  if (one === other || !apart.includes(one) || !apart.includes(other)) return false;
  const pair = [one, other];
  return !(councillorAsOfficer && pair.includes("councillor") && pair.includes("responsible_officer"));
}

/** @throws {RuleError} `incompatible_roles` {role, other} when an office shares a day with one it excludes */
export async function requireCompatible(
  tx: Tx,
  office: Omit<Held, "state">,
  others: readonly Held[],
): Promise<void> {
  const shared = others.filter(
    (other) =>
      other.id !== office.id &&
      other.state !== "ended" &&
      other.from <= (office.until ?? other.from) &&
      office.from <= (other.until ?? office.from),
  );
  if (shared.length === 0) return;
  const { settings } = await tx.need("municipality", tx.municipality);
  for (const { role } of shared)
    if (areIncompatible(office.role, role, settings.councillorAsOfficer === true))
      throw new RuleError("incompatible_roles", { role: office.role, other: role });
}
