/** No organisation loses its last administrator: nobody could propose anybody for it again. */
import { RuleError } from "../../../protocol/errors";
import { isHeldOn } from "../../../protocol/in-office";
import type { Office } from "./register";
import type { Tx } from "./tx";

/** Remembers an office of administrator under its organisation, so that the others are found by reading keys. */
export async function noteAdministrator(tx: Tx, office: Office): Promise<void> {
  if (office.role !== "administrator") return;
  const known = (await tx.getInternal("administrators", office.organisation))?.offices ?? [];
  tx.putInternal("administrators", [office.organisation], { offices: [...known, office.id] });
}

/** Forgets an office of administrator that has ended. */
export async function forgetAdministrator(tx: Tx, { id, role, organisation }: Office): Promise<void> {
  if (role !== "administrator") return;
  const known = (await tx.getInternal("administrators", organisation))?.offices ?? [];
  tx.putInternal("administrators", [organisation], { offices: known.filter((other) => other !== id) });
}

/** @throws {RuleError} `last_administrator` unless another person holds the office for the organisation today */
export async function requireAnotherAdministrator(tx: Tx, office: Office): Promise<void> {
  if (office.role !== "administrator") return;
  const known = (await tx.getInternal("administrators", office.organisation))?.offices ?? [];
  const others = await Promise.all(known.filter((id) => id !== office.id).map((id) => tx.need("office", id)));
  const remains = others.some((other) => other.person !== office.person && isHeldOn(other, tx.day));
  if (!remains) throw new RuleError("last_administrator", { organisation: office.organisation });
}
