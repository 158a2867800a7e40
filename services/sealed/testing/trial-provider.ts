/** An identity provider for tests of issuers: signs what it is told to, rightly or wrongly. */
import { createHmac } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK, type KeyLike, SignJWT } from "jose";
import { enrolmentNonce } from "@/voting/sealed/enrolment";
import type { Provider } from "../../issuer/attested";
import { votingClient } from "../voting-client";

export const providerName = "https://provider.invalid";
export const fiscalNumberKey = new Uint8Array(32).fill(7);

export function fiscalHashOf(fiscalNumber: string): string {
  return createHmac("sha256", fiscalNumberKey).update(fiscalNumber).digest("hex");
}

/** An invented fiscal number of the right length. */
export function fiscalNumberOf(person: number): string {
  return `TRLPRS00A01Z${String(person).padStart(3, "0").slice(-3)}${String.fromCharCode(65 + Math.floor(person / 1000))}`;
}

const LEVEL = "https://www.spid.gov.it/SpidL2";

export interface Claims {
  readonly level?: string;
  readonly audience?: string | string[];
  readonly issuer?: string;
  readonly sub?: string;
  readonly nonce?: string;
  readonly signedAt?: number;
}

export interface TrialProvider {
  readonly provider: Provider;
  /** As `jwks_uri` gives it. */
  readonly keySet: { readonly keys: readonly JWK[] };
  signIn(
    person: number,
    freeze: Uint8Array,
    enrolmentKey: Uint8Array,
    token?: Claims,
    userinfo?: Claims,
  ): Promise<{ token: string; userinfo: string }>;
}

export async function trialProvider(
  now: () => number = Date.now,
  name = providerName,
): Promise<TrialProvider> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const key = (await importJWK({ ...(await exportJWK(publicKey)), alg: "RS256" })) as KeyLike;
  const sign = (
    claims: Record<string, unknown>,
    { audience = votingClient, issuer = name, signedAt }: Claims,
  ) => {
    const at = Math.floor((signedAt ?? now()) / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(at)
      .setExpirationTime(at + 3600)
      .sign(privateKey);
  };
  const publicJwk = { ...(await exportJWK(publicKey)), alg: "RS256", use: "sig" };
  return {
    keySet: { keys: [publicJwk] },
    provider: { issuer: name, levels: [LEVEL], keys: async () => key, fiscalNumberKey },
    async signIn(person, freeze, enrolmentKey, token = {}, userinfo = {}) {
      const nonce = token.nonce ?? Buffer.from(enrolmentNonce(freeze, enrolmentKey)).toString("base64url");
      const sub = `person-${person}`;
      return {
        token: await sign({ sub: token.sub ?? sub, nonce, acr: token.level ?? LEVEL }, token),
        userinfo: await sign(
          {
            sub: userinfo.sub ?? sub,
            fiscal_number: `TINIT-${fiscalNumberOf(person)}`,
            email: `person${person}@example.org`,
          },
          userinfo,
        ),
      };
    },
  };
}
