import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Handler } from "./handler";
import { invalid } from "./require";
import type { Tx } from "./tx";

type Document = RecordOf<"document">;

/** What residents record: an act or minutes are an office's. */
const residentKinds: readonly Document["kind"][] = ["estimate", "photograph", "insurance", "other"];

export const register: Handler<"commons:register"> = async (tx, input) => {
  const { municipality } = tx;
  await tx.create("commons", [input.id], {
    municipality,
    id: input.id,
    kind: input.kind,
    digest: input.digest,
  });
  return undefined;
};

/** Puts the hash of a file on the chain. A correction is a new document that names the one it corrects. */
export const recordDocument: Handler<"documents:record"> = async (tx, input) => {
  const { id, commons, kind, hash, corrects } = input;
  if (commons !== undefined) await tx.need("commons", commons);
  if (tx.actor.role === "resident" && !residentKinds.includes(kind)) invalid("kind");
  if (corrects !== undefined) requireCorrectable(tx, await tx.need("document", corrects));
  await tx.create("document", [id], {
    municipality: tx.municipality,
    id,
    commons,
    kind,
    hash,
    recordedOn: tx.day,
    recordedBy: tx.actor,
    corrects,
  });
  return undefined;
};

/**
 * One's own document, or one of one's own office: a resident corrects no official act, nor one office another's.
 * @throws {RuleError} `not_yours_to_correct`
 */
function requireCorrectable(tx: Tx, { recordedBy }: Document): void {
  const { person, role, organisation } = tx.actor;
  // Documents recorded before their author was kept are an office's to correct.
  const isOwn = recordedBy?.person === person && (recordedBy.role === "resident") === (role === "resident");
  const isOfOffice =
    role !== "resident" &&
    (!recordedBy || (recordedBy.role === role && recordedBy.organisation === organisation));
  if (!isOwn && !isOfOffice) throw new RuleError("not_yours_to_correct");
}
