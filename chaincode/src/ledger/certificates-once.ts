import { createRequire } from "node:module";
import { keeping } from "../domain/keeping";

/** Transactions are carried by a handful of services. */
const kept = { most: 100, longest: 4096 };

/**
 * Has the shim read each certificate once. It reads the submitter's anew for every transaction, which costs as much as
 * checking an act's signature, and only looks at what it read.
 */
export function readCertificatesOnce(): void {
  const { Certificate } = createRequire(require.resolve("fabric-shim"))("@fidm/x509") as {
    Certificate: { fromPEM(pem: string): object };
  };
  Certificate.fromPEM = keeping(Certificate.fromPEM.bind(Certificate), kept);
}
