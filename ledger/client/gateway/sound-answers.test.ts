import {
  type Client,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { connect, type Gateway, GatewayError, hash } from "@hyperledger/fabric-gateway";
import { common, gateway as messages, peer } from "@hyperledger/fabric-protos";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bytesField, messageOf } from "../../embedded/wire";
import { makeEnvelope } from "../../evidence/envelope-fixture";
import { openClient } from "./grpc-client";

/** Field 1, and 4 GiB of it announced. */
const lie = Buffer.from("0affffffff0f", "hex");

/** What the peer answers, whatever it is asked. */
let answer: Uint8Array;
let details: Buffer | undefined;
let server: Server;
let client: Client;
let gateway: Gateway;

const raw = {
  requestStream: false,
  requestSerialize: (bytes: Buffer) => bytes,
  requestDeserialize: (bytes: Buffer) => bytes,
  responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
  responseDeserialize: (bytes: Buffer) => bytes,
  responseStream: false,
};

/** A peer that speaks gRPC and says what it is told to say. */
beforeAll(async () => {
  server = new Server();
  const reply = (_: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => {
    if (!details) return done(null, answer);
    const metadata = new Metadata();
    metadata.set("grpc-status-details-bin", details);
    done({ code: status.ABORTED, details: "no", metadata });
  };
  server.addService(
    {
      evaluate: { ...raw, path: "/gateway.Gateway/Evaluate" },
      endorse: { ...raw, path: "/gateway.Gateway/Endorse" },
      commitStatus: { ...raw, path: "/gateway.Gateway/CommitStatus" },
      deliver: { ...raw, path: "/protos.Deliver/Deliver", requestStream: true, responseStream: true },
    },
    {
      evaluate: reply,
      endorse: reply,
      commitStatus: reply,
      deliver: (stream: { write(bytes: Uint8Array): void; end(): void }) => {
        stream.write(answer);
        stream.end();
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  client = openClient({ name: "peer", endpoint: `127.0.0.1:${port}`, hostname: "localhost" });
  gateway = connect({
    client,
    identity: { mspId: "ComuneMSP", credentials: Buffer.from("certificate") },
    hash: hash.none,
    signer: async () => Buffer.from("signature"),
  });
});
beforeEach(() => {
  details = undefined;
});
afterAll(() => {
  gateway?.close();
  client?.close();
  server?.forceShutdown();
});

const contract = () => gateway.getNetwork("channel").getContract("cocity");
const blocks = async () => {
  const events = await gateway.getNetwork("channel").getBlockEvents({ startBlock: 0n });
  try {
    for await (const block of events) return block.serializeBinary();
    return undefined;
  } finally {
    events.close();
  }
};

describe("a peer whose answer announces more than it holds is not read", () => {
  it.each([
    ["at the beginning", lie],
    ["within", messageOf(bytesField(1, lie))],
    ["under another type", Buffer.from("08ffffffff0f", "hex")],
  ])("%s", async (_, bytes) => {
    answer = bytes;
    await expect(contract().evaluateTransaction("get")).rejects.toBeInstanceOf(GatewayError);
    await expect(contract().newProposal("put").endorse()).rejects.toBeInstanceOf(GatewayError);
    await expect(blocks()).rejects.toThrow();
  });

  it("deep in what was endorsed", async () => {
    const payload = new common.Payload();
    const transaction = new peer.Transaction();
    const action = new peer.TransactionAction();
    action.setPayload(lie);
    transaction.addActions(action);
    payload.setData(transaction.serializeBinary());
    const envelope = new common.Envelope();
    envelope.setPayload(payload.serializeBinary());
    const response = new messages.EndorseResponse();
    response.setPreparedTransaction(envelope);
    answer = response.serializeBinary();
    await expect(contract().newProposal("put").endorse()).rejects.toBeInstanceOf(GatewayError);
  });

  it("in a block that nobody asked for", async () => {
    answer = messageOf(bytesField(3, lie));
    await expect(blocks()).rejects.toBeInstanceOf(GatewayError);
  });

  it("in the details of an error, which is told without them", async () => {
    for (const bytes of [lie, messageOf(bytesField(3, messageOf(bytesField(2, lie))))]) {
      details = Buffer.from(bytes);
      const error: unknown = await contract()
        .evaluateTransaction("get")
        .catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(GatewayError);
      expect(error).toMatchObject({ code: status.ABORTED, details: [] });
    }
  });
});

describe("a peer that answers truly is read", () => {
  it("in all that it is asked", async () => {
    const result = new peer.Response();
    result.setPayload(Buffer.from("value"));
    const evaluated = new messages.EvaluateResponse();
    evaluated.setResult(result);
    answer = evaluated.serializeBinary();
    expect(Buffer.from(await contract().evaluateTransaction("get")).toString()).toBe("value");

    const endorsed = new messages.EndorseResponse();
    endorsed.setPreparedTransaction(
      common.Envelope.deserializeBinary(makeEnvelope({ results: new Uint8Array() })),
    );
    answer = endorsed.serializeBinary();
    expect((await contract().newProposal("put").endorse()).getBytes().length).toBeGreaterThan(0);

    const block = new common.Block();
    block.setHeader(new common.BlockHeader());
    const delivered = new peer.DeliverResponse();
    delivered.setBlock(block);
    answer = delivered.serializeBinary();
    expect(await blocks()).toEqual(block.serializeBinary());
  });

  it("and an error with its details", async () => {
    const detail = new messages.ErrorDetail();
    detail.setMessage("not today");
    const any = messageOf(
      bytesField(1, Buffer.from("type.googleapis.com/gateway.ErrorDetail")),
      bytesField(2, detail.serializeBinary()),
    );
    details = Buffer.from(messageOf(bytesField(3, any)));
    const error: unknown = await contract()
      .evaluateTransaction("get")
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ details: [{ message: "not today" }] });
  });
});
