import { readBlock } from "../../evidence/block";
import { parseTransaction } from "../../evidence/transaction";
import type { Version } from "../../evidence/types";
import type { BlockFile } from "./block-file";
import type { StateView } from "./state-database";
import type { HistoryEntry, ResultIterator } from "./types";

/** What valid transactions wrote to a key, newest first. The values are read from the blocks, as Fabric's history does. */
export function historyOf(
  namespace: string,
  key: string,
  state: StateView,
  blocks: BlockFile,
): ResultIterator<HistoryEntry> {
  const versions = state.history(namespace, key);
  return {
    async next() {
      const { done, value } = await versions.next();
      return done ? undefined : await entryAt(value, namespace, key, blocks);
    },
    async close() {
      await versions.return(undefined);
    },
  };
}

async function entryAt(
  { block, transaction: index }: Version,
  namespace: string,
  key: string,
  blocks: BlockFile,
): Promise<HistoryEntry> {
  const bytes = await blocks.read(block);
  const envelope = bytes && readBlock(bytes).envelopes[index];
  const transaction = envelope && parseTransaction(envelope);
  const write = transaction?.action?.writes.findLast(
    (each) => each.namespace === namespace && each.key === key,
  );
  if (!transaction || !write)
    throw new Error(`the index of history names block ${block}, which does not write it`);
  return {
    transactionId: transaction.id,
    value: write.value,
    isDelete: write.isDelete,
    timestamp: {
      seconds: Math.floor(transaction.timestamp.getTime() / 1000),
      nanos: transaction.timestampNanos,
    },
  };
}
