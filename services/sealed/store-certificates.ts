import { randomUUID } from "node:crypto";
import type { Certificates, KeptCertificate } from "@/ledger/client/identities/certificates";
import type { Holder } from "@/ledger/client/identities/identities";
import type { PartSecret } from "./secrets";
import { openStore, type Store } from "./store";

const schema = [
  `
  CREATE TABLE certificate (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, organisation TEXT NOT NULL, role TEXT NOT NULL, municipality TEXT NOT NULL,
    enrolment TEXT NOT NULL UNIQUE, pem TEXT NOT NULL, sealed_key BLOB NOT NULL, valid_until INTEGER NOT NULL,
    revoked_at INTEGER
  ) WITHOUT ROWID;
  `,
] as const;

/** A part's own certificates of the ledger, in a file beside its store, the keys encrypted under the part's secret. */
export class StoreCertificates implements Certificates {
  readonly #store: Store;

  constructor(
    folder: string,
    private readonly secret: PartSecret,
  ) {
    this.#store = openStore(folder, schema);
  }

  async find(
    { person, organisation, role, municipality }: Holder,
    until: Date,
  ): Promise<KeptCertificate | undefined> {
    const row = this.#store
      .prepare(
        `SELECT id, pem, sealed_key, valid_until FROM certificate WHERE person = ? AND organisation = ? AND role = ?
         AND municipality = ? AND revoked_at IS NULL AND valid_until > ? ORDER BY valid_until DESC LIMIT 1`,
      )
      .get(person, organisation, role, municipality, until.getTime()) as
      | { id: string; pem: string; sealed_key: Uint8Array; valid_until: number }
      | undefined;
    if (!row) return undefined;
    return {
      id: row.id,
      certificatePem: row.pem,
      key: this.secret.open(row.sealed_key, purposeOf(row.id)),
      validUntil: new Date(row.valid_until),
    };
  }

  async add(
    { person, organisation, role, municipality }: Holder,
    enrolmentId: string,
    { certificatePem, key, validUntil }: Omit<KeptCertificate, "id">,
  ): Promise<KeptCertificate> {
    const id = randomUUID();
    this.#store
      .prepare(
        `INSERT INTO certificate (id, person, organisation, role, municipality, enrolment, pem, sealed_key, valid_until)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[id, person, organisation, role, municipality, enrolmentId, certificatePem],
        ...([this.secret.seal(key, purposeOf(id)), validUntil.getTime()] as const),
      );
    return { id, certificatePem, key, validUntil };
  }

  async revoke(id: string, at: Date): Promise<void> {
    this.#store.prepare("UPDATE certificate SET revoked_at = ? WHERE id = ?").run(at.getTime(), id);
  }

  close(): void {
    this.#store.close();
  }
}

function purposeOf(id: string): string {
  return `certificate ${id}`;
}
