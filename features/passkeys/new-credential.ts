/** Making a passkey with the browser (Web Authentication, section 7.1, without attestation). */
import { toBase64url } from "@/protocol/acts/base64url";
import { coseAlgorithms } from "@/protocol/cose-algorithms";

export type NewCredential = {
  /** base64url */
  credential: string;
  /** DER in base64. */
  spki: string;
  /** COSE algorithm. */
  algorithm: number;
};

export type CreationProblem = "unsupported" | "cancelled" | "known" | "place" | "unreadable" | "failed";

/**
 * Asks the browser for a key that verifies its user. What proves whose it is is the ceremony of its code, so the
 * challenge is the browser's own and no attestation is asked for.
 */
export async function createCredential(options: {
  rpId: string;
  person: string;
  name: string;
  /** Credential ids that the person has. */
  known: readonly Uint8Array<ArrayBuffer>[];
}): Promise<NewCredential | CreationProblem> {
  if (!("PublicKeyCredential" in window) || !navigator.credentials) return "unsupported";
  const { rpId, person, name, known } = options;
  if (location.hostname !== rpId) return "place";
  try {
    const created = await navigator.credentials.create({
      publicKey: {
        rp: { id: rpId, name: "Co-City" },
        user: { id: new TextEncoder().encode(person), name, displayName: name },
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        pubKeyCredParams: [coseAlgorithms.ES256, coseAlgorithms.EdDSA, coseAlgorithms.RS256].map((alg) => ({
          type: "public-key" as const,
          alg,
        })),
        excludeCredentials: known.map((id) => ({ type: "public-key", id })),
        authenticatorSelection: { userVerification: "required", residentKey: "preferred" },
        attestation: "none",
        timeout: 120_000,
      },
    });
    return read(created) ?? "unreadable";
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "AbortError") return "cancelled";
    if (name === "InvalidStateError") return "known";
    return name === "SecurityError" ? "place" : "failed";
  }
}

function read(created: Credential | null): NewCredential | undefined {
  if (!(created instanceof PublicKeyCredential)) return undefined;
  const { response, rawId } = created;
  if (!(response instanceof AuthenticatorAttestationResponse)) return undefined;
  const spki = response.getPublicKey();
  if (!spki) return undefined;
  return {
    credential: toBase64url(new Uint8Array(rawId)),
    spki: btoa(String.fromCharCode(...new Uint8Array(spki))),
    algorithm: response.getPublicKeyAlgorithm(),
  };
}
