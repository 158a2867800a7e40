import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { peer } from "@hyperledger/fabric-protos";
import { KeyEndorsementPolicy } from "fabric-shim";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { CertificateAuthority } from "../ca/authority";
import type { Identity, NodeRole } from "./identity";
import { PolicyError, parsePolicy, peersOutOf, policyEnvelope, readKeyPolicy, satisfies } from "./policy";

let certificate: X509Certificate;

beforeAll(async () => {
  certificate = new X509Certificate((await CertificateAuthority.create("ca", "test")).certificatePem);
});

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

function member(mspId: string, role: NodeRole = "peer", fingerprint = `${mspId}-${role}`): Identity {
  return { mspId, role, fingerprint, certificate, publicKey, notAfter: Number.POSITIVE_INFINITY };
}

const twoOfThree = peersOutOf(2, ["A", "B", "C"]);

describe("policies", () => {
  it("of two of three organisations want two different ones", () => {
    expect(satisfies(twoOfThree, [])).toBe(false);
    expect(satisfies(twoOfThree, [member("A")])).toBe(false);
    expect(satisfies(twoOfThree, [member("A"), member("C")])).toBe(true);
    expect(satisfies(twoOfThree, [member("A"), member("B"), member("C")])).toBe(true);
  });

  it("count no identity twice", () => {
    expect(satisfies(twoOfThree, [member("A"), member("A")])).toBe(false);
    expect(satisfies(twoOfThree, [member("A"), member("A", "peer", "another peer of A")])).toBe(false);
    const both = parsePolicy("AND('A.peer', 'A.member')");
    expect(satisfies(both, [member("A")])).toBe(false);
    expect(satisfies(both, [member("A"), member("A", "client")])).toBe(true);
  });

  it("want the role they name", () => {
    expect(satisfies(twoOfThree, [member("A", "client"), member("B", "client")])).toBe(false);
    expect(satisfies(parsePolicy("'A.member'"), [member("A", "orderer")])).toBe(true);
    expect(satisfies(parsePolicy("'A.admin'"), [member("A", "peer")])).toBe(false);
  });

  it("do not get better when an endorser leaves", () => {
    const endorsers = fc.subarray([member("A"), member("B"), member("C"), member("D")]);
    fc.assert(
      fc.property(endorsers, fc.nat(), (identities, index) => {
        const fewer = identities.filter((_, place) => place !== index % (identities.length || 1));
        if (satisfies(twoOfThree, fewer)) expect(satisfies(twoOfThree, identities)).toBe(true);
      }),
    );
  });
});

describe("the policy language", () => {
  it("reads what Fabric's examples write", () => {
    expect(parsePolicy("OR('A.member', 'B.peer')")).toEqual({
      outOf: 1,
      rules: [
        { mspId: "A", role: "member" },
        { mspId: "B", role: "peer" },
      ],
    });
    expect(parsePolicy("OutOf(2, 'A.peer', OR('B.peer', 'C.d.client'), AND('D.admin'))")).toEqual({
      outOf: 2,
      rules: [
        { mspId: "A", role: "peer" },
        {
          outOf: 1,
          rules: [
            { mspId: "B", role: "peer" },
            { mspId: "C.d", role: "client" },
          ],
        },
        { outOf: 1, rules: [{ mspId: "D", role: "admin" }] },
      ],
    });
  });

  it("takes either quotes and operators in any case, and wants all of an AND", () => {
    expect(parsePolicy(`and("A.orderer", 'B.member')`)).toEqual({
      outOf: 2,
      rules: [
        { mspId: "A", role: "orderer" },
        { mspId: "B", role: "member" },
      ],
    });
    expect(parsePolicy("OUTOF(1, 'A.peer', 'B.peer')")).toEqual(parsePolicy("OR('A.peer', 'B.peer')"));
  });

  it.each([
    ["", "cannot be read at ''"],
    ["OR", "cannot be read at 'OR'"],
    ["OR 'A.member'", "cannot be read at 'OR'"],
    ["OR(", "cannot be read at ''"],
    ["OR('A.member'", "is not closed"],
    ["OR('A.member' 'B.member')", "is not closed"],
    ["NOT('A.member')", "cannot be read at 'NOT'"],
    ["'A'", "names 'A', which is not ORGANISATION.ROLE"],
    ["'.member'", "names '.member', which is not ORGANISATION.ROLE"],
    ["'A.king'", "names 'A.king', which is not ORGANISATION.ROLE"],
    ["'A.constructor'", "names 'A.constructor', which is not ORGANISATION.ROLE"],
    ["OutOf('A.peer')", "names no number after OutOf"],
    ["OutOf('A.peer', 'B.peer')", "names no number after OutOf"],
    ["OutOf(2 'A.peer')", "names no number after OutOf"],
    ["OR('A.member') 'B.member'", "goes on after its end"],
  ])("does not read %j and says where", (text, reason) => {
    const reading = () => parsePolicy(text);
    expect(reading).toThrow(PolicyError);
    expect(reading).toThrow(reason);
    expect(reading).toThrow(expect.objectContaining({ name: "PolicyError" }));
  });
});

describe("policies of keys", () => {
  it("are read as the chaincode's shim writes them", () => {
    const policy = new KeyEndorsementPolicy();
    policy.addOrgs("PEER", "A", "B");
    const rule = readKeyPolicy(policy.getPolicy());
    expect(satisfies(rule, [member("A"), member("B")])).toBe(true);
    expect(satisfies(rule, [member("A"), member("C")])).toBe(false);
  });

  it("are read as an application policy too", () => {
    const application = new peer.ApplicationPolicy();
    application.setSignaturePolicy(policyEnvelope(twoOfThree));
    expect(readKeyPolicy(application.serializeBinary())).toEqual(twoOfThree);
    expect(readKeyPolicy(policyEnvelope(twoOfThree).serializeBinary())).toEqual(twoOfThree);
  });

  it("are read back with every role and however deep", () => {
    const rule = parsePolicy(
      "AND(OutOf(1, 'A.admin', 'B.client', 'C.orderer'), OR('D.member', AND('E.peer', 'F.peer')))",
    );
    expect(readKeyPolicy(policyEnvelope(rule).serializeBinary())).toEqual(rule);
  });

  it("that are none are refused", () => {
    const refused = "the key's policy is no signature policy";
    expect(() => readKeyPolicy(Buffer.from("not a policy"))).toThrow(PolicyError);
    expect(() => readKeyPolicy(new Uint8Array())).toThrow(refused);
    expect(() => readKeyPolicy(new peer.ApplicationPolicy().serializeBinary())).toThrow(refused);
  });

  it.each<[string, (envelope: ReturnType<typeof policyEnvelope>) => void]>([
    ["a principal that is no role", (envelope) => firstPrincipal(envelope).setPrincipalClassification(1)],
    [
      "a role that there is not",
      (envelope) => firstPrincipal(envelope).setPrincipal(Buffer.from("0a01411063", "hex")),
    ],
    ["a signature by nobody named", (envelope) => envelope.setIdentitiesList([])],
    ["no rule", (envelope) => envelope.setRule(undefined)],
  ])("with %s are refused, whatever else they say", (_, spoil) => {
    const envelope = policyEnvelope(parsePolicy("OR('A.peer', 'B.peer')"));
    spoil(envelope);
    expect(() => readKeyPolicy(envelope.serializeBinary())).toThrow(PolicyError);
  });
});

function firstPrincipal(envelope: ReturnType<typeof policyEnvelope>) {
  const [principal] = envelope.getIdentitiesList();
  if (!principal) throw new Error("the policy names nobody");
  return principal;
}
