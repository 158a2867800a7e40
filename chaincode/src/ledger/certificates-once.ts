import { createRequire } from "node:module";

/** Certificates kept at most, and the longest of them: transactions are carried by a handful of services. */
const MOST_KEPT = 100;
const LONGEST_KEPT = 4096;

/**
 * Has the shim read each certificate once. It reads the submitter's anew for every transaction, which costs as much as
 * checking an act's signature, and only looks at what it read.
 */
export function readCertificatesOnce(): void {
  const { Certificate } = createRequire(require.resolve("fabric-shim"))("@fidm/x509") as {
    Certificate: { fromPEM(pem: string): unknown };
  };
  const read = Certificate.fromPEM.bind(Certificate);
  Certificate.fromPEM = keeping(read);
}

/** The same function, which keeps what it gave for the latest texts; what it refuses it refuses each time. */
export function keeping<T>(read: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = read(text);
    if (text.length > LONGEST_KEPT) return made;
    const [oldest] = kept.size >= MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(text, made);
    return made;
  };
}
