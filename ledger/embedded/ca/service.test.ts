import { randomBytes, X509Certificate } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { newKeyAndRequest } from "../../client/key-pair";
import { CertificateAuthority } from "./authority";
import { caErrorCodes } from "./errors";
import { CaRegistry } from "./registry";
import { type Caller, CaService, enrolSchema, registerSchema } from "./service";

let folder: string;
let level: ClassicLevel<string, unknown>;
let registry: CaRegistry;
let service: CaService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-ca-"));
  level = new ClassicLevel<string, unknown>(folder, { valueEncoding: "json" });
  registry = await CaRegistry.open(level, "ComuneMSP");
  const { certificatePem, privateKeyPem } = await CertificateAuthority.create("ca", "Comune");
  service = new CaService(await CertificateAuthority.open(certificatePem, privateKeyPem), registry, {
    name: "ca-comune",
    mspId: "ComuneMSP",
    profiles: { default: 3600 },
    onRevocation: async () => undefined,
  });
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  await level.close();
  await rm(folder, { recursive: true, force: true });
});

/** Somebody with a certificate, registered without the network, with what rights are given. */
async function somebody(attributes: Record<string, string> = {}): Promise<Caller> {
  const id = randomBytes(8).toString("hex");
  await registry.register({
    id,
    secret: "secret",
    type: "client",
    affiliation: "",
    maxEnrolments: -1,
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  });
  const { csrPem } = await newKeyAndRequest(id);
  const pem = await service.enrol(
    await service.authenticate(id, "secret"),
    enrolSchema.parse({ certificate_request: csrPem }),
  );
  return service.callerOf(new X509Certificate(pem));
}

const register = (caller: Caller, request: object) => service.register(caller, registerSchema.parse(request));
const newId = () => randomBytes(8).toString("hex");
const denied = { status: 403, code: caErrorCodes.authorisationFailure };

describe("registering over the network", () => {
  it.each(["*", "client", "client,peer"])(
    "is for a registrar of '%s', and makes a plain member",
    async (roles) => {
      const registrar = await somebody({ "hf.Registrar.Roles": roles });
      const id = newId();
      await register(registrar, { id, attrs: [{ name: "cocity.role", value: "officer", ecert: true }] });
      expect(await registry.identity(id)).toMatchObject({ type: "client", affiliation: "" });
    },
  );

  it.each(["peer", "orderer", "admin", "", "Client", "client,peer"])(
    "of the type '%s' is refused",
    async (type) => {
      for (const roles of ["*", "client", type]) {
        const registrar = await somebody({ "hf.Registrar.Roles": roles });
        await expect(register(registrar, { id: newId(), type })).rejects.toMatchObject(denied);
      }
    },
  );

  it("into a unit is refused, since a unit says what somebody is", async () => {
    const registrar = await somebody({ "hf.Registrar.Roles": "*" });
    for (const affiliation of ["peer", "admin", "org.department", " "])
      await expect(register(registrar, { id: newId(), affiliation })).rejects.toMatchObject(denied);
  });

  it("with rights at the CA is refused, those that the registrar has among them", async () => {
    const registrar = await somebody({ "hf.Registrar.Roles": "*", "hf.Revoker": "true" });
    for (const [name, value] of [
      ["hf.Registrar.Roles", "*"],
      ["hf.Revoker", "true"],
      ["hf.EnrollmentID", "another"],
    ])
      await expect(register(registrar, { id: newId(), attrs: [{ name, value }] })).rejects.toMatchObject(
        denied,
      );
  });

  it("is nothing for an ordinary person, whatever they ask for", async () => {
    const nobody: Record<string, string>[] = [
      {},
      { "hf.Registrar.Roles": "" },
      { "hf.Registrar.Roles": "peer" },
    ];
    for (const attributes of nobody) {
      const person = await somebody(attributes);
      for (const request of [{}, { type: "" }, { type: "client" }, { type: "", affiliation: "peer" }])
        await expect(register(person, { id: newId(), ...request })).rejects.toMatchObject(denied);
    }
  });

  it.each([
    ["a long id", { id: "x".repeat(65) }],
    ["a long secret", { id: "x", secret: "x".repeat(257) }],
    ["many attributes", { id: "x", attrs: Array.from({ length: 33 }, () => ({ name: "n", value: "v" })) }],
    ["a long attribute", { id: "x", attrs: [{ name: "n", value: "v".repeat(1025) }] }],
  ])("has bounds: %s", (_, request) => {
    expect(registerSchema.safeParse(request).success).toBe(false);
  });
});

describe("wrong secrets", () => {
  const wrong = (id: string) => service.authenticate(id, "guess").catch(({ code }: { code: number }) => code);

  it("lock after ten of them, also when all are given at once", async () => {
    const { identity } = await somebody();
    const codes = await Promise.all(Array.from({ length: 30 }, () => wrong(identity.id)));
    expect(codes.filter((code) => code === caErrorCodes.authenticationFailure)).toHaveLength(10);
    expect(codes.filter((code) => code === caErrorCodes.passwordAttempts)).toHaveLength(20);
    await expect(service.authenticate(identity.id, "secret")).rejects.toMatchObject({
      code: caErrorCodes.passwordAttempts,
    });
  });

  it("do not lock for good: the right one is taken after a quarter of an hour", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { identity } = await somebody();
    for (let attempt = 0; attempt < 12; attempt++) await wrong(identity.id);
    vi.setSystemTime(Date.now() + 15 * 60_000 + 1);
    await expect(service.authenticate(identity.id, "secret")).resolves.toMatchObject({ id: identity.id });
    expect(await wrong(identity.id)).toBe(caErrorCodes.authenticationFailure);
  });

  it("are forgotten by a command", async () => {
    const { identity } = await somebody();
    for (let attempt = 0; attempt < 10; attempt++) await wrong(identity.id);
    expect(await registry.unlock(identity.id)).toBe(true);
    expect(await registry.unlock("nobody")).toBe(false);
    await expect(service.authenticate(identity.id, "secret")).resolves.toMatchObject({ id: identity.id });
  });
});
