/** Where certificates of services are kept: by the site in its database, by a part of a sealed round in its own store. */
import type { Holder } from "./identities";

export interface KeptCertificate {
  readonly id: string;
  readonly certificatePem: string;
  /** PKCS #8, DER. */
  readonly key: Uint8Array;
  readonly validUntil: Date;
}

export interface Certificates {
  /** The newest that is valid until `until` at least and was not revoked. */
  find(holder: Holder, until: Date): Promise<KeptCertificate | undefined>;
  /** Keeps it, its key encrypted. */
  add(
    holder: Holder,
    enrolmentId: string,
    certificate: Omit<KeptCertificate, "id">,
  ): Promise<KeptCertificate>;
  revoke(id: string, at: Date): Promise<void>;
}
