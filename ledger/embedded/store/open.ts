import { rm, stat } from "node:fs/promises";
import { blockCommitHash, blockLastConfig } from "../../evidence/block";
import { same } from "../../evidence/chain";
import { AcknowledgementFile } from "./acknowledgement";
import { applyBlock, recordedUpdates } from "./application";
import { BlockFile } from "./block-file";
import { LedgerOpenError } from "./errors";
import { FileLedger, replayable } from "./file-ledger";
import { hasCurrentState, paths, readFormat, writeFormat } from "./folder";
import { PrivateStore } from "./private-store";
import { StateDatabase } from "./state-database";
import type { Ledger, LedgerOptions } from "./types";

/**
 * Opens the ledger in a folder, made if missing. Checks the checksums of all records and the chain, cuts off a record
 * that was never finished, and applies to the state the blocks it lacks (all of them when the folder "state" is gone).
 *
 * Throws `LedgerOpenError` when the folder is not a ledger, has another format or is in use, or its parts do not belong
 * together; `DamagedBlockError` naming the first block that is not what was written. Never changes a whole record.
 */
export async function openLedger(dir: string, options: LedgerOptions = {}): Promise<Ledger> {
  const format = await readFormat(dir);
  if (!format) await create(dir);
  const opened: { close(): Promise<void> }[] = [];
  try {
    // LevelDB's lock comes first: no second process gets as far as the state or the block file.
    const privateStore = await PrivateStore.open(paths.private(dir));
    opened.push(privateStore);
    if (format && !hasCurrentState(format)) {
      await rm(paths.state(dir), { recursive: true, force: true });
      await writeFormat(dir);
    }
    const state = await StateDatabase.open(paths.state(dir));
    opened.push(state);
    const { file: acknowledgement, acknowledged } = await AcknowledgementFile.open(dir);
    opened.push(acknowledgement);
    await assertBlockFile(dir, acknowledged.length);
    const { onProgress } = options;
    const { file, scan, dropped } = await BlockFile.open(paths.blocks(dir), acknowledged, (done, total) =>
      onProgress?.({ step: "checking", done, total }),
    );
    opened.push(file);
    const { height } = scan.end;
    if (height > acknowledged.height) {
      await acknowledgement.write({ height, length: scan.length, hash: scan.end.hash });
    }
    await privateStore.dropFrom(height);
    const replayed = await replay(file, state, privateStore, options);
    if (height > 0 && !same(state.savepoint().hash, scan.end.hash)) {
      throw new LedgerOpenError("foreign", "the state belongs to another chain of blocks");
    }
    return new FileLedger(
      {
        blocks: file,
        acknowledgement,
        state,
        privateStore,
        end: scan.end,
        commitHash: scan.last && blockCommitHash(scan.last),
        lastConfigBlock: scan.last ? blockLastConfig(scan.last) : 0,
        recovery: { droppedBytes: dropped, replayedBlocks: replayed },
      },
      options,
    );
  } catch (error) {
    for (const each of opened.reverse()) await each.close();
    throw error;
  }
}

async function create(dir: string): Promise<void> {
  await AcknowledgementFile.create(dir);
  await (await PrivateStore.create(paths.private(dir))).close();
  await writeFormat(dir);
}

async function assertBlockFile(dir: string, length: number): Promise<void> {
  if (length === 0) return;
  await stat(paths.blocks(dir)).catch((cause: unknown) => {
    throw new LedgerOpenError("foreign", "the file of blocks is missing", { cause });
  });
}

/** Applies the blocks above the state's savepoint, by the codes they carry. */
async function replay(
  blocks: BlockFile,
  state: StateDatabase,
  store: PrivateStore,
  { blockToLive = () => 0, onProgress }: LedgerOptions,
): Promise<number> {
  const from = state.savepoint().height;
  if (from > blocks.height) {
    throw new LedgerOpenError(
      "foreign",
      `the state is at height ${from}, the blocks end at ${blocks.height}`,
    );
  }
  for (let number = from; number < blocks.height; number += 1) {
    const bytes = await blocks.read(number);
    if (!bytes) break;
    const { hash, transactions, codes } = replayable(bytes);
    const updates = recordedUpdates(number, transactions, codes, state);
    const privateWrites = await store.ofBlock(number);
    await applyBlock(
      { number, hash, transactions, codes, updates, privateWrites },
      state,
      store,
      blockToLive,
    );
    onProgress?.({ step: "replaying", done: number + 1 - from, total: blocks.height - from });
  }
  return blocks.height - from;
}
