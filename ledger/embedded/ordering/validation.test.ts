import { randomBytes } from "node:crypto";
import { peer } from "@hyperledger/fabric-protos";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeReadWriteSets } from "../../evidence/encode-read-write-set";
import {
  makeConfigEnvelope,
  makeEnvelope,
  type TestSigner,
  type TestTransaction,
} from "../../evidence/envelope-fixture";
import { parseTransaction } from "../../evidence/transaction";
import type { CollectionReadWriteSet, ReadWriteSet } from "../../evidence/types";
import { CertificateAuthority } from "../ca/authority";
import type { Identity } from "../msp/identity";
import { parsePolicy, policyEnvelope } from "../msp/policy";
import { newChannel, newSigner } from "./channel-fixture";
import {
  checkPolicies,
  isSignedByCreator,
  revalidate,
  type ValidationOptions,
  validateTransaction,
} from "./validation";

const codes = peer.TxValidationCode;

let options: ValidationOptions;
let client: TestSigner;
let peers: TestSigner[];
let person: TestSigner;
let revoked: Set<string>;

beforeAll(async () => {
  ({ options, client, peers, person, revoked } = await newChannel());
});

const set = (namespace: string, more: Partial<ReadWriteSet> = {}): ReadWriteSet => ({
  namespace,
  reads: [],
  rangeQueries: [],
  writes: [],
  metadataWrites: [],
  collections: [],
  ...more,
});
const write = (namespace: string): ReadWriteSet =>
  set(namespace, { writes: [{ namespace, key: "key", value: Buffer.from("value"), isDelete: false }] });
const collection = (name: string, more: Partial<CollectionReadWriteSet>): CollectionReadWriteSet => ({
  collection: name,
  reads: [],
  writes: [],
  metadataWrites: [],
  privateHash: new Uint8Array(),
  ...more,
});

/** A transaction with the right signatures of a client and of two organisations' peers, whatever it says. */
function made(change: Partial<TestTransaction> = {}) {
  const endorsers = peers.slice(0, 2);
  return parseTransaction(
    makeEnvelope({ results: encodeReadWriteSets([write("cocity")]), creator: client, endorsers, ...change }),
  );
}
const codeOf = (change: Partial<TestTransaction>) => validateTransaction(made(change), options).code;
const serialOf = ({ identity }: TestSigner) =>
  options.identities.find(identity).certificate.serialNumber.toLowerCase();
const naming = (name: string) => {
  const extension = new peer.ChaincodeHeaderExtension();
  const id = new peer.ChaincodeID();
  id.setName(name);
  extension.setChaincodeId(id);
  return extension.serializeBinary();
};
const lie = Buffer.from("0affffffff0f", "hex");

