/**
 * What binds a party of a pact. Nobody vouches for it: the party signs it with a key of their own, or on paper before two
 * witnesses of two organisations.
 */
import { z } from "zod";
import { Cents, Digest, Id, type Role } from "../primitives";
import { MOST_VERSIONS } from "../records/pacts";
import type { TransactionName } from "../transactions";

/** Each such transaction, with what it says beside the members that every transaction has. */
export const bindingTerms = {
  "pacts:sign": {
    id: Id,
    party: Id,
    version: z.int().positive().max(MOST_VERSIONS),
    documentHash: Digest,
  },
  "milestones:submitEvidence": { id: Id, evidence: z.array(Digest).min(1).max(50) },
  "payments:request": { id: Id, milestone: Id, amountCents: Cents },
  "reports:submit": { id: Id, digest: Digest },
} as const;
export type BindingName = keyof typeof bindingTerms;

export const bindingNames = Object.keys(bindingTerms) as BindingName[];

export function isBinding(name: TransactionName): name is BindingName {
  return Object.hasOwn(bindingTerms, name);
}

const asked = <N extends BindingName>(name: N) =>
  z.strictObject({ transaction: z.literal(name), ...bindingTerms[name] });

/** What a party asks for on paper. */
export const Asked = z.discriminatedUnion("transaction", [
  asked("pacts:sign"),
  asked("milestones:submitEvidence"),
  asked("payments:request"),
  asked("reports:submit"),
]);
export type Asked = z.infer<typeof Asked>;

/** People in office before whom a party signs: none of them takes a later step that pays. */
export const witnessRoles = [
  "coordinator",
  "district_council",
  "administrator",
  "guarantor",
] as const satisfies readonly Role[];
