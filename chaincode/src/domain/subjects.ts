import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { Handler } from "./handler";

type SubjectKind = RecordOf<"subject">["kind"];

/** Kinds that a contribution may go to, once an officer has recognised them (rule 8). */
export const grantableKinds: readonly SubjectKind[] = ["association", "third_sector", "school"];
/** Kinds that receive works or goods and are never paid themselves (rule 8). */
export const unpayableKinds: readonly SubjectKind[] = ["person", "informal_group"];

/** A resident registers the subject they represent: from now on they sign for it. */
export const register: Handler<"subjects:register"> = async (tx, input) => {
  await tx.create("subject", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    kind: input.kind,
    representative: tx.actor.person,
    digest: input.digest,
    eligible: false,
  });
  return undefined;
};

/** An officer registers whom a contract is with. Nobody signs for it here: an officer must not become a party. */
export const registerPayee: Handler<"subjects:registerPayee"> = async (tx, input) => {
  await tx.create("subject", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    kind: input.kind,
    digest: input.digest,
    eligible: false,
  });
  return undefined;
};

export const recogniseEligibility: Handler<"subjects:recogniseEligibility"> = async (tx, input) => {
  const subject = await tx.need("subject", input.id);
  if (!grantableKinds.includes(subject.kind))
    throw new RuleError("payee_not_eligible", { kind: subject.kind });
  if (subject.representative === tx.actor.person) throw new RuleError("same_person");
  tx.put("subject", [subject.id], { ...subject, eligible: true, act: input.act });
  return undefined;
};
