/** Evidence as it is read, wherever it comes from: whole blocks, or headers of blocks that say nothing of the round. */
import { BundleError, readBundle } from "../../ledger/evidence/read-bundle";
import { textOf } from "./text";

export interface BlockFrame {
  readonly bytes: Uint8Array;
  /** False where the block's transactions are left out. */
  readonly whole: boolean;
}

/** The evidence could not be looked at: it is not there, or is nothing of the kind. */
export class NoEvidenceError extends Error {
  override readonly name = "NoEvidenceError";
}

/** What the evidence says of itself. */
export interface EvidenceEnd {
  readonly height: number;
  readonly hash: Uint8Array;
}

export interface Evidence {
  readonly frames: AsyncIterable<BlockFrame>;
  /** Asked after the frames: where the evidence says it ends, and why it ends too early, if it does. */
  end(): EvidenceEnd | undefined;
  cut(): string | undefined;
  /** The round that a bundle is of. */
  of(): { municipality: string; round: string } | undefined;
}

export function evidenceOfBlocks(blocks: AsyncIterable<Uint8Array>): Evidence {
  return {
    frames: (async function* () {
      for await (const bytes of blocks) yield { bytes, whole: true };
    })(),
    end: () => undefined,
    cut: () => undefined,
    of: () => undefined,
  };
}

/** @throws NoEvidenceError, from the frames, for a file that is no bundle */
export function evidenceOfBundle(chunks: AsyncIterable<Uint8Array>): Evidence {
  let end: EvidenceEnd | undefined;
  let cut: string | undefined;
  let of: { municipality: string; round: string } | undefined;
  const frames = async function* (): AsyncGenerator<BlockFrame> {
    try {
      for await (const { kind, bytes } of readBundle(chunks)) {
        if (kind === "head") of = headOf(bytes);
        else if (kind === "end") end = endOf(bytes);
        else yield { bytes, whole: kind === "block" };
      }
    } catch (error) {
      if (!(error instanceof BundleError)) throw error;
      if (error.fault === "no_bundle") throw new NoEvidenceError(error.message, { cause: error });
      cut = error.message;
    }
  };
  return { frames: frames(), end: () => end, cut: () => cut, of: () => of };
}

function headOf(bytes: Uint8Array): { municipality: string; round: string } {
  try {
    const { municipality, round } = JSON.parse(textOf(bytes)) as Record<string, unknown>;
    if (typeof municipality === "string" && typeof round === "string") return { municipality, round };
  } catch {}
  throw new NoEvidenceError("the bundle does not say which round it is of");
}

function endOf(bytes: Uint8Array): EvidenceEnd {
  if (bytes.length !== 40) throw new NoEvidenceError("the bundle's end cannot be read");
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { height: Number(view.readBigUInt64BE(0)), hash: bytes.subarray(8) };
}
