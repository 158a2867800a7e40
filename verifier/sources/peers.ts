/** Blocks asked of peers, of one organisation or of several at once: where they differ, somebody lies. */
import { createPrivateKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Client, credentials } from "@grpc/grpc-js";
import { common, msp, orderer, peer } from "@hyperledger/fabric-protos";
import timestampMessages from "google-protobuf/google/protobuf/timestamp_pb";
import { NoEvidenceError } from "../chain/frames";

const { Timestamp } = timestampMessages;

export interface PeerAccess {
  readonly channel: string;
  /** A member's certificate and key (PEM files) and its MSP: peers show blocks to members alone. */
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly mspId: string;
  /** Root certificates of the peers' TLS (PEM file); plain gRPC without. */
  readonly tlsRootFile?: string;
  /** The name in the peers' certificates, where it is not the host's. */
  readonly tlsName?: string;
}

/** Milliseconds without a block after which a peer is given up. */
const PATIENCE = 30_000;

/** The first peer's blocks. @throws NoEvidenceError where a peer does not answer, or has another block */
export async function* blocksOfPeers(
  endpoints: readonly string[],
  access: PeerAccess,
): AsyncGenerator<Uint8Array> {
  const seek = await seekEnvelope(access);
  const roots = access.tlsRootFile && (await readFile(access.tlsRootFile));
  const streams = endpoints.map((endpoint) => {
    const secure = roots ? credentials.createSsl(roots) : credentials.createInsecure();
    const options = access.tlsName ? { "grpc.ssl_target_name_override": access.tlsName } : {};
    const client = new Client(endpoint, secure, { "grpc.max_receive_message_length": -1, ...options });
    return { endpoint, client, blocks: deliver(client, endpoint, seek) };
  });
  try {
    for (;;) {
      const [first, ...others] = await Promise.all(streams.map(({ blocks }) => blocks.next()));
      if (!first || first.done) return;
      for (const [index, other] of others.entries())
        if (!other.done && !sameTransactions(first.value, other.value))
          throw new NoEvidenceError(
            `${endpoints[index + 1]} has another block than ${endpoints[0]}: one of them shows a forged chain`,
          );
      yield first.value;
    }
  } finally {
    for (const { client } of streams) client.close();
  }
}

/** Metadata may differ from peer to peer, by their orderers' signatures. */
function sameTransactions(left: Uint8Array, right: Uint8Array): boolean {
  const parts = (bytes: Uint8Array) => {
    const block = common.Block.deserializeBinary(bytes);
    return Buffer.concat(
      [block.getHeader()?.serializeBinary() ?? [], block.getData()?.serializeBinary() ?? []].map((one) =>
        Buffer.from(one),
      ),
    );
  };
  return parts(left).equals(parts(right));
}

async function* deliver(client: Client, endpoint: string, seek: Uint8Array): AsyncGenerator<Uint8Array> {
  const call = client.makeBidiStreamRequest<Uint8Array, Uint8Array>(
    "/protos.Deliver/Deliver",
    (bytes) => Buffer.from(bytes),
    (bytes) => bytes,
    { deadline: Infinity },
  );
  call.write(seek);
  let timer = setTimeout(() => call.cancel(), PATIENCE);
  try {
    for await (const bytes of call as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      const response = peer.DeliverResponse.deserializeBinary(bytes);
      const block = response.getBlock();
      if (!block) {
        const status = response.getStatus();
        if (status === common.Status.SUCCESS) return;
        throw new NoEvidenceError(`${endpoint} shows no blocks: status ${status}`);
      }
      yield block.serializeBinary();
      timer = setTimeout(() => call.cancel(), PATIENCE);
    }
  } catch (error) {
    if (error instanceof NoEvidenceError) throw error;
    throw new NoEvidenceError(`${endpoint}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    call.cancel();
  }
}

/** All blocks that are there now. */
async function seekEnvelope({ channel, certificateFile, keyFile, mspId }: PeerAccess): Promise<Uint8Array> {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(await readFile(certificateFile));
  const start = new orderer.SeekPosition();
  start.setOldest(new orderer.SeekOldest());
  const stop = new orderer.SeekPosition();
  stop.setNewest(new orderer.SeekNewest());
  const info = new orderer.SeekInfo();
  info.setStart(start);
  info.setStop(stop);
  info.setBehavior(orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.DELIVER_SEEK_INFO);
  const now = new Timestamp();
  now.fromDate(new Date());
  channelHeader.setTimestamp(now);
  channelHeader.setChannelId(channel);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identity.serializeBinary());
  signatureHeader.setNonce(randomBytes(24));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(info.serializeBinary());
  const bytes = payload.serializeBinary();
  const envelope = new common.Envelope();
  envelope.setPayload(bytes);
  envelope.setSignature(lowerSignature(createPrivateKey(await readFile(keyFile)), bytes));
  return envelope.serializeBinary();
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** DER with S in the lower half of P-256's order: peers take no signature in its other form. */
function lowerSignature(key: KeyObject, message: Uint8Array): Uint8Array {
  const raw = sign("sha256", message, { key, dsaEncoding: "ieee-p1363" });
  const [r, s] = [raw.subarray(0, 32), raw.subarray(32)].map((part) => BigInt(`0x${part.toString("hex")}`));
  const lower = (s ?? 0n) > ORDER / 2n ? ORDER - (s ?? 0n) : (s ?? 0n);
  const parts = [r ?? 0n, lower].map((value) => {
    const digits = value.toString(16).padStart(64, "0");
    const bytes = Buffer.from(Number.parseInt(digits.slice(0, 2), 16) >= 128 ? `00${digits}` : digits, "hex");
    const start = bytes.findIndex((byte, index) => byte !== 0 || (bytes[index + 1] ?? 128) >= 128);
    const own = bytes.subarray(start);
    return Buffer.from([2, own.length, ...own]);
  });
  const body = Buffer.concat(parts);
  return Buffer.from([0x30, body.length, ...body]);
}
