import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseBlock, readBlock } from "../../evidence/block";
import { type ChainEnd, checkBlock, checkTransactionIds, emptyChain, same } from "../../evidence/chain";
import { validationCodeName, validationCodes } from "../../evidence/codes";
import { commitHash } from "../../evidence/commit-hash";
import { ChainError } from "../../evidence/errors";
import type { Block } from "../../evidence/types";
import { applyBlock, type BlockToLive } from "./application";
import { DamagedBlockError } from "./errors";
import { PrivateStore } from "./private-store";
import { StateDatabase } from "./state-database";
import type { StoredBlock, VerifyChecks } from "./types";
import { validateBlock } from "./validator";

/** Codes the ledger itself gives by comparing transactions with one another: they are worked out again. */
const ownCodes = new Set<number>([
  validationCodes.VALID,
  validationCodes.DUPLICATE_TXID,
  validationCodes.MVCC_READ_CONFLICT,
  validationCodes.PHANTOM_READ_CONFLICT,
]);

/**
 * Goes through the whole chain again, trusting nothing kept beside it: chain, transaction ids, proposal hashes, every
 * signature (by the callbacks), every validation code that follows from the transactions, and the commit hashes. Uses a
 * state of its own in the system's temporary folder. Throws `DamagedBlockError` at the first fault.
 */
export async function verifyChain(
  blocks: AsyncIterable<StoredBlock>,
  offsetOf: (number: number) => number,
  checks: VerifyChecks,
  blockToLive: BlockToLive,
): Promise<{ blocks: number; transactions: number }> {
  const scratch = await mkdtemp(join(tmpdir(), "ledger-verify-"));
  const state = await StateDatabase.open(join(scratch, "state"));
  const store = await PrivateStore.create(join(scratch, "private"));
  let end: ChainEnd = emptyChain;
  let commit: Uint8Array = new Uint8Array(0);
  let transactions = 0;
  try {
    for await (const { number, bytes } of blocks) {
      try {
        end = checkBlock(readBlock(bytes), end);
        const block = parseBlock(bytes);
        checkTransactionIds(block);
        await checkSignatures(block, checks);
        commit = await checkValidation(block, commit, state, store, blockToLive);
        transactions += block.transactions.length;
      } catch (cause) {
        const detail = cause instanceof Error ? cause.message : String(cause);
        throw new DamagedBlockError(number, offsetOf(number), detail, { cause });
      }
    }
    return { blocks: end.height, transactions };
  } finally {
    await state.close();
    await store.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function checkSignatures(block: Block, checks: VerifyChecks): Promise<void> {
  for (const signature of block.signatures) {
    if ((await checks.blockSignature?.(signature)) === false) {
      throw new ChainError(block.number, "signature", "its orderer's signature does not check");
    }
  }
  for (const transaction of block.transactions) {
    if (transaction.code !== validationCodes.VALID) continue;
    if (
      transaction.action &&
      !same(transaction.action.proposalHash, transaction.action.expectedProposalHash)
    ) {
      throw new ChainError(
        block.number,
        "proposalHash",
        `transaction ${transaction.index} answers another proposal`,
      );
    }
    if ((await checks.transaction?.(transaction)) === false) {
      throw new ChainError(
        block.number,
        "signature",
        `a signature of transaction ${transaction.index} does not check`,
      );
    }
  }
}

async function checkValidation(
  { number, hash, transactions, commitHash: stated }: Block,
  previous: Uint8Array,
  state: StateDatabase,
  store: PrivateStore,
  blockToLive: BlockToLive,
): Promise<Uint8Array> {
  const candidates = transactions.map((transaction) => ({
    transaction,
    code: ownCodes.has(transaction.code) ? validationCodes.VALID : transaction.code,
  }));
  const { codes, updates } = await validateBlock(number, candidates, state);
  for (const { index, code } of transactions) {
    const found = codes[index] ?? validationCodes.NOT_VALIDATED;
    if (found === code) continue;
    const names = `${validationCodeName(code)} where ${validationCodeName(found)} is due`;
    throw new ChainError(number, "codes", `transaction ${index} is marked ${names}`);
  }
  const due = number === 0 ? new Uint8Array(0) : commitHash(codes, updates.updates(), previous);
  if (number > 0 && !(stated && same(stated, due))) {
    throw new ChainError(number, "commitHash", "its commit hash is not that of its transactions");
  }
  await applyBlock(
    { number, hash, transactions, codes, updates, privateWrites: new Map() },
    state,
    store,
    blockToLive,
  );
  return due;
}