describe("a transaction is invalid by one check alone", () => {
  it("when nothing is wrong by none", () => {
    const { code, endorsers } = validateTransaction(made(), options);
    expect(code).toBe(codes.VALID);
    expect(endorsers.map(({ mspId }) => mspId)).toEqual(["ComuneMSP", "CaseMSP"]);
  });

  it.each<[string, keyof typeof codes, () => Partial<TestTransaction>]>([
    ["another channel", "TARGET_CHAIN_NOT_FOUND", () => ({ channel: "elsewhere" })],
    ["an epoch", "BAD_COMMON_HEADER", () => ({ epoch: 1 })],
    ["no nonce", "BAD_COMMON_HEADER", () => ({ nonce: new Uint8Array() })],
    ["an id that is not its own", "BAD_PROPOSAL_TXID", () => ({ id: "00".repeat(32) })],
    ["another proposal's hash", "INVALID_ENDORSER_TRANSACTION", () => ({ proposalHash: randomBytes(32) })],
    ["a header extension that is none", "BAD_HEADER_EXTENSION", () => ({ extension: lie })],
    ["a header without a chaincode", "INVALID_OTHER_REASON", () => ({ extension: new Uint8Array() })],
    ["a header with another chaincode", "INVALID_CHAINCODE", () => ({ extension: naming("another") })],
    ["a response without a chaincode", "INVALID_OTHER_REASON", () => ({ chaincode: null })],
    ["a response of no version", "INVALID_CHAINCODE", () => ({ chaincode: { name: "cocity", version: "" } })],
    [
      "a chaincode that is not there",
      "INVALID_CHAINCODE",
      () => ({
        chaincode: { name: "another", version: "1" },
        extension: naming("another"),
        results: new Uint8Array(),
      }),
    ],
    [
      "an event of another chaincode",
      "INVALID_OTHER_REASON",
      () => ({ event: { name: "e", payload: lie, chaincode: "another" } }),
    ],
    ["a response that is none", "BAD_RESPONSE_PAYLOAD", () => ({ action: lie })],
    ["an empty response", "BAD_RESPONSE_PAYLOAD", () => ({ action: new Uint8Array() })],
    ["a read-write set that is none", "BAD_RWSET", () => ({ results: lie })],
    [
      "a range summarised in a tree that does not end",
      "BAD_RWSET",
      () => ({
        results: encodeReadWriteSets([
          set("cocity", {
            rangeQueries: [
              {
                namespace: "cocity",
                start: "a",
                end: "b",
                exhausted: true,
                reads: [],
                merkle: { maxDegree: 0, maxLevel: 1, maxLevelHashes: [lie] },
              },
            ],
          }),
        ]),
      }),
    ],
    [
      "a namespace twice",
      "ILLEGAL_WRITESET",
      () => ({ results: encodeReadWriteSets([write("cocity"), write("cocity")]) }),
    ],
    [
      "writes to a namespace that is not its own",
      "INVALID_CHAINCODE",
      () => ({ results: encodeReadWriteSets([write("cocity"), write("_lifecycle")]) }),
    ],
    [
      "metadata in a namespace that is not its own",
      "INVALID_CHAINCODE",
      () => ({
        results: encodeReadWriteSets([
          set("other", { metadataWrites: [{ namespace: "other", key: "k", entries: [] }] }),
        ]),
      }),
    ],
    [
      "private writes to a namespace that is not its own",
      "INVALID_CHAINCODE",
      () => ({
        results: encodeReadWriteSets([
          set("other", {
            collections: [
              collection("bank", {
                writes: [
                  {
                    namespace: "other",
                    collection: "bank",
                    keyHash: lie,
                    valueHash: lie,
                    isDelete: false,
                    isPurge: false,
                  },
                ],
              }),
            ],
          }),
        ]),
      }),
    ],
  ])("%s", (_, code, change) => {
    expect(codeOf(change())).toBe(codes[code]);
  });

  it("may read where it does not write, as on Fabric", () => {
    const reads = [{ namespace: "_lifecycle", key: "key" }];
    const results = encodeReadWriteSets([write("cocity"), set("_lifecycle", { reads })]);
    expect(codeOf({ results })).toBe(codes.VALID);
  });

  it("a configuration is not for clients", () => {
    const transaction = parseTransaction(makeConfigEnvelope(Buffer.from("c"), client));
    expect(validateTransaction(transaction, options).code).toBe(codes.UNSUPPORTED_TX_PAYLOAD);
  });

  it("a creator who is no member", async () => {
    const { certificatePem, privateKeyPem } = await CertificateAuthority.create("ca", "forged");
    const forger = await CertificateAuthority.open(certificatePem, privateKeyPem);
    const creator = await newSigner(forger, "ComuneMSP", "client");
    expect(codeOf({ creator })).toBe(codes.BAD_CREATOR_SIGNATURE);
  });
});

describe("signatures", () => {
  it("of the creator are over the payload", async () => {
    const transaction = made();
    expect(await isSignedByCreator(transaction, options.identities)).toBe(true);
    const altered = { ...transaction, payload: Buffer.concat([transaction.payload, Buffer.from([0])]) };
    expect(await isSignedByCreator(altered, options.identities)).toBe(false);
    const creator = { ...client, sign: person.sign };
    expect(await isSignedByCreator(made({ creator }), options.identities)).toBe(false);
  });

  it("of endorsers count each member once, and nothing that is wrong or nobody's", () => {
    const [comune, , garanti] = peers as [TestSigner, TestSigner, TestSigner];
    const wrong = { ...garanti, sign: () => randomBytes(70) };
    const nobody = { ...garanti, identity: randomBytes(40) };
    const endorsers = [comune, comune, wrong, nobody, { ...garanti, identity: randomBytes(20_000) }];
    const { code, endorsers: found } = validateTransaction(made({ endorsers }), options);
    expect(code).toBe(codes.VALID);
    expect(found.map(({ mspId }) => mspId)).toEqual(["ComuneMSP"]);
    // A wrong one does not keep a right one of the same peer from counting.
    expect(validateTransaction(made({ endorsers: [wrong, garanti] }), options).endorsers).toHaveLength(1);
  });

  it("are checked of a hundred endorsers and no more", () => {
    const [comune] = peers as [TestSigner];
    const wrong = { ...comune, sign: () => randomBytes(70) };
    const behind = (count: number) => [...Array.from({ length: count }, () => wrong), comune];
    expect(validateTransaction(made({ endorsers: behind(99) }), options).endorsers).toHaveLength(1);
    expect(validateTransaction(made({ endorsers: behind(100) }), options).endorsers).toHaveLength(0);
  });
});

