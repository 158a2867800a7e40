/** What people type goes to the ledger as it is in few members: everybody reads it there, and nobody takes it back. */
import { holdsPersonalCode } from "../../../lib/personal-codes";

/** All other texts of transactions are ids, digests, keys, signatures, days and choices. */
export const typedMembers: ReadonlySet<string> = new Set([
  ...["body", "casaBody", "fund", "name", "number", "orderNumber", "reference"],
]);

/** Whether somebody typed a person's tax code or an account into what is to be on the ledger. */
export function holdsPersonalText(input: unknown, member = ""): boolean {
  if (typeof input === "string") return typedMembers.has(member) && holdsPersonalCode(input);
  if (Array.isArray(input)) return input.some((one) => holdsPersonalText(one, member));
  if (typeof input !== "object" || input === null) return false;
  return Object.entries(input).some(([name, value]) => holdsPersonalText(value, name));
}
