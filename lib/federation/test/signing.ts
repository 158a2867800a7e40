/** Keys and signed tokens for tests, honest and otherwise. */
import { generateKeyPairSync } from "node:crypto";
import { importJWK, type JWK, SignJWT } from "jose";

export interface Document {
  status?: number;
  type?: string;
  body: string;
}

export const people = {
  anna: { fiscal: "RSSNNA85T50A562J", given: "Anna", family: "Rossi", birth: "1985-12-10" },
} as const;

/** A pair of keys as JWKs. */
export function keyPair(kid: string, modulusLength = 2048) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  return {
    secret: { ...privateKey.export({ format: "jwk" }), kid } as JWK & { kty: "RSA"; kid: string },
    known: { ...publicKey.export({ format: "jwk" }), kid } as JWK & { kty: "RSA"; kid: string },
  };
}
export type Pair = ReturnType<typeof keyPair>;

const now = () => Math.floor(Date.now() / 1000);

export function signed(
  claims: object,
  key: JWK | Uint8Array,
  header: { alg?: string; kid?: string; typ?: string } = {},
): Promise<string> {
  const { alg = "RS256", ...rest } = header;
  const kid = key instanceof Uint8Array ? undefined : key.kid;
  return Promise.resolve(key instanceof Uint8Array ? key : importJWK(key, alg)).then((imported) =>
    new SignJWT({ iat: now(), exp: now() + 3600, ...claims })
      .setProtectedHeader({ alg, typ: "entity-statement+jwt", ...(kid && { kid }), ...rest })
      .sign(imported),
  );
}
