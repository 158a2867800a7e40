import "reflect-metadata";
import { randomBytes } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  Extension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
  type X509CrlReason,
} from "@peculiar/x509";
import { ecdsa, generateKeys, importPrivateKey } from "./keys";

/** Where Fabric CA puts attributes (`lib/attrmgr`): `{"attrs":{name: value}}` as UTF-8 JSON. */
export const attributesOid = "1.2.3.4.5.6.7.8.1";

const day = 86_400_000;
const caLifetime = 20 * 365 * day;
/** Clocks of clients and servers differ: cfssl, and so Fabric CA, dates certificates five minutes back. */
const backdating = 5 * 60_000;

export interface Subject {
  readonly commonName: string;
  readonly organisationalUnits?: readonly string[];
}

export interface IssueOptions {
  readonly subject: Subject;
  readonly publicKey: CryptoKey | PublicKey;
  readonly lifetimeSeconds: number;
  /** Attributes for the chaincode's `ClientIdentity`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Names of a TLS server. */
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
}

export interface RevokedCertificate {
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly revokedAt: Date;
  /** RFC 5280 reason code; 0 says nothing. */
  readonly reason?: number;
}

/** A certificate authority with one self-signed root on P-256. */
export class CertificateAuthority {
  private constructor(
    readonly certificate: X509Certificate,
    /** Hexadecimal key identifier of the root, which its certificates carry as authority key identifier. */
    readonly keyIdentifier: string,
    readonly signingKey: CryptoKey,
  ) {}

  /** Makes a new root. The private key is in the result only to be stored. */
  static async create(
    commonName: string,
    organisation: string,
  ): Promise<{ certificatePem: string; privateKeyPem: string }> {
    const { keys, privateKeyPem } = await generateKeys();
    const now = Date.now();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: newSerialNumber(),
      name: [{ C: ["IT"] }, { O: [organisation] }, { CN: [commonName] }],
      notBefore: new Date(now - backdating),
      notAfter: new Date(now + caLifetime),
      signingAlgorithm: ecdsa,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 1, true),
        new KeyUsagesExtension(
          KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
          true,
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return { certificatePem: pemOf(certificate), privateKeyPem };
  }

  static async open(certificatePem: string, privateKeyPem: string): Promise<CertificateAuthority> {
    const certificate = new X509Certificate(certificatePem);
    const identifier = certificate.getExtension(SubjectKeyIdentifierExtension);
    if (!identifier) throw new Error("the CA's certificate has no subject key identifier");
    return new CertificateAuthority(certificate, identifier.keyId, await importPrivateKey(privateKeyPem));
  }

  async issue(options: IssueOptions): Promise<X509Certificate> {
    const now = Date.now();
    const until = Math.min(now + options.lifetimeSeconds * 1000, this.certificate.notAfter.getTime());
    return X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      issuer: this.certificate.subjectName,
      subject: nameOf(options.subject),
      notBefore: new Date(Math.max(now - backdating, this.certificate.notBefore.getTime())),
      notAfter: new Date(until),
      publicKey: options.publicKey,
      signingKey: this.signingKey,
      signingAlgorithm: ecdsa,
      extensions: await this.#extensions(options),
    });
  }

  /** A revocation list in PEM, as Fabric CA's `gencrl` makes it. */
  async revocationList(revoked: readonly RevokedCertificate[], lifetimeSeconds: number): Promise<string> {
    const now = Date.now();
    const list = await X509CrlGenerator.create({
      issuer: this.certificate.subjectName,
      thisUpdate: new Date(now),
      nextUpdate: new Date(now + lifetimeSeconds * 1000),
      entries: revoked.map(({ serialNumber, revokedAt, reason }) => ({
        serialNumber,
        revocationDate: revokedAt,
        ...(reason ? { reason: reason as X509CrlReason } : {}),
      })),
      extensions: [new AuthorityKeyIdentifierExtension(this.keyIdentifier)],
      signingAlgorithm: ecdsa,
      signingKey: this.signingKey,
    });
    return `${PemConverter.encode(list.rawData, "X509 CRL").trim()}\n`;
  }

  async #extensions(options: IssueOptions): Promise<Extension[]> {
    const extensions: Extension[] = [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new BasicConstraintsExtension(false, undefined, true),
      await SubjectKeyIdentifierExtension.create(options.publicKey),
      new AuthorityKeyIdentifierExtension(this.keyIdentifier),
    ];
    const names = [
      ...(options.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
      ...(options.ipAddresses ?? []).map((value) => ({ type: "ip" as const, value })),
    ];
    if (names.length > 0) extensions.push(new SubjectAlternativeNameExtension(names));
    if (options.attributes)
      extensions.push(
        new Extension(attributesOid, false, Buffer.from(JSON.stringify({ attrs: options.attributes }))),
      );
    return extensions;
  }
}

export function pemOf(certificate: X509Certificate): string {
  return `${certificate.toString("pem").trim()}\n`;
}

function nameOf({ commonName, organisationalUnits = [] }: Subject): JsonName {
  return [...organisationalUnits.map((unit) => ({ OU: [unit] })), { CN: [commonName] }];
}

function newSerialNumber(): string {
  const bytes = randomBytes(20);
  // Positive, and without a leading zero, so that every library prints the same digits.
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}
