import { randomBytes } from "node:crypto";
import { status } from "@grpc/grpc-js";
import { type EndorseError, StatusCode } from "@hyperledger/fabric-gateway";
import { common, gateway as messages, peer } from "@hyperledger/fabric-protos";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openSession, type Person, registrarOf } from "@/tests/fabric/people";
import { forgedPerson, keyAndRequestOnP384 } from "./forgery";
import { failureOf, freshKey, openTarget, type Session, type Target, textOf } from "./target";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let target: Target;
let session: Session;
let person: Person;

beforeAll(async () => {
  target = await openTarget();
  person = await target.person();
  session = await target.session(person);
});
afterAll(() => target?.close());

/** What the ledger says to a submission and to an evaluation of somebody. */
async function refusals(of: Person): Promise<{ submit: EndorseError; evaluate: unknown }> {
  const theirs = openSession(target.connection, of);
  try {
    return {
      submit: (await failureOf(theirs.contract.submitTransaction("ping"))) as EndorseError,
      evaluate: await failureOf(theirs.contract.evaluateTransaction("ping")),
    };
  } finally {
    theirs.close();
  }
}

describe("certificates", () => {
  it("must come from the organisation's CA", async () => {
    const { submit, evaluate } = await refusals(await forgedPerson(person));
    expect(submit).toMatchObject({ code: status.ABORTED });
    expect(submit.details[0]?.message).toContain("creator org unknown, creator is malformed");
    expect(evaluate).toMatchObject({ code: status.FAILED_PRECONDITION });
  });

  it("must be of the organisation that they are used for", async () => {
    const [comune] = target.connection.organisations;
    const stranger = await target.person("garanti");
    if (!comune) throw new Error("the connection names no organisation");
    const { submit } = await refusals({ ...stranger, organisation: comune });
    expect(submit).toMatchObject({ code: status.ABORTED });
    expect(submit.details[0]?.message).toContain("creator org unknown, creator is malformed");
  });

  it("must be of an organisation of the channel", async () => {
    const organisation = { ...person.organisation, mspId: "NobodyMSP" };
    const { submit } = await refusals({ ...person, organisation });
    expect(submit).toMatchObject({ code: status.ABORTED });
    expect(submit.details[0]?.message).toContain("creator org unknown, creator is malformed");
  });

  it("may have a key on P-384, as Fabric's may", async () => {
    const { ca, registrar } = await registrarOf(person.organisation);
    const enrolmentId = randomBytes(12).toString("hex");
    const secret = await ca.register(registrar, { enrolmentId, type: "client" });
    const { privateKeyPem, csrPem } = await keyAndRequestOnP384(enrolmentId);
    const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem });
    const other = await target.session({
      enrolmentId,
      organisation: person.organisation,
      certificatePem,
      privateKeyPem,
    });
    const key = freshKey("p384");
    await other.contract.submitTransaction("put", key, "value");
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("value");
  });

  it("must go with the key that signs", async () => {
    const other = await target.person();
    const { submit } = await refusals({ ...person, privateKeyPem: other.privateKeyPem });
    expect(submit).toMatchObject({ code: status.ABORTED });
  });

  it("must not have expired", async () => {
    const theirs = await target.session(await target.expiredPerson());
    const error = (await failureOf(theirs.contract.submitTransaction("ping"))) as EndorseError;
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(error.details.some(({ message }) => message.includes("client identity expired"))).toBe(true);
  });

  it("are refused once they are revoked, what they did before stands", async () => {
    const revoked = await target.person();
    const key = freshKey("revoked");
    const theirs = await target.session(revoked);
    await theirs.contract.submitTransaction("put", key, "before");
    const endorsed = await theirs.contract.newProposal("put", { arguments: [key, "after"] }).endorse();
    const { ca, registrar } = await registrarOf(revoked.organisation);
    await ca.revoke(registrar, { certificatePem: revoked.certificatePem });
    await vi.waitUntil(async () => {
      const [error] = (await Promise.allSettled([theirs.contract.evaluateTransaction("ping")])) as [
        PromiseSettledResult<Uint8Array>,
      ];
      return error.status === "rejected";
    }, 60_000);
    expect(await failureOf(theirs.contract.submitTransaction("ping"))).toMatchObject({
      code: status.ABORTED,
    });
    expect(await failureOf(endorsed.submit())).toMatchObject({ code: status.ABORTED });
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("before");
  });

  it("leave the person's other certificates alone when one is revoked", async () => {
    const [one, other] = [await target.person(), await target.person()];
    const { ca, registrar } = await registrarOf(one.organisation);
    await ca.revoke(registrar, { enrolmentId: one.enrolmentId });
    const theirs = await target.session(other);
    expect(textOf(await theirs.contract.evaluateTransaction("ping"))).toBe("pong");
  });
});

