/** Credentials checked by OpenSSL, off the main thread: the same verdict as by `areCredentials`, sooner. */
import { verify } from "node:crypto";
import type { RsaKey } from "../../../voting/sealed/blind-signature";
import { type CredentialCheck, credentialMessage } from "../../../voting/sealed/credentials";
import { pssKeyOf } from "../../../voting/sealed/pss-key";

export const areCredentialsByOpenssl: CredentialCheck = async (issuers, freeze, area, voter, credentials) => {
  const message = credentialMessage(freeze, area, voter);
  const signed = await Promise.all(
    issuers.map((issuer, index) => isBlindSignedByOpenssl(issuer, message, credentials[index] as Uint8Array)),
  );
  return !signed.includes(false);
};

export function isBlindSignedByOpenssl(
  key: RsaKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.length !== key.length) return Promise.resolve(false);
  return new Promise((resolve) => {
    verify("sha384", message, pssKeyOf(key), signature, (error, isSigned) => resolve(!error && isSigned));
  });
}
