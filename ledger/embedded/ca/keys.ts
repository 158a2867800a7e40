import "reflect-metadata";
import { cryptoProvider, PemConverter } from "@peculiar/x509";

/** The one signature algorithm of the ledger: what Fabric's default MSPs and CAs use. */
export const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

cryptoProvider.set(crypto);

export interface KeyPairPem {
  readonly keys: CryptoKeyPair;
  /** PKCS #8. */
  readonly privateKeyPem: string;
}

export async function generateKeys(): Promise<KeyPairPem> {
  const keys = await crypto.subtle.generateKey(ecdsa, true, ["sign", "verify"]);
  const privateKeyPem = PemConverter.encode(
    await crypto.subtle.exportKey("pkcs8", keys.privateKey),
    PemConverter.PrivateKeyTag,
  );
  return { keys, privateKeyPem };
}

/** Reads a PKCS #8 private key for signing with WebCrypto. */
export async function importPrivateKey(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(pem), ecdsa, false, ["sign"]);
}
