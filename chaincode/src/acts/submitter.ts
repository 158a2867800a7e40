/** Whose certificate a transaction came with, before anything of the municipality is read. */
import { z } from "zod";
import { RuleError } from "../../../protocol/errors";
import {
  type Actor,
  Id,
  IstatCode,
  MspId,
  mspIds,
  type Organisation,
  organisations,
  Role,
} from "../../../protocol/primitives";
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

/**
 * Who acts by a certificate alone, on a chain whose organisations are not on the record yet: there the three MSPs have
 * their first names.
 * @throws {RuleError} `wrong_certificate`
 */
export function certificateActor({ mspId, ...rest }: Submitter): Actor {
  const organisation = organisations.find((one) => mspIds[one] === mspId);
  if (!organisation) throw new RuleError("wrong_certificate", { path: "organisation" });
  return { organisation, ...rest };
}
