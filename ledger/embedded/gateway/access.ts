import { type Identity, type IdentityDirectory, isExpired, signedByAside } from "../msp/identity";

/** A request whose signer may not make it; the text is Fabric's. */
export class AccessDeniedError extends Error {
  override readonly name = "AccessDeniedError";
}

/**
 * Checks that `signature` over `message` is one of a member of the channel: the channel's Readers and Writers
 * policies, which let every member of every organisation read and write, as Fabric's samples have them.
 * @throws AccessDeniedError
 */
export async function requireMember(
  identities: IdentityDirectory,
  policy: "Readers" | "Writers",
  creator: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<Identity> {
  try {
    const identity = identities.find(creator);
    if (await signedByAside(identity, message, signature)) return identity;
  } catch {
    // Which of the checks failed is not told, as in Fabric.
  }
  throw new AccessDeniedError(
    `implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the '${policy}' sub-policies to be satisfied`,
  );
}

export function requireCurrent(identity: Identity, message: string): void {
  if (isExpired(identity)) throw new AccessDeniedError(message);
}
