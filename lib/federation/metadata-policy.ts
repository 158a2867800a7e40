/**
 * What authorities of a federation allow in the metadata of those below them (OpenID Federation 1.0, section 6.1): policies
 * are merged from the trust anchor down, and applied to what the entity says of itself. Pure.
 */
import { FederationRefusal } from "./refusal";

type Values = readonly unknown[];
export type Operators = Readonly<Record<string, unknown>>;
/** By parameter. */
export type Policy = Readonly<Record<string, Operators>>;
export type Metadata = Readonly<Record<string, unknown>>;

const known = ["value", "add", "default", "one_of", "subset_of", "superset_of", "essential"] as const;
const lists: readonly string[] = ["add", "one_of", "subset_of", "superset_of"];

/** @throws FederationRefusal `policy` where a lower policy asks for what a higher one does not allow */
export function mergePolicies(higher: Policy, lower: Policy): Policy {
  const merged: Record<string, Operators> = { ...higher };
  for (const [parameter, operators] of Object.entries(lower))
    merged[parameter] = Object.hasOwn(higher, parameter)
      ? mergeOperators(higher[parameter] ?? {}, operators, parameter)
      : operators;
  for (const [parameter, operators] of Object.entries(merged)) check(operators, parameter);
  return merged;
}

/** The metadata as the policy leaves them. @throws FederationRefusal `policy` */
export function applyPolicy(metadata: Metadata, policy: Policy): Metadata {
  const result: Record<string, unknown> = { ...metadata };
  for (const [parameter, operators] of Object.entries(policy)) {
    check(operators, parameter);
    const value = applied(
      Object.hasOwn(metadata, parameter) ? metadata[parameter] : undefined,
      operators,
      parameter,
    );
    if (value === undefined || value === null) delete result[parameter];
    else result[parameter] = value;
  }
  return result;
}

function applied(given: unknown, operators: Operators, parameter: string): unknown {
  let value = given;
  if ("value" in operators) value = operators.value;
  if ("add" in operators) value = union(asList(value), asList(operators.add));
  if ("default" in operators && value === undefined) value = operators.default;
  if ("one_of" in operators && value !== undefined && !has(asList(operators.one_of), value))
    throw refuse(parameter, "one_of");
  if ("subset_of" in operators && value !== undefined) {
    const left = asList(value, parameter).filter((one) => has(asList(operators.subset_of), one));
    // Where nothing of what the entity said is allowed, it says nothing.
    value = left.length > 0 ? left : undefined;
    if (Array.isArray(value) && typeof given === "string" && parameter === "scope") value = left.join(" ");
  }
  if ("superset_of" in operators && value !== undefined)
    if (!asList(operators.superset_of).every((one) => has(asList(value, parameter), one)))
      throw refuse(parameter, "superset_of");
  if (operators.essential === true && (value === undefined || value === null))
    throw refuse(parameter, "essential");
  return value;
}

function mergeOperators(higher: Operators, lower: Operators, parameter: string): Operators {
  const merged: Record<string, unknown> = { ...higher };
  for (const [operator, value] of Object.entries(lower)) {
    if (!Object.hasOwn(higher, operator)) merged[operator] = value;
    else if (operator === "add" || operator === "superset_of")
      merged[operator] = union(asList(higher[operator]), asList(value));
    else if (operator === "one_of" || operator === "subset_of") {
      const both = asList(higher[operator]).filter((one) => has(asList(value), one));
      if (operator === "one_of" && both.length === 0) throw refuse(parameter, "one_of of two authorities");
      merged[operator] = both;
    } else if (operator === "essential") merged[operator] = higher[operator] === true || value === true;
    else if (!same(higher[operator], value)) throw refuse(parameter, `${operator} of two authorities`);
  }
  return merged;
}

/** Operators that cannot all hold, or that are not known. */
function check(operators: Operators, parameter: string): void {
  for (const operator of Object.keys(operators)) {
    // An operator that is not known and not critical says nothing.
    if (!(known as readonly string[]).includes(operator)) continue;
    if (lists.includes(operator) && !Array.isArray(operators[operator]) && operator !== "add")
      throw refuse(parameter, operator);
  }
  const { value, add, default: preset, one_of: oneOf, subset_of: subset, superset_of: superset } = operators;
  const within = (smaller: unknown, larger: unknown) =>
    asList(smaller).every((one) => has(asList(larger), one));
  if ("value" in operators) {
    if (value === null && operators.essential === true) throw refuse(parameter, "value and essential");
    if (value !== null && "one_of" in operators && !has(asList(oneOf), value))
      throw refuse(parameter, "value and one_of");
    if (value !== null && "subset_of" in operators && !within(value, subset))
      throw refuse(parameter, "value and subset_of");
    if (value !== null && "superset_of" in operators && !within(superset, value))
      throw refuse(parameter, "value and superset_of");
    if ("add" in operators && !within(add, value)) throw refuse(parameter, "value and add");
    if (value === null && "default" in operators) throw refuse(parameter, "value and default");
  }
  if ("default" in operators && preset === null) throw refuse(parameter, "default");
  if ("add" in operators && "subset_of" in operators && !within(add, subset))
    throw refuse(parameter, "add and subset_of");
  if ("one_of" in operators && ("add" in operators || "subset_of" in operators || "superset_of" in operators))
    throw refuse(parameter, "one_of beside a list");
  if ("subset_of" in operators && "superset_of" in operators && !within(superset, subset))
    throw refuse(parameter, "superset_of and subset_of");
}

/** A scope is a list with blanks between. */
function asList(value: unknown, parameter = ""): Values {
  if (value === undefined || value === null) return [];
  if (typeof value === "string" && parameter === "scope") return value.split(" ");
  return Array.isArray(value) ? value : [value];
}

function union(one: Values, other: Values): Values {
  return [...one, ...other.filter((value) => !has(one, value))];
}

function has(values: Values, wanted: unknown): boolean {
  return values.some((value) => same(value, wanted));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

function refuse(parameter: string, why: string): FederationRefusal {
  return new FederationRefusal("policy", `${parameter}: ${why}`);
}
