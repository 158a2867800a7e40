import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import type { ClassicLevel } from "classic-level";

export interface Attribute {
  readonly name: string;
  readonly value: string;
  /** Put into certificates even if the enrolment does not ask for it. */
  readonly ecert?: boolean;
}

export interface RegisteredIdentity {
  readonly id: string;
  /** Becomes the certificate's first organisational unit: client, peer, admin, orderer. */
  readonly type: string;
  readonly affiliation: string;
  readonly attributes: readonly Attribute[];
  /** -1: without limit. */
  readonly maxEnrolments: number;
  readonly enrolments: number;
  readonly failedLogins: number;
  /** When a wrong secret was last given, milliseconds since the epoch. */
  readonly failedAt?: number;
  readonly revoked: boolean;
  readonly salt: string;
  readonly secretHash: string;
}

export interface IssuedCertificate {
  readonly id: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  readonly notAfter: string;
  readonly revokedAt?: string;
  /** RFC 5280 reason code. */
  readonly reason?: number;
}

export type NewIdentity = Pick<RegisteredIdentity, "id" | "type" | "affiliation" | "attributes"> & {
  readonly secret: string;
  readonly maxEnrolments: number;
};

type Level = ClassicLevel<string, unknown>;

/**
 * What one organisation's CA remembers: who is registered, what it issued, what is revoked. Every write is on
 * disk before it is acknowledged. The revoked serial numbers are also in memory, because the MSP asks for
 * them on every message.
 */
export class CaRegistry {
  readonly #revoked = new Set<string>();

  private constructor(
    private readonly level: Level,
    private readonly prefix: string,
  ) {}

  static async open(level: Level, mspId: string): Promise<CaRegistry> {
    const registry = new CaRegistry(level, mspId);
    for (const certificate of await registry.certificates())
      if (certificate.revokedAt) registry.#revoked.add(certificate.serialNumber);
    return registry;
  }

  isRevoked(serialNumber: string): boolean {
    return this.#revoked.has(serialNumber.toLowerCase());
  }

  async identity(id: string): Promise<RegisteredIdentity | undefined> {
    return (await this.level.get(this.#identityKey(id))) as RegisteredIdentity | undefined;
  }

  async register(identity: NewIdentity): Promise<void> {
    const { secret, ...rest } = identity;
    const salt = randomBytes(16).toString("hex");
    await this.#put({
      ...rest,
      enrolments: 0,
      failedLogins: 0,
      revoked: false,
      salt,
      secretHash: hashOf(secret, salt).toString("hex"),
    });
  }

  /** Whether the secret is right; a wrong one is counted. */
  async checkSecret(identity: RegisteredIdentity, secret: string): Promise<boolean> {
    const right = timingSafeEqual(hashOf(secret, identity.salt), Buffer.from(identity.secretHash, "hex"));
    if (!right)
      await this.#put({ ...identity, failedLogins: identity.failedLogins + 1, failedAt: Date.now() });
    else if (identity.failedLogins > 0) await this.#put({ ...identity, failedLogins: 0 });
    return right;
  }

  /** Forgets the wrong secrets given so far. @returns false if nobody is registered so */
  async unlock(id: string): Promise<boolean> {
    const identity = await this.identity(id);
    if (identity) await this.#put({ ...identity, failedLogins: 0 });
    return identity !== undefined;
  }

  async recordEnrolment(id: string, certificate: Omit<IssuedCertificate, "id">): Promise<void> {
    const identity = await this.identity(id);
    if (!identity) throw new Error(`identity ${id} is not registered`);
    const counted: RegisteredIdentity = { ...identity, enrolments: identity.enrolments + 1 };
    const entry: IssuedCertificate = { id, ...certificate };
    const puts: [key: string, value: unknown][] = [
      [this.#identityKey(id), counted],
      [this.#certificateKey(entry.serialNumber), entry],
    ];
    await this.level.batch(
      puts.map(([key, value]) => ({ type: "put", key, value })),
      { sync: true },
    );
  }

  async certificate(serialNumber: string): Promise<IssuedCertificate | undefined> {
    return (await this.level.get(this.#certificateKey(serialNumber.toLowerCase()))) as
      | IssuedCertificate
      | undefined;
  }

  async certificates(): Promise<IssuedCertificate[]> {
    const start = `${this.prefix}/certificate/`;
    const values = await this.level.values({ gte: start, lt: `${start}\uffff` }).all();
    return values as IssuedCertificate[];
  }

  async certificatesOf(id: string): Promise<IssuedCertificate[]> {
    return (await this.certificates()).filter((certificate) => certificate.id === id);
  }

  /** Revokes certificates, and with `identity` also forbids new ones to it, in one write. */
  async revoke(
    certificates: readonly IssuedCertificate[],
    reason: number,
    identity?: RegisteredIdentity,
  ): Promise<void> {
    const revokedAt = new Date().toISOString();
    const entries = certificates.map((certificate) => ({
      type: "put" as const,
      key: this.#certificateKey(certificate.serialNumber),
      value: { ...certificate, revokedAt, reason } as unknown,
    }));
    if (identity)
      entries.push({
        type: "put",
        key: this.#identityKey(identity.id),
        value: { ...identity, revoked: true },
      });
    await this.level.batch(entries, { sync: true });
    for (const certificate of certificates) this.#revoked.add(certificate.serialNumber);
  }

  async #put(identity: RegisteredIdentity): Promise<void> {
    await this.level.put(this.#identityKey(identity.id), identity, { sync: true });
  }

  #identityKey(id: string): string {
    return `${this.prefix}/identity/${id}`;
  }

  #certificateKey(serialNumber: string): string {
    return `${this.prefix}/certificate/${serialNumber}`;
  }
}

function hashOf(secret: string, salt: string): Buffer {
  // Secrets are drawn by the CA unless a registrar chooses one; the cost is for the chosen ones.
  return scryptSync(secret, Buffer.from(salt, "hex"), 32, { N: 4096 });
}
