/** The code that the owner of a new passkey reads out to those who confirm it. */
import { canonicalJson } from "../canonical-json";

export interface PasskeyFacts {
  founding: string;
  person: string;
  /** Credential id, base64url. */
  credential: string;
  /** Public key, SPKI DER in base64. */
  spki: string;
  rpId: string;
}

/** Text whose SHA-256 (UTF-8, lower-case hexadecimal) is the code; both confirmations sign it. */
export function passkeyCodeText({ founding, person, credential, spki, rpId }: PasskeyFacts): string {
  return `cocity passkey 1\n${canonicalJson({ founding, person, credential, spki, rpId })}`;
}
