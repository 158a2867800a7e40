/** Credentials checked by the machine: the verdict of `areCredentials`, many times sooner. */
import { type AreaIssuers, type Credentials, credentialMessage } from "../../voting/sealed/credentials";
import { machine } from "../machine/this";

/** The first issuer whose signature does not hold, or null. */
export async function missingCredential(
  issuers: AreaIssuers,
  freeze: Uint8Array,
  area: number,
  voter: Uint8Array,
  credentials: Credentials,
): Promise<number | null> {
  const message = credentialMessage(freeze, area, voter);
  for (const [index, issuer] of issuers.entries()) {
    const signature = credentials[index] as Uint8Array;
    const holds =
      signature.length === issuer.length && (await machine.isPssSigned(issuer, message, signature));
    if (!holds) return index + 1;
  }
  return null;
}
