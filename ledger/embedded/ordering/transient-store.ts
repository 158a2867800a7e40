import { createHash } from "node:crypto";
import { ClassicLevel } from "classic-level";

/**
 * Private data of endorsed transactions that are not committed yet (Fabric's transient store). The client may
 * submit long after the endorsement, and the peer may have been restarted in between.
 */
export class TransientStore {
  private constructor(private readonly level: ClassicLevel<string, Uint8Array>) {}

  static async open(path: string): Promise<TransientStore> {
    const level = new ClassicLevel<string, Uint8Array>(path, { valueEncoding: "view" });
    await level.open();
    return new TransientStore(level);
  }

  /** Keeps what one simulation wrote, told apart by the payload that was endorsed. On disk when it resolves. */
  async keep(transactionId: string, payload: Uint8Array, writes: Uint8Array, height: number): Promise<void> {
    const heightBytes = Buffer.alloc(8);
    heightBytes.writeBigUInt64BE(BigInt(height));
    await this.level.put(keyOf(transactionId, payload), Buffer.concat([heightBytes, writes]), { sync: true });
  }

  async find(transactionId: string, payload: Uint8Array): Promise<Uint8Array | undefined> {
    const entry = await this.level.get(keyOf(transactionId, payload));
    return entry?.subarray(8);
  }

  /** Forgets what belongs to a committed transaction. */
  async forget(transactionId: string): Promise<void> {
    await this.level.clear({ gte: `${transactionId}/`, lt: `${transactionId}0` });
  }

  /** Forgets everything endorsed below a height: nobody will submit it any more. */
  async purgeBelow(height: number): Promise<number> {
    const old: string[] = [];
    for await (const [key, value] of this.level.iterator())
      if (Buffer.from(value.buffer, value.byteOffset, 8).readBigUInt64BE() < BigInt(height)) old.push(key);
    await this.level.batch(old.map((key) => ({ type: "del", key })));
    return old.length;
  }

  async close(): Promise<void> {
    await this.level.close();
  }
}

function keyOf(transactionId: string, payload: Uint8Array): string {
  return `${transactionId}/${createHash("sha256").update(payload).digest("hex")}`;
}
