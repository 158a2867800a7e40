import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { grantableKinds } from "../../../protocol/records/commons";
import type { Handler } from "./handler";
import { hasInterest } from "./interests";
import { invalid, requireRoom, requireSince } from "./require";

type SubjectKind = RecordOf<"subject">["kind"];

/** As many as the record holds. */
const MOST_REPRESENTATIVES = 50;
const MOST_INTERESTED = 200;

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
    registeredOn: tx.day,
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
    registeredOn: tx.day,
  });
  return undefined;
};

/**
 * An officer recognises a body as eligible for contributions, by an act that names its public tax code: what it
 * receives is added up by that code, under whichever name it is registered.
 */
export const recogniseEligibility: Handler<"subjects:recogniseEligibility"> = async (tx, input) => {
  const subject = await tx.need("subject", input.id);
  if (!grantableKinds.includes(subject.kind))
    throw new RuleError("payee_not_eligible", { kind: subject.kind });
  requireNoInterest(subject, tx.actor.person);
  tx.put("subject", [subject.id], { ...subject, eligible: true, code: input.code, act: input.act });
  return undefined;
};

/** By an act of the office; whoever represented the subject before keeps their interest in it. */
export const replaceRepresentative: Handler<"subjects:replaceRepresentative"> = async (tx, input) => {
  const subject = await tx.need("subject", input.id);
  const { representative, formerRepresentatives = [] } = subject;
  requireNoInterest(subject, tx.actor.person);
  if (input.representative === tx.actor.person) throw new RuleError("conflict_of_interest");
  if (input.representative === representative) invalid("representative");
  requireSince(input.act.date, subject.representativeAct?.date ?? subject.registeredOn);
  const former = [...new Set([...formerRepresentatives, ...(representative ? [representative] : [])])];
  requireRoom(former, MOST_REPRESENTATIVES, 0);
  tx.put("subject", [subject.id], {
    ...subject,
    representative: input.representative,
    formerRepresentatives: former,
    representativeAct: input.act,
  });
  return undefined;
};

/** Somebody in office leaves themselves out of what concerns a subject. Saying it twice changes nothing. */
export const declareInterest: Handler<"subjects:declareInterest"> = async (tx, input) => {
  const { person } = tx.actor;
  const subject = await tx.need("subject", input.id);
  const { interested = [] } = subject;
  if (interested.includes(person)) throw new RuleError("conflict_declared");
  requireRoom(interested, MOST_INTERESTED);
  tx.put("subject", [subject.id], { ...subject, interested: [...interested, person] });
  return undefined;
};

function requireNoInterest(subject: RecordOf<"subject">, person: string): void {
  if (hasInterest(subject, person)) throw new RuleError("conflict_of_interest");
}
