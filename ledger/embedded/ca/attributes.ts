import { authorisationFailure, CaError, caErrorCodes } from "./errors";
import type { Attribute, RegisteredIdentity } from "./registry";

/** What an enrolment asks for, as in Fabric CA's `attr_reqs`. */
export interface AttributeRequest {
  readonly name: string;
  readonly optional?: boolean | undefined;
}

export function attributeOf(identity: RegisteredIdentity, name: string): string | undefined {
  return identity.attributes.find((attribute) => attribute.name === name)?.value;
}

/** @throws CaError 403 unless the identity has the attribute with the value `true` */
export function requireAttribute(identity: RegisteredIdentity, name: string): void {
  if (attributeOf(identity, name) !== "true") throw authorisationFailure(`${identity.id} has not ${name}`);
}

/** The attributes that Fabric CA gives everyone, beside those registered. */
export function withDefaultAttributes(
  id: string,
  type: string,
  affiliation: string,
  attributes: readonly Attribute[],
): Attribute[] {
  const defaults = [
    { name: "hf.EnrollmentID", value: id, ecert: true },
    { name: "hf.Type", value: type, ecert: true },
    { name: "hf.Affiliation", value: affiliation, ecert: true },
  ];
  const named = new Set(attributes.map(({ name }) => name));
  return [...attributes, ...defaults.filter(({ name }) => !named.has(name))];
}

/**
 * Those that go into a certificate: what is asked for, or where nothing is, all that are meant for certificates.
 * @throws CaError 500 if one that is not optional is missing
 */
export function requestedAttributes(
  identity: RegisteredIdentity,
  requests: readonly AttributeRequest[] | null | undefined,
): Record<string, string> {
  const wanted: readonly AttributeRequest[] =
    requests ?? identity.attributes.filter((one) => one.ecert).map(({ name }) => ({ name }));
  const found: Record<string, string> = {};
  const missing: string[] = [];
  for (const request of wanted) {
    const value = attributeOf(identity, request.name);
    if (value !== undefined) found[request.name] = value;
    else if (!request.optional) missing.push(request.name);
  }
  if (missing.length > 0)
    throw new CaError(
      500,
      caErrorCodes.unknown,
      `Failed to find requested attributes: The following required attributes are missing: [${missing.join(" ")}]`,
    );
  return found;
}
