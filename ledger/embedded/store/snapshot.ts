import { mkdir, readdir, stat } from "node:fs/promises";
import type { ChainEnd } from "../../evidence/chain";
import { AcknowledgementFile } from "./acknowledgement";
import type { BlockFile } from "./block-file";
import { LedgerOpenError } from "./errors";
import { paths, writeFormat } from "./folder";
import type { PrivateStore } from "./private-store";
import type { LevelSnapshot } from "./state-database";
import type { SnapshotReport } from "./types";

/** One point between two commits. */
export interface Moment {
  readonly end: ChainEnd;
  /** Length of the block file then. */
  readonly length: number;
  readonly private: LevelSnapshot;
}

/**
 * Writes a ledger folder as of the moment: blocks, private data and the acknowledgement. The state is not copied: the
 * first start makes it from the blocks, and so checks the copy. The format comes last; without it a folder is no ledger.
 */
export async function copyLedger(
  dir: string,
  blocks: BlockFile,
  store: PrivateStore,
  moment: Moment,
): Promise<SnapshotReport> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if ((await readdir(dir)).length > 0) {
    throw new LedgerOpenError("format", "the folder for the copy is not empty");
  }
  await blocks.copyTo(paths.blocks(dir), moment.length);
  await store.copyTo(paths.private(dir), moment.private);
  const { height, hash } = moment.end;
  await AcknowledgementFile.create(dir, {
    height,
    length: moment.length,
    hash: height === 0 ? new Uint8Array(32) : hash,
  });
  await writeFormat(dir);
  const { size } = await stat(paths.blocks(dir));
  return { height, bytes: size };
}
