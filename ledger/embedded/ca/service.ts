import "reflect-metadata";
import { randomBytes, X509Certificate } from "node:crypto";
import { Pkcs10CertificateRequest } from "@peculiar/x509";
import { z } from "zod";
import { attributeOf, requestedAttributes, requireAttribute, withDefaultAttributes } from "./attributes";
import { type CertificateAuthority, pemOf } from "./authority";
import { authenticationFailure, authorisationFailure, CaError, caErrorCodes } from "./errors";
import type { CaRegistry, IssuedCertificate, RegisteredIdentity } from "./registry";

export interface CaOptions {
  /** The `caname` that selects this CA. */
  readonly name: string;
  readonly mspId: string;
  /** Lifetime in seconds by profile; `default` is used where none is named. */
  readonly profiles: Readonly<Record<string, number>>;
  /** Called once a revocation is on disk, with a revocation list of all that are in force. */
  readonly onRevocation: (mspId: string, revocationListPem: string) => Promise<void>;
}

/** Who signed a request with a token. */
export interface Caller {
  readonly identity: RegisteredIdentity;
  readonly certificate: X509Certificate;
}

const name = z.string().min(1).max(64);
const attributeSchema = z.object({ name, value: z.string().max(1024), ecert: z.boolean().optional() });

export const registerSchema = z.object({
  id: name,
  type: z.string().max(64).optional(),
  secret: z.string().max(256).optional(),
  affiliation: z.string().max(256).optional(),
  max_enrollments: z.int().optional(),
  attrs: z.array(attributeSchema).max(32).nullish(),
});

export const enrolSchema = z.object({
  certificate_request: z.string().max(16_384),
  profile: z.string().max(64).optional(),
  attr_reqs: z
    .array(z.object({ name, optional: z.boolean().optional() }))
    .max(32)
    .nullish(),
});

export const revokeSchema = z.object({
  id: z.string().max(64).optional(),
  serial: z.string().max(256).optional(),
  aki: z.string().max(256).optional(),
  reason: z.string().max(64).optional(),
  gencrl: z.boolean().optional(),
});

/** The one type that is registered over the network: nodes have their certificates from the first start. */
const memberType = "client";
/** Passwords tried in vain before an identity is locked, as Fabric CA's default. */
const passwordAttempts = 10;
/** Fabric CA locks for good; a stranger who guesses shall not keep anybody out for ever. */
const lockedForMs = 15 * 60_000;
const revocationListLifetime = 24 * 3600;
const noReason = 0;
const reasons: Readonly<Record<string, number>> = {
  unspecified: 0,
  keycompromise: 1,
  cacompromise: 2,
  affiliationchanged: 3,
  superseded: 4,
  cessationofoperation: 5,
  certificatehold: 6,
  removefromcrl: 8,
  privilegewithdrawn: 9,
  aacompromise: 10,
};

