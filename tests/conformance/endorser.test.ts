import { createPrivateKey, X509Certificate } from "node:crypto";
import { credentials, status } from "@grpc/grpc-js";
import { common, gateway as messages, msp, peer } from "@hyperledger/fabric-protos";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { signLowS, verifyLowS } from "@/ledger/embedded/msp/signature";
import type { Person } from "@/tests/fabric/people";
import { failureOf, freshKey, openTarget, type Session, type Target } from "./target";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let target: Target;
let session: Session;
let person: Person;
let endorser: InstanceType<typeof peer.EndorserClient>;

beforeAll(async () => {
  target = await openTarget();
  person = await target.person();
  session = await target.session(person);
  const [node] = person.organisation.peers;
  if (!node) throw new Error("the connection names no peer");
  endorser = new peer.EndorserClient(
    node.endpoint,
    node.tlsCaPem ? credentials.createSsl(Buffer.from(node.tlsCaPem)) : credentials.createInsecure(),
    { "grpc.ssl_target_name_override": node.hostname },
  );
});
afterAll(async () => {
  endorser?.close();
  await target?.close();
});

type SignedProposal = InstanceType<typeof peer.SignedProposal>;

/** A signed proposal as clients send it that know no gateway. */
function proposalOf(name: string, ...args: string[]): SignedProposal {
  const proposal = session.contract.newProposal(name, { arguments: args });
  const signed = messages.ProposedTransaction.deserializeBinary(proposal.getBytes()).getProposal();
  if (!signed) throw new Error("the proposal is not there");
  const key = createPrivateKey(person.privateKeyPem);
  signed.setSignature(signLowS(key, signed.getProposalBytes_asU8()));
  return signed;
}

/** A signed proposal of no channel, for what a peer answers by itself. */
function withoutChannel(chaincode: string, name: string, ...args: string[]): SignedProposal {
  const proposed = session.network.getContract(chaincode).newProposal(name, { arguments: args });
  const signed = messages.ProposedTransaction.deserializeBinary(proposed.getBytes()).getProposal();
  const proposal = peer.Proposal.deserializeBinary(signed?.getProposalBytes_asU8() ?? new Uint8Array());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  channelHeader.setChannelId("");
  header.setChannelHeader(channelHeader.serializeBinary());
  proposal.setHeader(header.serializeBinary());
  const resigned = new peer.SignedProposal();
  resigned.setProposalBytes(proposal.serializeBinary());
  resigned.setSignature(signLowS(createPrivateKey(person.privateKeyPem), resigned.getProposalBytes_asU8()));
  return resigned;
}

function process(signed: SignedProposal): Promise<InstanceType<typeof peer.ProposalResponse>> {
  return new Promise((resolve, reject) =>
    endorser.processProposal(signed, (error, response) =>
      response ? resolve(response) : reject(error ?? new Error("no answer")),
    ),
  );
}

describe("a peer without its gateway", () => {
  it("endorses with a signature over the payload and its identity", async () => {
    const response = await process(proposalOf("put", freshKey("endorsed"), "value"));
    expect(response.getResponse()?.getStatus()).toBe(200);
    const endorsement = response.getEndorsement() ?? new peer.Endorsement();
    const identity = msp.SerializedIdentity.deserializeBinary(endorsement.getEndorser_asU8());
    expect(identity.getMspid()).toBe("ComuneMSP");
    const certificate = new X509Certificate(identity.getIdBytes_asU8());
    expect(certificate.subject).toContain("OU=peer");
    const signed = Buffer.concat([response.getPayload_asU8(), endorsement.getEndorser_asU8()]);
    expect(verifyLowS(certificate.publicKey, signed, endorsement.getSignature_asU8())).toBe(true);
  });

  it("answers with the chaincode's error", async () => {
    const response = await process(proposalOf("fail", "not today"));
    expect(response.getResponse()?.getStatus()).toBe(500);
    expect(response.getResponse()?.getMessage()).toBe("not today");
    expect(response.getEndorsement()).toBeUndefined();
  });

  it("tells of its channels what the `peer` command asks, without a channel", async () => {
    const { channel } = target.connection;
    const info = await process(withoutChannel("qscc", "GetChainInfo", channel));
    expect(info.getResponse()?.getStatus()).toBe(200);
    const told = common.BlockchainInfo.deserializeBinary(
      info.getResponse()?.getPayload_asU8() ?? new Uint8Array(),
    );
    expect(told.getHeight()).toBeGreaterThan(0);
    const list = await process(withoutChannel("cscc", "GetChannels"));
    const channels = peer.ChannelQueryResponse.deserializeBinary(
      list.getResponse()?.getPayload_asU8() ?? new Uint8Array(),
    );
    expect(channels.getChannelsList().map((one) => one.getChannelId())).toContain(channel);
  });

  it("runs no other chaincode without a channel", async () => {
    const answer = process(withoutChannel(target.connection.chaincode, "ping"));
    const status = await answer.then(
      (one) => one.getResponse()?.getStatus(),
      () => 500,
    );
    expect(status).toBe(500);
  });

  it("refuses a proposal that was altered", async () => {
    const signed = proposalOf("put", freshKey("altered"), "10");
    const bytes = Buffer.from(signed.getProposalBytes_asU8());
    bytes.write("99", bytes.lastIndexOf("10"));
    signed.setProposalBytes(bytes);
    const error = await failureOf(process(signed));
    expect(error).toMatchObject({ code: status.UNKNOWN });
    expect(String(error)).toContain("access denied");
  });
});
