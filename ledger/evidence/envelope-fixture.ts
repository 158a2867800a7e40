import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { common, msp, peer } from "@hyperledger/fabric-protos";
import timestampMessages from "google-protobuf/google/protobuf/timestamp_pb";
import { transactionId } from "./hash";

/** Somebody who signs in tests: a real P-256 key under a made-up certificate text. */
export interface TestSigner {
  readonly identity: Uint8Array;
  readonly publicKey: KeyObject;
  sign(message: Uint8Array): Uint8Array;
}

export function testSigner(mspId: string, name = "somebody"): TestSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(`certificate of ${name}`));
  return {
    identity: identity.serializeBinary(),
    publicKey,
    sign: (message) => sign("sha256", message, privateKey),
  };
}

export interface TestTransaction {
  readonly results: Uint8Array;
  readonly creator?: TestSigner;
  readonly endorsers?: readonly TestSigner[];
  readonly nonce?: Uint8Array;
  readonly args?: readonly string[];
  readonly event?: { readonly name: string; readonly payload: Uint8Array; readonly chaincode?: string };
  /** What the response says was run: `cocity` at 1.0, where nothing else is. */
  readonly chaincode?: { readonly name: string; readonly version: string } | null;
  /** What the channel header says is to run; serialised, so that it may be anything. */
  readonly extension?: Uint8Array;
  readonly channel?: string;
  readonly epoch?: number;
  /** Replaces the transaction's id. */
  readonly id?: string;
  /** Replaces the hash of the proposal. */
  readonly proposalHash?: Uint8Array;
  /** Replaces the serialised response of the chaincode. */
  readonly action?: Uint8Array;
  readonly seconds?: number;
  readonly nanos?: number;
}

const anyone = testSigner("ComuneMSP");
const cocity = { name: "cocity", version: "1.0" };

/** An endorsed transaction as a client sends it, serialised: every hash and signature in it is real. */
export function makeEnvelope(options: TestTransaction): Uint8Array {
  const { creator = anyone, endorsers = [anyone], nonce = randomBytes(24), args = ["put"] } = options;
  const { id = transactionId(nonce, creator.identity) } = options;
  const header = makeHeader(common.HeaderType.ENDORSER_TRANSACTION, id, nonce, creator, options);
  const proposal = proposalPayload(args);
  const responsePayload = proposalResponsePayload(options, id, header, proposal);

  const action = new peer.ChaincodeEndorsedAction();
  action.setProposalResponsePayload(responsePayload);
  for (const endorser of endorsers) {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(endorser.identity);
    endorsement.setSignature(endorser.sign(Buffer.concat([responsePayload, endorser.identity])));
    action.addEndorsements(endorsement);
  }
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposal);
  actionPayload.setAction(action);
  const transactionAction = new peer.TransactionAction();
  transactionAction.setHeader(header.getSignatureHeader_asU8());
  transactionAction.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.addActions(transactionAction);
  return seal(header, transaction.serializeBinary(), creator);
}

/** A channel configuration as block 0 holds it. */
export function makeConfigEnvelope(data = Buffer.alloc(0), creator: TestSigner = anyone): Uint8Array {
  const nonce = randomBytes(24);
  const id = transactionId(nonce, creator.identity);
  return seal(makeHeader(common.HeaderType.CONFIG, id, nonce, creator, {}), data, creator);
}

function makeHeader(
  type: number,
  id: string,
  nonce: Uint8Array,
  creator: TestSigner,
  options: Omit<TestTransaction, "results">,
): InstanceType<typeof common.Header> {
  const { seconds = 1_700_000_000, nanos = 123_456_789, channel: on = "commons", epoch = 0 } = options;
  const timestamp = new timestampMessages.Timestamp();
  timestamp.setSeconds(seconds);
  timestamp.setNanos(nanos);
  const channel = new common.ChannelHeader();
  channel.setType(type as ReturnType<typeof channel.getType>);
  channel.setTimestamp(timestamp);
  channel.setChannelId(on);
  channel.setEpoch(epoch);
  channel.setTxId(id);
  const extension = new peer.ChaincodeHeaderExtension();
  const named = new peer.ChaincodeID();
  named.setName("cocity");
  extension.setChaincodeId(named);
  channel.setExtension$(options.extension ?? extension.serializeBinary());
  const signature = new common.SignatureHeader();
  signature.setCreator(creator.identity);
  signature.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(signature.serializeBinary());
  return header;
}

function proposalPayload(args: readonly string[]): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((arg) => Buffer.from(arg)));
  const spec = new peer.ChaincodeSpec();
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  return payload.serializeBinary();
}

function proposalResponsePayload(
  { results, event, chaincode: ran = cocity, proposalHash, action: made }: TestTransaction,
  id: string,
  header: InstanceType<typeof common.Header>,
  proposal: Uint8Array,
): Uint8Array {
  const response = new peer.Response();
  response.setStatus(200);
  const action = new peer.ChaincodeAction();
  action.setResults(results);
  if (ran) {
    const chaincode = new peer.ChaincodeID();
    chaincode.setName(ran.name);
    chaincode.setVersion(ran.version);
    action.setChaincodeId(chaincode);
  }
  action.setResponse(response);
  if (event) {
    const message = new peer.ChaincodeEvent();
    message.setChaincodeId(event.chaincode ?? "cocity");
    message.setTxId(id);
    message.setEventName(event.name);
    message.setPayload(event.payload);
    action.setEvents(message.serializeBinary());
  }
  const payload = new peer.ProposalResponsePayload();
  payload.setExtension$(made ?? action.serializeBinary());
  payload.setProposalHash(
    proposalHash ??
      createHash("sha256")
        .update(header.getChannelHeader_asU8())
        .update(header.getSignatureHeader_asU8())
        .update(proposal)
        .digest(),
  );
  return payload.serializeBinary();
}

function seal(header: InstanceType<typeof common.Header>, data: Uint8Array, creator: TestSigner): Uint8Array {
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(data);
  const bytes = payload.serializeBinary();
  const envelope = new common.Envelope();
  envelope.setPayload(bytes);
  envelope.setSignature(creator.sign(bytes));
  return envelope.serializeBinary();
}
