/** Which program's certificate a transaction came with, before anything of the municipality is read. */
import { z } from "zod";
import { RuleError } from "../../../protocol/errors";
import { Id, IstatCode, MspId, type Organisation, Role } from "../../../protocol/primitives";
import type { MunicipalOrganisation } from "../../../protocol/records/municipality";

export const Submitter = z.strictObject({ mspId: MspId, role: Role, municipality: IstatCode, person: Id });
export type Submitter = z.infer<typeof Submitter>;

/**
 * Which of the municipality's organisations a certificate is of.
 * @throws {RuleError} `wrong_carrier` when of none
 */
export function partOf(
  { mspId }: Submitter,
  own: readonly Pick<MunicipalOrganisation, "part" | "mspId">[],
): Organisation {
  const found = own.find((organisation) => organisation.mspId === mspId);
  if (!found) throw new RuleError("wrong_carrier");
  return found.part;
}
