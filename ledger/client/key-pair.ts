import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/**
 * Makes a P-256 key and a PKCS#10 request for it, as a CA wants it.
 * @returns PEM texts; the key is PKCS#8.
 */
export async function newKeyAndRequest(
  commonName: string,
): Promise<{ privateKeyPem: string; csrPem: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    { name: new x509.Name([{ CN: [commonName] }]).toString(), keys, signingAlgorithm: ALGORITHM },
    crypto,
  );
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { privateKeyPem: x509.PemConverter.encode(pkcs8, "PRIVATE KEY"), csrPem: request.toString("pem") };
}
