import { common } from "@hyperledger/fabric-protos";
import { same } from "../../evidence/chain";
import { validationCodes } from "../../evidence/codes";
import type { RangeQuery, ReadWriteSet, Version } from "../../evidence/types";
import { checkPolicies } from "./key-policies";
import { RangeReads } from "./range-reads";
import type { StateView } from "./state-database";
import type { Candidate } from "./types";
import { UpdateBatch } from "./update-batch";

const {
  VALID,
  NIL_ENVELOPE,
  BAD_PAYLOAD,
  BAD_COMMON_HEADER,
  BAD_CREATOR_SIGNATURE,
  INVALID_ENDORSER_TRANSACTION,
  INVALID_CONFIG_TRANSACTION,
  UNSUPPORTED_TX_PAYLOAD,
  BAD_PROPOSAL_TXID,
  DUPLICATE_TXID,
  MVCC_READ_CONFLICT,
  PHANTOM_READ_CONFLICT,
  UNKNOWN_TX_TYPE,
  TARGET_CHAIN_NOT_FOUND,
  NIL_TXACTION,
} = validationCodes;

/** Found before Fabric asks whether the id is known (`txvalidator.validateTx`), so they win over `DUPLICATE_TXID`. */
const foundBeforeDuplicates = new Set<number>([
  NIL_ENVELOPE,
  BAD_PAYLOAD,
  BAD_COMMON_HEADER,
  BAD_CREATOR_SIGNATURE,
  INVALID_ENDORSER_TRANSACTION,
  INVALID_CONFIG_TRANSACTION,
  UNSUPPORTED_TX_PAYLOAD,
  BAD_PROPOSAL_TXID,
  UNKNOWN_TX_TYPE,
  TARGET_CHAIN_NOT_FOUND,
]);

export interface ValidatedBlock {
  readonly codes: Uint8Array;
  /** What the valid transactions leave in the state. */
  readonly updates: UpdateBatch;
}

/**
 * Gives every transaction of a block its `peer.TxValidationCode`, in Fabric's order: duplicates of earlier blocks,
 * key-level policies, duplicates within the block, then reads and ranges against the state and the valid transactions
 * before (`core/committer/txvalidator/v20`, `kvledger/txmgmt/validation`).
 */
export async function validateBlock(
  number: number,
  candidates: readonly Candidate[],
  state: StateView,
): Promise<ValidatedBlock> {
  const codes = Uint8Array.from(candidates, (candidate) => codeBefore(candidate, state));
  checkPolicies(candidates, codes, state);
  markDuplicates(candidates, codes);

  const updates = new UpdateBatch(state);
  for (const [index, { transaction }] of candidates.entries()) {
    if (codes[index] !== VALID || transaction.type !== common.HeaderType.ENDORSER_TRANSACTION) continue;
    const sets = transaction.action?.readWriteSets ?? [];
    const code = await readConflict(sets, state, updates);
    codes[index] = code;
    if (code === VALID) updates.add(sets, { block: number, transaction: index });
  }
  return { codes, updates };
}

function codeBefore({ transaction, code }: Candidate, state: StateView): number {
  if (foundBeforeDuplicates.has(code)) return code;
  if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION) {
    return code === VALID && transaction.unreadable ? transaction.unreadable.code : code;
  }
  if (transaction.id !== "" && state.location(transaction.id)) return DUPLICATE_TXID;
  if (code === VALID && !transaction.action) return NIL_TXACTION;
  return code;
}

function markDuplicates(candidates: readonly Candidate[], codes: Uint8Array): void {
  const seen = new Set<string>();
  for (const [index, { transaction }] of candidates.entries()) {
    if (codes[index] !== VALID || transaction.type !== common.HeaderType.ENDORSER_TRANSACTION) continue;
    if (seen.has(transaction.id)) codes[index] = DUPLICATE_TXID;
    seen.add(transaction.id);
  }
}

async function readConflict(
  sets: readonly ReadWriteSet[],
  state: StateView,
  updates: UpdateBatch,
): Promise<number> {
  for (const { namespace, reads, rangeQueries, collections } of sets) {
    for (const { key, version } of reads) {
      if (updates.value(namespace, key)) return MVCC_READ_CONFLICT;
      if (!sameVersion(state.value(namespace, key)?.version, version)) return MVCC_READ_CONFLICT;
    }
    for (const query of rangeQueries) {
      if (!(await seesTheSame(query, state, updates))) return PHANTOM_READ_CONFLICT;
    }
    for (const { collection, reads: hashedReads } of collections) {
      for (const { keyHash, version } of hashedReads) {
        if (updates.hashedValue(namespace, collection, keyHash)) return MVCC_READ_CONFLICT;
        const committed = state.hashed(namespace, collection, keyHash)?.version;
        if (!sameVersion(committed, version)) return MVCC_READ_CONFLICT;
      }
    }
  }
  return VALID;
}

async function seesTheSame(query: RangeQuery, state: StateView, updates: UpdateBatch): Promise<boolean> {
  const results = rangeWithUpdates(query, state, updates);
  if (query.merkle) {
    const again = new RangeReads(query.merkle.maxDegree);
    for await (const { key, version } of results) again.add({ namespace: query.namespace, key, version });
    const { merkle } = again.finish();
    return (
      merkle?.maxLevel === query.merkle.maxLevel &&
      same(Buffer.concat(merkle.maxLevelHashes), Buffer.concat(query.merkle.maxLevelHashes))
    );
  }
  let index = 0;
  for await (const { key, version } of results) {
    const read = query.reads[index];
    if (read?.key !== key || !sameVersion(read.version, version)) return false;
    index += 1;
  }
  return index === query.reads.length;
}

/** The range as it would be read now, with the block's earlier writes laid over the state. */
async function* rangeWithUpdates(
  { namespace, start, end, exhausted }: RangeQuery,
  state: StateView,
  updates: UpdateBatch,
): AsyncGenerator<{ key: string; version: Version }> {
  const from = Buffer.from(start);
  const to = Buffer.from(end);
  // A scan that stopped early has seen its last key, so the end belongs to the range.
  const isInside = (key: Buffer) =>
    Buffer.compare(key, from) >= 0 &&
    (exhausted ? end === "" || Buffer.compare(key, to) < 0 : Buffer.compare(key, to) <= 0);
  const pending = [...(updates.public.get(namespace) ?? [])]
    .map(([key, value]) => ({ key, bytes: Buffer.from(key), value }))
    .filter(({ bytes }) => isInside(bytes))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));

  let next = 0;
  const upTo = exhausted ? end : `${end}\0`;
  for await (const committed of state.range(namespace, start, upTo)) {
    const bytes = Buffer.from(committed.key);
    let isReplaced = false;
    for (let each = pending[next]; each; each = pending[++next]) {
      const order = Buffer.compare(each.bytes, bytes);
      if (order > 0) break;
      if (order === 0) isReplaced = true;
      if (each.value.value !== undefined) yield { key: each.key, version: each.value.version };
    }
    if (!isReplaced) yield committed;
  }
  for (let each = pending[next]; each; each = pending[++next]) {
    if (each.value.value !== undefined) yield { key: each.key, version: each.value.version };
  }
}

function sameVersion(left: Version | undefined, right: Version | undefined): boolean {
  return left?.block === right?.block && left?.transaction === right?.transaction;
}
