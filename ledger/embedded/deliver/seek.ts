import { common, orderer } from "@hyperledger/fabric-protos";
import { decode, newBudget } from "../../evidence/protobuf/decode";
import * as messages from "../../evidence/protobuf/messages";
import { AccessDeniedError, requireCurrent, requireMember } from "../gateway/access";
import type { Identity, IdentityDirectory } from "../msp/identity";

/** Clocks may be this far apart (`peer.authentication.timewindow`). */
const timeWindowMs = 15 * 60_000;

/** A seek request that is answered with a status instead of blocks. */
export class SeekRefusedError extends Error {
  override readonly name = "SeekRefusedError";
  constructor(
    /** A `common.Status` number. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Seek {
  readonly channel: string;
  readonly start: number;
  /** The last block to be sent. */
  readonly stop: number;
  readonly failIfNotReady: boolean;
  readonly identity: Identity;
  /** @throws SeekRefusedError once the client may no longer listen */
  authorise(): Promise<void>;
}

/**
 * Reads a signed `orderer.SeekInfo` (`common/deliver/deliver.go`).
 * @throws SeekRefusedError
 */
export async function readSeek(
  envelope: messages.Envelope,
  channel: string,
  height: number,
  identities: IdentityDirectory,
): Promise<Seek> {
  const { data, channelHeader, creator } = readEnvelope(envelope);
  const stated = channelHeader.timestamp;
  if (!stated) throw badRequest("channel header in envelope must contain timestamp");
  if (Math.abs(Date.now() - stated.seconds * 1000) > timeWindowMs)
    throw badRequest("the request's time is too far from the ledger's clock");
  if (channelHeader.channelId !== channel)
    throw new SeekRefusedError(common.Status.NOT_FOUND, `channel ${channelHeader.channelId} not found`);
  const info = deserialise(() => decode(messages.seekInfo, data));
  const identity = await authorised(async () => {
    const member = await requireMember(identities, "Readers", creator, envelope.payload, envelope.signature);
    requireCurrent(member, "deliver client identity expired");
    return member;
  });
  const { start: from, stop: to } = info;
  if (!from || !to) throw badRequest("the request has no start or no stop");
  const start = startOf(from, height);
  const stop = stopOf(from, to, start, height);
  const failIfNotReady = info.behavior === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY;
  return {
    channel,
    start,
    stop,
    failIfNotReady,
    identity,
    // The signature was checked; from here on only revocation and expiry can change.
    authorise: () =>
      authorised(async () => requireCurrent(identities.find(creator), "deliver client identity expired")),
  };
}

function startOf(position: messages.SeekPosition, height: number): number {
  const specified = position.specified?.number;
  if (specified !== undefined) {
    if (specified > height) throw notFound(`block ${specified} is beyond the next block, ${height}`);
    return specified;
  }
  if (position.nextCommit) return height;
  if (position.newest) return height - 1;
  if (position.oldest) return 0;
  throw notFound("the start position is of no known kind");
}

function stopOf(
  from: messages.SeekPosition,
  to: messages.SeekPosition,
  start: number,
  height: number,
): number {
  const specified = to.specified?.number;
  if (specified !== undefined) {
    if (specified < start) throw badRequest(`start number ${start} greater than stop number ${specified}`);
    return specified;
  }
  if (to.newest) return from.newest ? start : height - 1;
  return start;
}

function readEnvelope(envelope: messages.Envelope) {
  return deserialise(() => {
    const budget = newBudget();
    const { header, data } = decode(messages.payload, envelope.payload, budget);
    if (!header) throw badRequest("envelope has no header");
    const channelHeader = decode(messages.channelHeader, header.channelHeader, budget);
    const { creator } = decode(messages.signatureHeader, header.signatureHeader, budget);
    return { data, channelHeader, creator };
  });
}

function deserialise<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SeekRefusedError ? error : badRequest(`malformed request: ${String(error)}`);
  }
}

async function authorised<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    const reason = error instanceof AccessDeniedError ? error.message : String(error);
    throw new SeekRefusedError(common.Status.FORBIDDEN, reason);
  }
}

function badRequest(message: string): SeekRefusedError {
  return new SeekRefusedError(common.Status.BAD_REQUEST, message);
}

function notFound(message: string): SeekRefusedError {
  return new SeekRefusedError(common.Status.NOT_FOUND, message);
}
