import { randomBytes } from "node:crypto";
import { type ClientDuplexStream, credentials } from "@grpc/grpc-js";
import { common, msp, peer } from "@hyperledger/fabric-protos";
import { channel } from "@/chaincode/testing/register";

type Message = InstanceType<typeof peer.ChaincodeMessage>;
const { Type } = peer.ChaincodeMessage;

/** Who a transaction is from, as the chaincode sees it. */
export interface Creator {
  mspId: string;
  certificatePem: string;
}

/** What a chaincode answered: its response, and the name and text of its event. */
export interface Answer {
  status: number;
  message: string;
  payload: string;
  event?: { name: string; payload: string };
}

/**
 * The peer's end of the chaincode stream, as much as is needed to ask a started chaincode server something: writes
 * go straight into `state`, one transaction after the other.
 */
export class MiniaturePeer {
  readonly state = new Map<string, Uint8Array>();
  requests = 0;
  readonly #answers = new Map<string, (message: Message) => void>();
  readonly #client: InstanceType<typeof peer.ChaincodeClient>;
  readonly #stream: ClientDuplexStream<Message, Message>;

  private constructor(address: string, registered: (name: string) => void, failed: (error: Error) => void) {
    this.#client = new peer.ChaincodeClient(address, credentials.createInsecure());
    this.#stream = this.#client.connect();
    this.#stream.on("error", failed);
    this.#stream.on("data", (message: Message) => {
      if (message.getType() === Type.REGISTER) {
        registered(peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName());
        for (const type of [Type.REGISTERED, Type.READY]) this.#send(message, type, new Uint8Array());
      } else this.#receive(message);
    });
  }

  /** Connects to a server that may still be starting. @returns the peer and the name the chaincode registered with */
  static async connect(address: string, deadline: number): Promise<{ peer: MiniaturePeer; name: string }> {
    for (;;) {
      try {
        return await new Promise((resolve, reject) => {
          const connected: MiniaturePeer = new MiniaturePeer(
            address,
            (name) => resolve({ peer: connected, name }),
            reject,
          );
        });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  }

  close(): void {
    this.#stream.on("error", () => undefined);
    this.#stream.cancel();
    this.#client.close();
  }

  /** Runs one function of the chaincode with its text arguments. */
  async invoke(creator: Creator, name: string, ...args: string[]): Promise<Answer> {
    const txId = randomBytes(32).toString("hex");
    const input = new peer.ChaincodeInput();
    input.setArgsList([name, ...args].map((arg) => Buffer.from(arg)));
    const message = new peer.ChaincodeMessage();
    message.setType(Type.TRANSACTION);
    message.setTxid(txId);
    message.setChannelId(channel);
    message.setPayload(input.serializeBinary());
    message.setProposal(proposalOf(creator, txId));
    const answered = new Promise<Message>((resolve) => this.#answers.set(txId, resolve));
    this.#stream.write(message);
    const answer = await answered;
    this.#answers.delete(txId);
    if (answer.getType() === Type.ERROR) {
      return { status: 500, message: Buffer.from(answer.getPayload_asU8()).toString(), payload: "" };
    }
    const response = peer.Response.deserializeBinary(answer.getPayload_asU8());
    const event = answer.getChaincodeEvent();
    return {
      status: response.getStatus(),
      message: response.getMessage(),
      payload: Buffer.from(response.getPayload_asU8()).toString(),
      ...(event
        ? {
            event: {
              name: event.getEventName(),
              payload: Buffer.from(event.getPayload_asU8()).toString(),
            },
          }
        : {}),
    };
  }

  #receive(message: Message): void {
    const payload = message.getPayload_asU8();
    this.requests += 1;
    switch (message.getType()) {
      case Type.COMPLETED:
      case Type.ERROR:
        this.#answers.get(message.getTxid())?.(message);
        return;
      case Type.GET_STATE:
        this.#send(
          message,
          Type.RESPONSE,
          this.state.get(peer.GetState.deserializeBinary(payload).getKey()) ?? new Uint8Array(),
        );
        return;
      case Type.PUT_STATE: {
        const put = peer.PutState.deserializeBinary(payload);
        this.state.set(put.getKey(), put.getValue_asU8());
        this.#send(message, Type.RESPONSE, new Uint8Array());
        return;
      }
      default:
        this.#send(message, Type.ERROR, Buffer.from(`not answered here: ${message.getType()}`));
    }
  }

  #send(to: Message, type: number, payload: Uint8Array): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type as never);
    message.setTxid(to.getTxid());
    message.setChannelId(to.getChannelId());
    message.setPayload(payload);
    this.#stream.write(message);
  }
}

function proposalOf(creator: Creator, txId: string) {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(creator.mspId);
  identity.setIdBytes(Buffer.from(creator.certificatePem));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identity.serializeBinary());
  signatureHeader.setNonce(randomBytes(24));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setTxId(txId);
  channelHeader.setChannelId(channel);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(new Uint8Array([10, 0]));
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  return signed;
}
