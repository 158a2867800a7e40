import "reflect-metadata";
import { X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Person } from "@/tests/fabric/people";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/**
 * A certificate that says all that a real one says, from a CA that calls itself like the real one: names, units,
 * attributes and identifiers are copied, only the keys are the forger's own.
 */
export async function forgedPerson(real: Person): Promise<Person> {
  const ca = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const copied = new x509.X509Certificate(new X509Certificate(real.certificatePem).raw);
  const forged = await x509.X509CertificateGenerator.create({
    serialNumber: copied.serialNumber,
    issuer: copied.issuerName,
    subject: copied.subjectName,
    notBefore: copied.notBefore,
    notAfter: copied.notAfter,
    extensions: copied.extensions,
    publicKey: keys.publicKey,
    signingKey: ca.privateKey,
    signingAlgorithm: algorithm,
  });
  const privateKeyPem = x509.PemConverter.encode(
    await crypto.subtle.exportKey("pkcs8", keys.privateKey),
    "PRIVATE KEY",
  );
  return { ...real, certificatePem: forged.toString("pem"), privateKeyPem };
}

/** A new key on P-384 and the request for a certificate over it. */
export async function keyAndRequestOnP384(
  enrolmentId: string,
): Promise<{ privateKeyPem: string; csrPem: string }> {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-384" }, true, [
    "sign",
    "verify",
  ]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [enrolmentId] }],
    keys,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-384" },
  });
  const privateKeyPem = x509.PemConverter.encode(
    await crypto.subtle.exportKey("pkcs8", keys.privateKey),
    "PRIVATE KEY",
  );
  return { privateKeyPem, csrPem: request.toString("pem") };
}
