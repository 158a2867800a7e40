import "reflect-metadata";
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { signers } from "@hyperledger/fabric-gateway";
import * as x509 from "@peculiar/x509";
import { z } from "zod";
import type { ConnectionOrganisation } from "./connection";

/** A certificate with its private key, both PEM (the key PKCS#8). */
export interface KeyPair {
  certificatePem: string;
  privateKeyPem: string;
}

/** What may be written into a certificate. Attributes registered here appear in every certificate of the identity. */
export interface Registration {
  enrolmentId: string;
  type: "client" | "peer" | "orderer" | "admin";
  /** Chosen by the CA when absent. */
  secret?: string;
  /** -1: any number. Default 1: the secret dies with its first use. */
  maxEnrolments?: number;
  /** e.g. `{ "cocity.role": "treasurer", "cocity.municipality": "001272", "cocity.person": "…" }`. */
  attributes?: Record<string, string>;
}

/** The CA refused a request, or could not be asked. `code` is Fabric CA's own number; 0 means no answer came. */
export class CaError extends Error {
  override readonly name = "CaError";
  constructor(
    readonly code: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Client of one certificate authority that speaks Fabric CA's REST interface (Fabric CA 1.5 `/api/v1`).
 * Requests that need a right carry Fabric CA's token: the caller's certificate and its signature over
 * `METHOD.base64(uri).base64(body).base64(certificate)`.
 */
export class CaClient {
  constructor(private readonly ca: ConnectionOrganisation["ca"]) {}

  /** The CA's own chain as PEM. @throws CaError */
  async chain(): Promise<string> {
    const result = await this.call("POST", "/api/v1/cainfo", { caname: this.ca.name }, infoSchema);
    return fromBase64(result.CAChain);
  }

  /**
   * Exchanges an enrolment secret and a PKCS#10 request (common name = enrolment id) for a certificate.
   * The private key never leaves its holder.
   * @param profile `tls` for a TLS certificate; `hosts` then become its subject alternative names.
   * @throws CaError
   */
  async enrol(order: {
    enrolmentId: string;
    secret: string;
    csrPem: string;
    profile?: "tls";
    hosts?: readonly string[];
  }): Promise<{ certificatePem: string; chainPem: string }> {
    const basic = Buffer.from(`${order.enrolmentId}:${order.secret}`).toString("base64");
    const result = await this.call(
      "POST",
      "/api/v1/enroll",
      {
        caname: this.ca.name,
        certificate_request: order.csrPem,
        profile: order.profile ?? "",
        hosts: order.hosts ?? [],
      },
      enrolSchema,
      { authorization: `Basic ${basic}` },
    );
    return { certificatePem: fromBase64(result.Cert), chainPem: fromBase64(result.ServerInfo.CAChain) };
  }

  /** Registers an identity; answers its enrolment secret. @throws CaError */
  async register(registrar: KeyPair, registration: Registration): Promise<string> {
    const attrs = Object.entries(registration.attributes ?? {}).map(([name, value]) => ({
      name,
      value,
      ecert: name.startsWith("cocity."),
    }));
    const body = {
      caname: this.ca.name,
      id: registration.enrolmentId,
      type: registration.type,
      max_enrollments: registration.maxEnrolments ?? 1,
      affiliation: "",
      attrs,
      ...(registration.secret === undefined ? {} : { secret: registration.secret }),
    };
    return (await this.signedCall(registrar, "/api/v1/register", body, registerSchema)).secret;
  }

  /**
   * Revokes every certificate of an identity, or the given one alone. It only counts on the channel once the
   * list is in the channel's configuration.
   * @returns the CA's certificate revocation list, PEM, this revocation included. @throws CaError
   */
  async revoke(
    revoker: KeyPair,
    what: { enrolmentId: string } | { certificatePem: string },
    reason: RevocationReason = "unspecified",
  ): Promise<string> {
    const target =
      "enrolmentId" in what ? { id: what.enrolmentId } : { ...serialAndIssuerKey(what.certificatePem) };
    const body = { caname: this.ca.name, ...target, reason, gencrl: true };
    return fromBase64((await this.signedCall(revoker, "/api/v1/revoke", body, crlSchema)).CRL);
  }

  /** The current certificate revocation list, PEM. @throws CaError */
  async revocationList(caller: KeyPair): Promise<string> {
    const body = { caname: this.ca.name };
    return fromBase64((await this.signedCall(caller, "/api/v1/gencrl", body, crlSchema)).CRL);
  }

  private signedCall<S extends z.ZodType>(caller: KeyPair, path: string, body: object, schema: S) {
    const bytes = Buffer.from(JSON.stringify(body));
    const certificate = Buffer.from(caller.certificatePem).toString("base64");
    const payload = `POST.${Buffer.from(path).toString("base64")}.${bytes.toString("base64")}.${certificate}`;
    const digest = createHash("sha256").update(payload).digest();
    const sign = signers.newPrivateKeySigner(createPrivateKey(caller.privateKeyPem));
    return sign(digest).then((signature) =>
      this.call("POST", path, bytes, schema, {
        authorization: `${certificate}.${Buffer.from(signature).toString("base64")}`,
      }),
    );
  }

  private async call<S extends z.ZodType>(
    method: string,
    path: string,
    body: object,
    schema: S,
    headers: Record<string, string> = {},
  ): Promise<z.output<S>> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const text = await this.send(method, path, bytes, headers);
    const answer = answerSchema.safeParse(parseJson(text));
    if (!answer.success)
      throw new CaError(0, `CA ${this.ca.name} answered something else than Fabric CA does`);
    if (!answer.data.success) {
      const error = answer.data.errors[0];
      throw new CaError(
        error?.code ?? 0,
        `CA ${this.ca.name}: ${error?.message ?? "refused without a reason"}`,
      );
    }
    const result = schema.safeParse(answer.data.result);
    if (!result.success) throw new CaError(0, `CA ${this.ca.name}: unexpected result of ${path}`);
    return result.data;
  }

  private send(method: string, path: string, body: Buffer, headers: Record<string, string>): Promise<string> {
    const url = new URL(path, this.ca.url);
    const options = {
      method,
      timeout: REQUEST_TIMEOUT_MS,
      headers: { "content-type": "application/json", "content-length": body.length, ...headers },
    };
    return new Promise((resolve, reject) => {
      const fail = (error: Error) =>
        reject(new CaError(0, `CA ${this.ca.name} at ${url.host}: ${error.message}`, { cause: error }));
      const request =
        url.protocol === "https:"
          ? httpsRequest(url, { ...options, ca: this.ca.tlsCaPem })
          : httpRequest(url, options);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
        response.on("error", fail);
      });
      request.on("timeout", () => request.destroy(new Error(`no answer in ${REQUEST_TIMEOUT_MS} ms`)));
      request.on("error", fail);
      request.end(body);
    });
  }
}

