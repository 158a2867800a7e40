import { randomUUID } from "node:crypto";
import type { PrismaClient } from "../../../generated/prisma/client";
import { decrypt, encrypt } from "../../../lib/encryption";
import type { Certificates, KeptCertificate } from "./certificates";
import type { Holder } from "./identities";

/** In `ServiceCertificate`, the keys encrypted under the key-encryption key. */
export class DatabaseCertificates implements Certificates {
  constructor(private readonly db: PrismaClient) {}

  async find(
    { person, organisation, role, municipality }: Holder,
    until: Date,
  ): Promise<KeptCertificate | undefined> {
    const row = await this.db.serviceCertificate.findFirst({
      where: { person, organisation, role, municipality, revokedAt: null, validUntil: { gt: until } },
      orderBy: { createdAt: "desc" },
    });
    if (!row) return undefined;
    const { id, certificatePem, validUntil } = row;
    return { id, certificatePem, validUntil, key: decrypt(row.privateKeyEncrypted, purposeOf(id)) };
  }

  async add(
    { person, organisation, role, municipality }: Holder,
    enrolmentId: string,
    { certificatePem, key, validUntil }: Omit<KeptCertificate, "id">,
  ): Promise<KeptCertificate> {
    const id = randomUUID();
    await this.db.serviceCertificate.create({
      data: {
        ...{ id, person, organisation, role, municipality, enrolmentId, certificatePem, validUntil },
        privateKeyEncrypted: encrypt(key, purposeOf(id)),
      },
    });
    return { id, certificatePem, key, validUntil };
  }

  async revoke(id: string, at: Date): Promise<void> {
    await this.db.serviceCertificate.update({ where: { id }, data: { revokedAt: at } });
  }
}

/** It is authenticated, so it stays what it was when the first keys were kept. */
function purposeOf(id: string): string {
  return `LedgerIdentity.privateKey ${id}`;
}