describe("when the block is cut", () => {
  it("a creator revoked meanwhile makes the transaction invalid", () => {
    const validated = validateTransaction(made(), options);
    expect(revalidate(validated, options).code).toBe(codes.VALID);
    revoked.add(serialOf(client));
    expect(revalidate(validated, options).code).toBe(codes.BAD_CREATOR_SIGNATURE);
    revoked.clear();
  });

  it("an endorser revoked meanwhile no longer counts, the other does", () => {
    const [comune] = peers as [TestSigner];
    const validated = validateTransaction(made(), options);
    revoked.add(serialOf(comune));
    const again = revalidate(validated, options);
    revoked.clear();
    expect(again.code).toBe(codes.VALID);
    expect(again.endorsers.map(({ mspId }) => mspId)).toEqual(["CaseMSP"]);
  });

  it("what was invalid stays so for its own reason", () => {
    const validated = validateTransaction(made({ epoch: 1 }), options);
    revoked.add(serialOf(client));
    expect(revalidate(validated, options).code).toBe(codes.BAD_COMMON_HEADER);
    revoked.clear();
  });
});

describe("policies of what is written", () => {
  const identitiesOf = (...signers: TestSigner[]): Identity[] =>
    signers.map(({ identity }) => options.identities.find(identity));
  const key = { namespace: "cocity", key: "k", changedInBlock: false };
  const parameter = policyEnvelope(parsePolicy("'GarantiMSP.peer'")).serializeBinary();

  it("the chaincode's holds for keys without one, and where nothing is written", () => {
    const [comune, cases] = peers as [TestSigner, TestSigner];
    for (const keys of [[], [key]]) {
      expect(checkPolicies(keys, identitiesOf(comune, cases), options)).toBe(codes.VALID);
      expect(checkPolicies(keys, identitiesOf(comune), options)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
      expect(checkPolicies(keys, identitiesOf(comune, person), options)).toBe(
        codes.ENDORSEMENT_POLICY_FAILURE,
      );
    }
  });

  it("a key's own takes its place, also when it cannot be read", () => {
    const [comune, cases, garanti] = peers as [TestSigner, TestSigner, TestSigner];
    const own = { ...key, parameter };
    expect(checkPolicies([own], identitiesOf(garanti), options)).toBe(codes.VALID);
    expect(checkPolicies([own], identitiesOf(comune, cases), options)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
    expect(checkPolicies([own, key], identitiesOf(garanti), options)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
    for (const unreadable of [lie, Buffer.from("none")])
      expect(
        checkPolicies([{ ...key, parameter: unreadable }], identitiesOf(comune, cases, garanti), options),
      ).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
  });

  it("one that changes within the block satisfies nobody", () => {
    expect(checkPolicies([{ ...key, changedInBlock: true }], identitiesOf(...peers), options)).toBe(
      codes.ENDORSEMENT_POLICY_FAILURE,
    );
  });

  it("a collection's own takes the chaincode's place; one that is not defined satisfies nobody", () => {
    const [comune, cases] = peers as [TestSigner, TestSigner];
    const inBank = { ...key, collection: "bank" };
    expect(checkPolicies([inBank], identitiesOf(cases), options)).toBe(codes.VALID);
    expect(checkPolicies([inBank], identitiesOf(comune), options)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
    expect(checkPolicies([{ ...key, collection: "undefined" }], identitiesOf(...peers), options)).toBe(
      codes.ENDORSEMENT_POLICY_FAILURE,
    );
  });
});
