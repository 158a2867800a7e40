import { randomBytes, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CaClient, CaError, type KeyPair } from "@/ledger/client/ca-client";
import type { ConnectionOrganisation } from "@/ledger/client/connection";
import { newKeyAndRequest } from "@/ledger/client/key-pair";
import { organisationOf, registrarOf } from "@/tests/fabric/people";
import { failureOf, openTarget, type Target } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

/** Fabric CA's numbers for what it tells a stranger. */
const [authenticationFailure, authorisationFailure] = [20, 71];

let target: Target;
let organisation: ConnectionOrganisation;
let ca: CaClient;
let registrar: KeyPair;

beforeAll(async () => {
  target = await openTarget();
  organisation = organisationOf(target.connection, "comune");
  ({ ca, registrar } = await registrarOf(organisation));
});
afterAll(() => target?.close());

const newId = () => randomBytes(12).toString("hex");

async function enrol(enrolmentId: string, secret: string): Promise<KeyPair> {
  const { privateKeyPem, csrPem } = await newKeyAndRequest(enrolmentId);
  const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem });
  return { certificatePem, privateKeyPem };
}

async function refusal(promise: Promise<unknown>): Promise<CaError> {
  const error = await failureOf(promise);
  expect(error).toBeInstanceOf(CaError);
  return error as CaError;
}

describe("enrolling", () => {
  it("gives a certificate of the CA with the type as its unit", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    const certificate = new X509Certificate((await enrol(enrolmentId, secret)).certificatePem);
    const root = new X509Certificate(await ca.chain());
    expect(certificate.checkIssued(root)).toBe(true);
    expect(certificate.verify(root.publicKey)).toBe(true);
    expect(certificate.subject.split("\n")).toEqual(
      expect.arrayContaining(["OU=client", `CN=${enrolmentId}`]),
    );
    expect(certificate.ca).toBe(false);
  });

  it("puts the registered attributes into the certificate", async () => {
    const enrolmentId = newId();
    const attributes = { "cocity.role": "treasurer", "cocity.municipality": "001272" };
    const secret = await ca.register(registrar, { enrolmentId, type: "client", attributes });
    const { certificatePem } = await enrol(enrolmentId, secret);
    const text = new X509Certificate(certificatePem).raw.toString("latin1");
    expect(text).toContain('"cocity.role":"treasurer"');
    expect(text).toContain('"cocity.municipality":"001272"');
  });

  it("needs the right secret", async () => {
    const enrolmentId = newId();
    await ca.register(registrar, { enrolmentId, type: "client" });
    expect(await refusal(enrol(enrolmentId, "a guess"))).toMatchObject({ code: authenticationFailure });
  });

  it("needs somebody who is registered", async () => {
    expect(await refusal(enrol(newId(), "secret"))).toMatchObject({ code: authenticationFailure });
  });

  it("uses a secret up", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client", maxEnrolments: 1 });
    await enrol(enrolmentId, secret);
    expect(await refusal(enrol(enrolmentId, secret))).toMatchObject({ code: authenticationFailure });
  });

  it("gives nobody a certificate in another name", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    const { csrPem } = await newKeyAndRequest(newId());
    const error = await refusal(ca.enrol({ enrolmentId, secret, csrPem }));
    expect(error.message).toContain("The CSR subject common name must equal the enrollment ID");
  });

  it("needs a request that can be read", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    await refusal(ca.enrol({ enrolmentId, secret, csrPem: "no request" }));
  });
});

describe("registering", () => {
  it("takes the secret that the registrar chooses", async () => {
    const enrolmentId = newId();
    const chosen = randomBytes(12).toString("hex");
    expect(await ca.register(registrar, { enrolmentId, type: "client", secret: chosen })).toBe(chosen);
    await enrol(enrolmentId, chosen);
  });

  it("knows each identity once", async () => {
    const enrolmentId = newId();
    await ca.register(registrar, { enrolmentId, type: "client" });
    const error = await refusal(ca.register(registrar, { enrolmentId, type: "client" }));
    expect(error.message).toContain("already registered");
  });

  it("is for registrars", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    const somebody = await enrol(enrolmentId, secret);
    const error = await refusal(ca.register(somebody, { enrolmentId: newId(), type: "client" }));
    expect(error.code).toBe(authorisationFailure);
  });

  it("needs the registrar's own signature", async () => {
    const { privateKeyPem } = await newKeyAndRequest("somebody");
    const error = await refusal(
      ca.register({ ...registrar, privateKeyPem }, { enrolmentId: newId(), type: "client" }),
    );
    expect(error.code).toBe(authenticationFailure);
  });

  it("needs a registrar of the same organisation", async () => {
    const other = await registrarOf(organisationOf(target.connection, "case"));
    const error = await refusal(ca.register(other.registrar, { enrolmentId: newId(), type: "client" }));
    expect(error.code).toBe(authenticationFailure);
  });
});

describe("revoking", () => {
  it("takes away one's right to enrol again", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client", maxEnrolments: -1 });
    await enrol(enrolmentId, secret);
    await ca.revoke(registrar, { enrolmentId });
    expect(await refusal(enrol(enrolmentId, secret))).toMatchObject({ code: authenticationFailure });
  });

  it("is listed by serial number", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    const { certificatePem } = await enrol(enrolmentId, secret);
    const serial = Buffer.from(new X509Certificate(certificatePem).serialNumber, "hex");
    expect(derOf(await ca.revocationList(registrar)).includes(serial)).toBe(false);
    await ca.revoke(registrar, { certificatePem });
    expect(derOf(await ca.revocationList(registrar)).includes(serial)).toBe(true);
  });

  it("of the same certificate twice is refused", async () => {
    const enrolmentId = newId();
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    const { certificatePem } = await enrol(enrolmentId, secret);
    await ca.revoke(registrar, { certificatePem });
    const error = await refusal(ca.revoke(registrar, { certificatePem }));
    expect(error.message).toContain("already revoked");
  });

  it("is for those who may", async () => {
    const [one, other] = await Promise.all(
      [newId(), newId()].map(async (enrolmentId) => {
        const secret = await ca.register(registrar, { enrolmentId, type: "client" });
        return { enrolmentId, ...(await enrol(enrolmentId, secret)) };
      }),
    );
    if (!one || !other) throw new Error("nobody was enrolled");
    expect(await refusal(ca.revoke(one, { enrolmentId: other.enrolmentId }))).toMatchObject({
      code: authorisationFailure,
    });
    expect(await refusal(ca.revocationList(one))).toMatchObject({ code: authorisationFailure });
  });

  it("says who is not there", async () => {
    const error = await refusal(ca.revoke(registrar, { enrolmentId: newId() }));
    expect(error.message).toContain("was not found");
  });
});

it("knows its CAs by name", async () => {
  const stranger = new CaClient({ ...organisation.ca, name: "ca-nobody" });
  expect((await refusal(stranger.chain())).message).toContain("ca-nobody");
});

/** The bytes of a revocation list, whatever its PEM says it is. */
function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64");
}