describe("what was signed", () => {
  it("must not be altered in a proposal", async () => {
    const proposal = session.contract.newProposal("put", { arguments: [freshKey("altered"), "10"] });
    await proposal.endorse();
    const proposed = messages.ProposedTransaction.deserializeBinary(proposal.getBytes());
    const signed = proposed.getProposal();
    if (!signed) throw new Error("the proposal is not signed");
    const bytes = Buffer.from(signed.getProposalBytes_asU8());
    bytes.write("99", bytes.lastIndexOf("10"));
    signed.setProposalBytes(bytes);
    const altered = session.gateway.newProposal(proposed.serializeBinary());
    const error = (await failureOf(altered.endorse())) as EndorseError;
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(error.details[0]?.message).toContain("access denied");
  });

  it("must not be altered in a transaction", async () => {
    const transaction = await signedTransaction("1111");
    const error = await failureOf(session.gateway.newTransaction(altered(transaction)).submit());
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(String(error)).toContain("status=FORBIDDEN");
  });

  it("must be what was endorsed, even if the sender signs it again", async () => {
    const key = freshKey("rewritten");
    const transaction = await signedTransaction("2222", key);
    const prepared = messages.PreparedTransaction.deserializeBinary(altered(transaction, "2222"));
    prepared.getEnvelope()?.setSignature("");
    const again = session.gateway.newTransaction(prepared.serializeBinary());
    const commit = await (await again.submit()).getStatus();
    expect(commit.successful).toBe(false);
    expect([StatusCode.ENDORSEMENT_POLICY_FAILURE, StatusCode.INVALID_ENDORSER_TRANSACTION]).toContain(
      commit.code,
    );
    expect(textOf(await session.contract.evaluateTransaction("get", key))).toBe("");
  });

  it("must be sent by who proposed it", async () => {
    const key = freshKey("stolen");
    const proposal = session.contract.newProposal("put", { arguments: [key, "value"] });
    const endorsed = await proposal.endorse();
    const thief = await target.session(await target.person("case"));
    const error = await failureOf(thief.gateway.newTransaction(endorsed.getBytes()).submit());
    expect(error).toMatchObject({ code: status.ABORTED });
  });

  it("must carry the id that nonce and creator give", async () => {
    const error = (await failureOf(
      proposalWith((header) => header.setTxId(randomBytes(32).toString("hex"))).endorse(),
    )) as EndorseError;
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(error.details[0]?.message).toContain("incorrectly computed txid");
  });

  it("must be a transaction's proposal, not a configuration's", async () => {
    const error = (await failureOf(
      proposalWith((header) => header.setType(common.HeaderType.CONFIG_UPDATE)).endorse(),
    )) as EndorseError;
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(error.details[0]?.message).toContain("invalid header type CONFIG_UPDATE");
  });

  /** A proposal whose channel header was changed before it was signed. */
  function proposalWith(change: (header: InstanceType<typeof common.ChannelHeader>) => void) {
    const unsigned = session.contract.newProposal("ping");
    const proposed = messages.ProposedTransaction.deserializeBinary(unsigned.getBytes());
    const signed = proposed.getProposal() ?? new peer.SignedProposal();
    const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
    const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    change(channelHeader);
    header.setChannelHeader(channelHeader.serializeBinary());
    proposal.setHeader(header.serializeBinary());
    signed.setProposalBytes(proposal.serializeBinary());
    signed.setSignature("");
    return session.gateway.newProposal(proposed.serializeBinary());
  }

  /** A signed transaction that writes this value, which was never submitted. */
  async function signedTransaction(value: string, key = freshKey("signed")): Promise<Uint8Array> {
    const endorsed = await session.contract.newProposal("put", { arguments: [key, value] }).endorse();
    return endorsed.getBytes();
  }

  /** The same with the value written changed. */
  function altered(transaction: Uint8Array, value = "1111"): Uint8Array {
    const prepared = messages.PreparedTransaction.deserializeBinary(transaction);
    const envelope = prepared.getEnvelope() ?? new common.Envelope();
    if (envelope.getSignature_asU8().length === 0) envelope.setSignature(Buffer.alloc(70, 1));
    const payload = Buffer.from(envelope.getPayload_asU8());
    payload.write("9999", payload.lastIndexOf(value));
    envelope.setPayload(payload);
    return prepared.serializeBinary();
  }
});
