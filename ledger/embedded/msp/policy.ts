import { common, msp } from "@hyperledger/fabric-protos";
import { type Decoded, decode } from "../../evidence/protobuf/decode";
import {
  applicationPolicy,
  mspRole,
  type SignaturePolicy,
  signaturePolicyEnvelope,
} from "../../evidence/protobuf/messages";
import type { Identity, NodeRole } from "./identity";

export type PrincipalRole = NodeRole | "member";

/** A signature policy: one member of an organisation, or a number of others. */
export type Rule =
  | { readonly mspId: string; readonly role: PrincipalRole }
  | { readonly outOf: number; readonly rules: readonly Rule[] };

/** A policy that cannot be read. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

/** `outOf` of the organisations' peers: the chaincode's endorsement policy. */
export function peersOutOf(outOf: number, mspIds: readonly string[]): Rule {
  return { outOf, rules: mspIds.map((mspId) => ({ mspId, role: "peer" })) };
}

/**
 * Whether the identities together satisfy the rule, each counting once (`common/cauthdsl/cauthdsl.go`). Their
 * signatures must have been verified before.
 */
export function satisfies(rule: Rule, identities: readonly Identity[]): boolean {
  const distinct = new Map(
    identities.map((identity) => [`${identity.mspId} ${identity.fingerprint}`, identity]),
  );
  return evaluate(rule, [...distinct.values()], new Set()) !== undefined;
}

/** @returns the identities used up, undefined if the rule is not satisfied */
function evaluate(
  rule: Rule,
  identities: readonly Identity[],
  used: ReadonlySet<Identity>,
): ReadonlySet<Identity> | undefined {
  if ("role" in rule) {
    const one = identities.find(
      (identity) =>
        !used.has(identity) &&
        identity.mspId === rule.mspId &&
        (rule.role === "member" || identity.role === rule.role),
    );
    return one && new Set([...used, one]);
  }
  let satisfied = 0;
  let taken = used;
  for (const inner of rule.rules) {
    const after = evaluate(inner, identities, taken);
    if (!after) continue;
    taken = after;
    satisfied++;
  }
  return satisfied >= rule.outOf ? taken : undefined;
}

/**
 * Reads Fabric's policy language: `OR('AMSP.member', AND('BMSP.peer', OutOf(1, 'CMSP.admin')))`.
 * @throws PolicyError
 */
export function parsePolicy(text: string): Rule {
  const tokens = text.match(/'[^']*'|"[^"]*"|[A-Za-z]+|\d+|[(),]/g) ?? [];
  const [rule, rest] = parseTokens(tokens, text);
  if (rest.length > 0) throw new PolicyError(`the policy ${text} goes on after its end`);
  return rule;
}

/**
 * Reads the serialised policy of a key: `common.ApplicationPolicy` or the bare `SignaturePolicyEnvelope` that
 * the shim's state-based endorsement writes.
 * @throws PolicyError
 */
export function readKeyPolicy(bytes: Uint8Array): Rule {
  for (const read of [readEnvelope, readApplicationPolicy]) {
    const rule = read(bytes);
    if (rule) return rule;
  }
  throw new PolicyError("the key's policy is no signature policy");
}

/** The serialised form of a rule, as channel and collection configurations hold it. */
export function policyEnvelope(rule: Rule): InstanceType<typeof common.SignaturePolicyEnvelope> {
  const principals: InstanceType<typeof msp.MSPPrincipal>[] = [];
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(signaturePolicy(rule, principals));
  envelope.setIdentitiesList(principals);
  return envelope;
}

function signaturePolicy(rule: Rule, principals: InstanceType<typeof msp.MSPPrincipal>[]) {
  const policy = new common.SignaturePolicy();
  if ("role" in rule) {
    const role = new msp.MSPRole();
    role.setMspIdentifier(rule.mspId);
    role.setRole(roleNumbers[rule.role]);
    const principal = new msp.MSPPrincipal();
    principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
    principal.setPrincipal(role.serializeBinary());
    policy.setSignedBy(principals.push(principal) - 1);
  } else {
    const outOf = new common.SignaturePolicy.NOutOf();
    outOf.setN(rule.outOf);
    outOf.setRulesList(rule.rules.map((inner) => signaturePolicy(inner, principals)));
    policy.setNOutOf(outOf);
  }
  return policy;
}

const { MSPRoleType } = msp.MSPRole;
const roleNumbers = {
  member: MSPRoleType.MEMBER,
  admin: MSPRoleType.ADMIN,
  client: MSPRoleType.CLIENT,
  peer: MSPRoleType.PEER,
  orderer: MSPRoleType.ORDERER,
} as const;

function readApplicationPolicy(bytes: Uint8Array): Rule | undefined {
  try {
    const { signaturePolicy } = decode(applicationPolicy, bytes);
    return signaturePolicy && ruleOf(signaturePolicy);
  } catch {
    return undefined;
  }
}

function readEnvelope(bytes: Uint8Array): Rule | undefined {
  try {
    return ruleOf(decode(signaturePolicyEnvelope, bytes));
  } catch {
    return undefined;
  }
}

function ruleOf(envelope: Decoded<typeof signaturePolicyEnvelope>): Rule | undefined {
  const principals = envelope.identities.map(({ principalClassification, principal }) => {
    if (principalClassification !== msp.MSPPrincipal.Classification.ROLE) return undefined;
    const { role, mspIdentifier } = decode(mspRole, principal);
    const name = Object.entries(roleNumbers).find(([, number]) => number === role)?.[0];
    return name && { mspId: mspIdentifier, role: name as PrincipalRole };
  });
  const read = ({ signedBy, nOutOf }: SignaturePolicy): Rule | undefined => {
    if (signedBy !== undefined) return principals[signedBy] || undefined;
    const rules = nOutOf?.rules.map(read);
    return nOutOf && rules?.every((rule) => rule !== undefined) ? { outOf: nOutOf.n, rules } : undefined;
  };
  return envelope.rule && read(envelope.rule);
}

function parseTokens(tokens: readonly string[], text: string): [Rule, readonly string[]] {
  const [first = "", ...rest] = tokens;
  if (/^['"]/.test(first)) return [parsePrincipal(first.slice(1, -1), text), rest];
  const operator = first.toLowerCase();
  if (!["or", "and", "outof"].includes(operator) || rest[0] !== "(")
    throw new PolicyError(`the policy ${text} cannot be read at '${first}'`);
  let left = rest.slice(1);
  let outOf: number | undefined;
  if (operator === "outof") {
    outOf = Number(left[0]);
    if (!Number.isInteger(outOf) || left[1] !== ",")
      throw new PolicyError(`the policy ${text} names no number after OutOf`);
    left = left.slice(2);
  }
  const rules: Rule[] = [];
  for (;;) {
    const [rule, after] = parseTokens(left, text);
    rules.push(rule);
    left = after.slice(1);
    if (after[0] === ")") break;
    if (after[0] !== ",") throw new PolicyError(`the policy ${text} is not closed`);
  }
  return [{ outOf: outOf ?? (operator === "or" ? 1 : rules.length), rules }, left];
}

function parsePrincipal(text: string, policy: string): Rule {
  const dot = text.lastIndexOf(".");
  const role = text.slice(dot + 1);
  if (dot < 1 || !Object.hasOwn(roleNumbers, role))
    throw new PolicyError(`the policy ${policy} names '${text}', which is not ORGANISATION.ROLE`);
  return { mspId: text.slice(0, dot), role: role as PrincipalRole };
}