/** Reasons of RFC 5280 that Fabric CA accepts. */
export type RevocationReason =
  | "unspecified"
  | "keycompromise"
  | "affiliationchanged"
  | "superseded"
  | "cessationofoperation"
  | "privilegewithdrawn";

const REQUEST_TIMEOUT_MS = 20_000;

const infoSchema = z.object({ CAChain: z.string() });
const enrolSchema = z.object({ Cert: z.string(), ServerInfo: z.object({ CAChain: z.string() }) });
const registerSchema = z.object({ secret: z.string() });
const crlSchema = z.object({ CRL: z.string() });
const answerSchema = z.object({
  success: z.boolean(),
  result: z.unknown(),
  errors: z
    .array(z.object({ code: z.number(), message: z.string() }))
    .nullish()
    .transform((errors) => errors ?? []),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}

/** Serial number and authority key identifier in the lower-case hex that Fabric CA stores. */
function serialAndIssuerKey(certificatePem: string): { serial: string; aki: string } {
  const certificate = new X509Certificate(certificatePem);
  const bytes = certificate.raw;
  // Extension 2.5.29.35 holds SEQUENCE { [0] keyIdentifier }; node:crypto does not expose it.
  const oid = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x23]);
  const at = bytes.indexOf(oid);
  const tag = at < 0 ? -1 : bytes.indexOf(0x80, at + oid.length);
  const length = tag < 0 ? undefined : bytes[tag + 1];
  if (length === undefined) throw new CaError(0, "The certificate names no authority key");
  return {
    serial: certificate.serialNumber.toLowerCase().replace(/^0+/, ""),
    aki: bytes.subarray(tag + 2, tag + 2 + length).toString("hex"),
  };
}

/** The serial numbers on a CA's revocation list, lower-case hex. */
export function revokedSerials(crlPem: string): Set<string> {
  return new Set(new x509.X509Crl(crlPem).entries.map(({ serialNumber }) => serialNumber.toLowerCase()));
}