/** What Fabric CA 1.5 does for register, enroll, revoke, gencrl and cainfo, for one organisation. */
export class CaService {
  readonly rootPem: string;
  readonly #root: X509Certificate;
  #lastLogin: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly authority: CertificateAuthority,
    readonly registry: CaRegistry,
    readonly options: CaOptions,
  ) {
    this.rootPem = pemOf(authority.certificate);
    this.#root = new X509Certificate(this.rootPem);
  }

  /** The part common to `cainfo` and `enroll` answers. */
  info(): Record<string, string> {
    return {
      CAName: this.options.name,
      CAChain: Buffer.from(this.rootPem).toString("base64"),
      IssuerPublicKey: "",
      IssuerRevocationPublicKey: "",
      Version: "1.5-embedded",
    };
  }

  /**
   * One after the other, so that guesses sent at once are counted like any others.
   * @throws CaError 401 unless id and secret are right, the identity is not revoked nor locked.
   */
  async authenticate(id: string, secret: string): Promise<RegisteredIdentity> {
    const turn = this.#lastLogin.then(() => this.#authenticate(id, secret));
    this.#lastLogin = turn.catch(() => undefined);
    return turn;
  }

  async #authenticate(id: string, secret: string): Promise<RegisteredIdentity> {
    const identity = await this.registry.identity(id);
    if (!identity) throw authenticationFailure(`identity ${id} is not registered`);
    const { failedLogins, failedAt = 0 } = identity;
    if (failedLogins >= passwordAttempts && Date.now() < failedAt + lockedForMs)
      throw new CaError(
        401,
        caErrorCodes.passwordAttempts,
        `Incorrect password entered ${passwordAttempts} times, max incorrect password limit of ${passwordAttempts} reached`,
      );
    if (!(await this.registry.checkSecret(identity, secret))) throw authenticationFailure("wrong secret");
    if (identity.revoked) throw authenticationFailure(`identity ${id} is revoked`);
    if (identity.maxEnrolments >= 0 && identity.enrolments >= identity.maxEnrolments)
      throw authenticationFailure(`identity ${id} has no enrolment left`);
    return identity;
  }

  /** @throws CaError 401 unless this CA issued the certificate, it is current and neither it nor its owner revoked. */
  async callerOf(certificate: X509Certificate): Promise<Caller> {
    const issued = await this.registry.certificate(certificate.serialNumber);
    if (!issued || !certificate.verify(this.#root.publicKey))
      throw authenticationFailure("the certificate is not of this CA");
    if (issued.revokedAt) throw authenticationFailure("the certificate is revoked");
    if (certificate.validToDate.getTime() < Date.now())
      throw authenticationFailure("the certificate has expired");
    const identity = await this.registry.identity(issued.id);
    if (!identity || identity.revoked) throw authenticationFailure(`identity ${issued.id} is revoked`);
    return { identity, certificate };
  }

  /**
   * Registers a plain member of the organisation: no node, nobody in a unit, nobody with rights at the CA.
   * @throws CaError 403 unless a registrar asks for just that
   */
  async register(caller: Caller, request: z.output<typeof registerSchema>): Promise<{ secret: string }> {
    const { id, type = memberType, affiliation = "", attrs } = request;
    const roles = attributeOf(caller.identity, "hf.Registrar.Roles")?.split(",") ?? [];
    if (!roles.includes("*") && !roles.includes(memberType))
      throw authorisationFailure(`${caller.identity.id} is no registrar`);
    if (type !== memberType)
      throw authorisationFailure(`identities of type '${type}' are not registered over the network`);
    if (affiliation !== "") throw authorisationFailure(`nobody is registered in the unit '${affiliation}'`);
    const right = attrs?.find((one) => one.name.startsWith("hf."))?.name;
    if (right !== undefined) throw authorisationFailure(`nobody is given ${right} over the network`);
    if (await this.registry.identity(id))
      throw new CaError(409, caErrorCodes.duplicateIdentity, `Identity '${id}' is already registered`);
    const secret = request.secret || randomBytes(18).toString("base64url");
    await this.registry.register({
      id,
      type,
      affiliation,
      secret,
      maxEnrolments: request.max_enrollments || -1,
      attributes: withDefaultAttributes(id, type, affiliation, attrs ?? []),
    });
    return { secret };
  }

  /** @returns the certificate in PEM */
  async enrol(identity: RegisteredIdentity, request: z.output<typeof enrolSchema>): Promise<string> {
    const csr = await readCsr(request.certificate_request);
    if (csr.subjectName.getField("CN")[0] !== identity.id)
      throw new CaError(
        403,
        caErrorCodes.commonNameDiffers,
        "The CSR subject common name must equal the enrollment ID",
      );
    const { profiles } = this.options;
    const lifetimeSeconds = profiles[request.profile ?? "default"] ?? profiles.default;
    if (lifetimeSeconds === undefined) throw new Error("the CA has no default profile");
    const certificate = await this.authority.issue({
      subject: {
        commonName: identity.id,
        organisationalUnits: [identity.type, ...identity.affiliation.split(".").filter(Boolean)],
      },
      publicKey: csr.publicKey,
      lifetimeSeconds,
      attributes: requestedAttributes(identity, request.attr_reqs),
    });
    await this.registry.recordEnrolment(identity.id, {
      serialNumber: certificate.serialNumber.toLowerCase(),
      notAfter: certificate.notAfter.toISOString(),
    });
    return pemOf(certificate);
  }

  async revoke(caller: Caller, request: z.output<typeof revokeSchema>): Promise<Record<string, unknown>> {
    const reason = reasons[request.reason?.toLowerCase() ?? ""] ?? noReason;
    const revoked =
      request.serial && request.aki
        ? await this.#revokeOne(
            caller,
            normalised(request.serial),
            normalised(request.aki),
            reason,
            request.id,
          )
        : await this.#revokeIdentity(caller, request.id, reason);
    const list = await this.#newRevocationList();
    if (revoked.length > 0) await this.options.onRevocation(this.options.mspId, list);
    return {
      RevokedCerts: revoked.map(({ serialNumber }) => ({
        Serial: serialNumber,
        AKI: this.authority.keyIdentifier,
      })),
      CRL: request.gencrl ? Buffer.from(list).toString("base64") : "",
    };
  }

  async generateRevocationList(caller: Caller): Promise<Record<string, string>> {
    requireAttribute(caller.identity, "hf.GenCRL");
    return { CRL: Buffer.from(await this.#newRevocationList()).toString("base64") };
  }

  /** All revocations in force, undefined if there is none. */
  async revocationList(): Promise<string | undefined> {
    const certificates = await this.registry.certificates();
    return certificates.some(({ revokedAt }) => revokedAt) ? this.#newRevocationList() : undefined;
  }

  async #revokeOne(caller: Caller, serial: string, aki: string, reason: number, owner?: string) {
    const described = `Certificate with serial ${serial} and AKI ${aki}`;
    const issued = await this.registry.certificate(serial);
    if (!issued || normalised(this.authority.keyIdentifier) !== aki)
      throw new CaError(404, caErrorCodes.revokedCertificateNotFound, `${described} was not found`);
    if (issued.id !== caller.identity.id) requireAttribute(caller.identity, "hf.Revoker");
    if (issued.revokedAt)
      throw new CaError(404, caErrorCodes.alreadyRevoked, `${described} was already revoked`);
    if (owner && owner !== issued.id)
      throw new CaError(400, caErrorCodes.wrongOwner, `${described} is not owned by ${owner}`);
    await this.registry.revoke([issued], reason);
    return [issued];
  }

  async #revokeIdentity(
    caller: Caller,
    id: string | undefined,
    reason: number,
  ): Promise<IssuedCertificate[]> {
    if (!id)
      throw new CaError(
        400,
        caErrorCodes.missingRevokeArguments,
        "Either Name or Serial and AKI are required for a revoke request",
      );
    if (id !== caller.identity.id) requireAttribute(caller.identity, "hf.Revoker");
    const identity = await this.registry.identity(id);
    if (!identity)
      throw new CaError(404, caErrorCodes.revokedIdentityNotFound, `Identity ${id} was not found`);
    const current = (await this.registry.certificatesOf(id)).filter((one) => !one.revokedAt);
    await this.registry.revoke(current, reason, identity);
    return current;
  }

  async #newRevocationList(): Promise<string> {
    // Expired ones stay: transactions made with them are validated without looking at the clock.
    const revoked = (await this.registry.certificates()).flatMap((one) =>
      one.revokedAt
        ? [{ serialNumber: one.serialNumber, revokedAt: new Date(one.revokedAt), reason: one.reason }]
        : [],
    );
    return this.authority.revocationList(revoked, revocationListLifetime);
  }
}

/** Fabric CA compares serial numbers and key identifiers in lower case, without colons and leading zeros. */
function normalised(hex: string): string {
  return hex.toLowerCase().replaceAll(":", "").replace(/^0+/, "");
}

async function readCsr(pem: string): Promise<Pkcs10CertificateRequest> {
  try {
    const csr = new Pkcs10CertificateRequest(pem);
    if (await csr.verify()) return csr;
  } catch {
    // Falls through: what cannot be read and what is not signed by its own key get the same answer.
  }
  throw new CaError(400, caErrorCodes.badCsr, "CSR Decode failed");
}
