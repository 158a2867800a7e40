import { frameKinds, LONGEST_FRAME, MAGIC } from "./bundle";

export interface Frame {
  readonly kind: "head" | "block" | "header" | "end";
  readonly bytes: Uint8Array;
}

/** The bytes are no bundle, or are cut. */
export class BundleError extends Error {
  override readonly name = "BundleError";
  constructor(
    readonly fault: "no_bundle" | "cut",
    message: string,
  ) {
    super(message);
  }
}

const kinds = new Map<number, Frame["kind"]>(
  Object.entries(frameKinds).map(([name, kind]) => [kind, name as Frame["kind"]]),
);

/** Reads a bundle's frames as they come, one in memory at a time. @throws BundleError */
export async function* readBundle(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const reader = new ChunkReader(chunks);
  const magic = await reader.take(MAGIC.length);
  if (magic === undefined || Buffer.from(magic).toString("latin1") !== MAGIC)
    throw new BundleError("no_bundle", "the file does not begin as a bundle does");
  for (let before: Frame["kind"] | undefined; ; ) {
    const head = await reader.take(5);
    if (head === undefined) {
      if (before === "end" && reader.left === 0) return;
      throw new BundleError("cut", "the bundle ends before its last frame");
    }
    if (before === "end") throw new BundleError("no_bundle", "bytes follow the bundle's end");
    const view = new DataView(head.buffer, head.byteOffset, 5);
    const kind = kinds.get(view.getUint8(0));
    const length = view.getUint32(1);
    if (kind === undefined || length > LONGEST_FRAME || (before === undefined) !== (kind === "head"))
      throw new BundleError("no_bundle", "a frame is none that bundles have there");
    const bytes = await reader.take(length);
    if (bytes === undefined) throw new BundleError("cut", "the bundle ends within a frame");
    yield { kind, bytes };
    before = kind;
  }
}

/** Takes exact lengths from chunks of any. */
class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  left = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Undefined where fewer are left; they stay. */
  async take(length: number): Promise<Uint8Array | undefined> {
    while (this.left < length) {
      const next = await this.#chunks.next();
      if (next.done) return undefined;
      this.#held.push(next.value);
      this.left += next.value.length;
    }
    const taken = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const [first] = this.#held as [Uint8Array];
      const part = first.subarray(0, length - filled);
      taken.set(part, filled);
      filled += part.length;
      if (part.length === first.length) this.#held.shift();
      else this.#held[0] = first.subarray(part.length);
    }
    this.left -= length;
    return taken;
  }
}
