import { common, orderer } from "@hyperledger/fabric-protos";
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
  envelope: InstanceType<typeof common.Envelope>,
  channel: string,
  height: number,
  identities: IdentityDirectory,
): Promise<Seek> {
  const { payload, channelHeader, creator } = readEnvelope(envelope);
  const stated = channelHeader.getTimestamp();
  if (!stated) throw badRequest("channel header in envelope must contain timestamp");
  if (Math.abs(Date.now() - stated.getSeconds() * 1000) > timeWindowMs)
    throw badRequest("the request's time is too far from the ledger's clock");
  if (channelHeader.getChannelId() !== channel)
    throw new SeekRefusedError(common.Status.NOT_FOUND, `channel ${channelHeader.getChannelId()} not found`);
  const info = deserialise(() => orderer.SeekInfo.deserializeBinary(payload.getData_asU8()));
  const identity = await authorised(async () => {
    const member = await requireMember(
      identities,
      "Readers",
      creator,
      envelope.getPayload_asU8(),
      envelope.getSignature_asU8(),
    );
    requireCurrent(member, "deliver client identity expired");
    return member;
  });
  const [from, to] = [info.getStart(), info.getStop()];
  if (!from || !to) throw badRequest("the request has no start or no stop");
  const start = startOf(from, height);
  const stop = stopOf(from, to, start, height);
  const failIfNotReady = info.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY;
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

type SeekPosition = InstanceType<typeof orderer.SeekPosition>;

function startOf(position: SeekPosition, height: number): number {
  const specified = position.getSpecified()?.getNumber();
  if (specified !== undefined) {
    if (specified > height) throw notFound(`block ${specified} is beyond the next block, ${height}`);
    return specified;
  }
  if (position.getNextCommit()) return height;
  if (position.getNewest()) return height - 1;
  if (position.getOldest()) return 0;
  throw notFound("the start position is of no known kind");
}

function stopOf(from: SeekPosition, to: SeekPosition, start: number, height: number): number {
  const specified = to.getSpecified()?.getNumber();
  if (specified !== undefined) {
    if (specified < start) throw badRequest(`start number ${start} greater than stop number ${specified}`);
    return specified;
  }
  if (to.getNewest()) return from.getNewest() ? start : height - 1;
  return start;
}

function readEnvelope(envelope: InstanceType<typeof common.Envelope>) {
  return deserialise(() => {
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = payload.getHeader();
    if (!header) throw badRequest("envelope has no header");
    return {
      payload,
      channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
      creator: common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()).getCreator_asU8(),
    };
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
