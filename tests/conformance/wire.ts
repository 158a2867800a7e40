import { createPrivateKey } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { common, gateway as messages, msp, peer } from "@hyperledger/fabric-protos";
import type { Connection } from "@/ledger/client/connection";
import { signLowS } from "@/ledger/embedded/msp/signature";
import type { Person } from "@/tests/fabric/people";
import type { Session } from "./target";

const patience = 30_000;

/** The parts of an endorsed transaction that a client can change before it signs, google-protobuf's messages. */
export interface Parts {
  readonly channelHeader: InstanceType<typeof common.ChannelHeader>;
  readonly signatureHeader: InstanceType<typeof common.SignatureHeader>;
  readonly transaction: InstanceType<typeof peer.Transaction>;
  /** The one action of `transaction`. */
  readonly action: InstanceType<typeof peer.TransactionAction>;
  /** Goes into `action` unless `actionPayloadBytes` is set. */
  readonly actionPayload: InstanceType<typeof peer.ChaincodeActionPayload>;
  /** Replaces the serialised `actionPayload`. */
  actionPayloadBytes?: Uint8Array;
}

/** Somebody at a peer with nothing between: bytes go out as they are, whatever they are. */
export class Wire {
  readonly #client: grpc.Client;

  constructor(
    private readonly connection: Connection,
    private readonly person: Person,
  ) {
    const node = person.organisation.peers[0];
    if (!node) throw new Error("the connection names no peer");
    this.#client = new grpc.Client(
      node.endpoint,
      node.tlsCaPem
        ? grpc.credentials.createSsl(Buffer.from(node.tlsCaPem))
        : grpc.credentials.createInsecure(),
      { "grpc.ssl_target_name_override": node.hostname, "grpc.max_send_message_length": -1 },
    );
  }

  /** @throws grpc.ServiceError */
  unary(method: string, request: Uint8Array, deadline = Date.now() + patience): Promise<Buffer> {
    return new Promise((resolve, reject) =>
      this.#client.makeUnaryRequest(
        method,
        (bytes: Uint8Array) => Buffer.from(bytes),
        (bytes: Buffer) => bytes,
        request,
        new grpc.Metadata(),
        { deadline },
        (error, answer) => (answer ? resolve(answer) : reject(error ?? new Error("no answer"))),
      ),
    );
  }

  bidirectional(method: string): grpc.ClientDuplexStream<Uint8Array, Buffer> {
    return this.#client.makeBidiStreamRequest(
      method,
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes: Buffer) => bytes,
    );
  }

  sign(message: Uint8Array): Buffer {
    return signLowS(createPrivateKey(this.person.privateKeyPem), message);
  }

  identity(): Uint8Array {
    const identity = new msp.SerializedIdentity();
    identity.setMspid(this.person.organisation.mspId);
    identity.setIdBytes(Buffer.from(this.person.certificatePem));
    return identity.serializeBinary();
  }

  /** Has a transaction endorsed, changes it, signs it as it is then, and submits it. @returns its validation code */
  async submitChanged(session: Session, change: (parts: Parts) => void, ...args: string[]): Promise<number> {
    const [name = "", ...rest] = args;
    const endorsed = await session.contract.newProposal(name, { arguments: rest }).endorse();
    const prepared = messages.PreparedTransaction.deserializeBinary(endorsed.getBytes()).getEnvelope();
    const payload = common.Payload.deserializeBinary(prepared?.getPayload_asU8() ?? new Uint8Array());
    const header = payload.getHeader() ?? new common.Header();
    const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
    const [action = new peer.TransactionAction()] = transaction.getActionsList();
    const parts: Parts = {
      channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
      signatureHeader: common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
      transaction,
      action,
      actionPayload: peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()),
    };
    change(parts);
    header.setChannelHeader(parts.channelHeader.serializeBinary());
    header.setSignatureHeader(parts.signatureHeader.serializeBinary());
    action.setPayload(parts.actionPayloadBytes ?? parts.actionPayload.serializeBinary());
    payload.setHeader(header);
    payload.setData(transaction.serializeBinary());
    await this.submit(payload.serializeBinary());
    return this.codeOf(endorsed.getTransactionId());
  }

  /** Submits an envelope's payload under one's signature. */
  async submit(payload: Uint8Array): Promise<void> {
    const envelope = new common.Envelope();
    envelope.setPayload(payload);
    envelope.setSignature(this.sign(payload));
    const request = new messages.SubmitRequest();
    request.setChannelId(this.connection.channel);
    request.setPreparedTransaction(envelope);
    await this.unary("/gateway.Gateway/Submit", request.serializeBinary());
  }

  async codeOf(transactionId: string): Promise<number> {
    const request = new messages.CommitStatusRequest();
    request.setChannelId(this.connection.channel);
    request.setTransactionId(transactionId);
    request.setIdentity(this.identity());
    const answer = await this.unary(
      "/gateway.Gateway/CommitStatus",
      this.signedRequest(request.serializeBinary()),
    );
    return messages.CommitStatusResponse.deserializeBinary(answer).getResult();
  }

  /** A serialised `SignedCommitStatusRequest` or `SignedChaincodeEventsRequest`: they are alike. */
  signedRequest(request: Uint8Array): Uint8Array {
    const signed = new messages.SignedCommitStatusRequest();
    signed.setRequest(request);
    signed.setSignature(this.sign(request));
    return signed.serializeBinary();
  }

  close(): void {
    this.#client.close();
  }
}
