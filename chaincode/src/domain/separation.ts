/** Rule 5: who submits is not who verifies, who verifies is not who pays; by person, never by certificate. */
import { RuleError } from "../protocol/errors";
import type { Actor } from "../protocol/primitives";

/** @throws {RuleError} `same_person` when the person already acted as one of `others` */
export function requireOther(actor: Actor, ...others: (Actor | undefined)[]): void {
  if (others.some((other) => other?.person === actor.person)) throw new RuleError("same_person");
}

/** @throws {RuleError} `one_organisation_only` unless the people come from at least two organisations */
export function requireTwoOrganisations(...actors: (Actor | undefined)[]): void {
  const organisations = new Set(actors.flatMap((actor) => actor?.organisation ?? []));
  if (organisations.size < 2) throw new RuleError("one_organisation_only");
}
