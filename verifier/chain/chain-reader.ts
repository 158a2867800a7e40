/** Goes through the chain block by block and hands on the transactions that count, once everything about them is checked. */
import { common } from "@hyperledger/fabric-protos";
import { blockCodes, blockSignatures, type RawBlock, readBlock } from "../../ledger/evidence/block";
import { type ChainEnd, checkBlock, emptyChain, same } from "../../ledger/evidence/chain";
import { validationCodeName, validationCodes } from "../../ledger/evidence/codes";
import { BlockFormatError, ChainError } from "../../ledger/evidence/errors";
import { headerHash } from "../../ledger/evidence/hash";
import { endorsedBytes, hasOwnId, parseTransaction } from "../../ledger/evidence/transaction";
import type { ChaincodeAction, Transaction } from "../../ledger/evidence/types";
import type { Findings } from "../findings";
import { type ChannelConfiguration, readConfiguration } from "./configuration";
import type { BlockFrame, Evidence } from "./frames";
import { type Member, Members } from "./members";

/** A transaction of the contracts in its place. */
export interface Placed {
  readonly block: number;
  readonly transaction: Transaction;
  readonly action: ChaincodeAction;
  /** Who sent it; null for a certificate of nobody's. */
  readonly sender: Member | null;
  /** Organisations whose peers endorsed it, by their MSPs. */
  readonly endorsers: ReadonlySet<string>;
}

export interface ChainReading {
  readonly valid: (placed: Placed) => void | Promise<void>;
  /** What a peer marked as not valid. */
  readonly invalid: (placed: Placed, code: number) => void;
  readonly progress?: (blocks: number) => void;
  /** Root fingerprints that the reader expects, by MSP. */
  readonly expectedRoots?: ReadonlyMap<string, readonly string[]>;
  readonly chaincode: string;
}

/** Organisations whose peers must endorse: no single one writes anything. */
const LEAST_ENDORSERS = 2;

export interface ChainRead {
  readonly height: number;
  readonly hash: Uint8Array;
  readonly configuration: ChannelConfiguration | undefined;
}

/** Reads all the evidence. @throws NoEvidenceError where it is none */
export async function readChain(
  evidence: Evidence,
  findings: Findings,
  reading: ChainReading,
): Promise<ChainRead> {
  const reader = new ChainReader(findings, reading);
  for await (const frame of evidence.frames) {
    if (!(await reader.take(frame))) break;
    reading.progress?.(reader.end.height);
  }
  const { height, hash } = reader.end;
  const cut = evidence.cut();
  const end = evidence.end();
  findings.expect("evidence", height > 0, "there is no block");
  findings.expect("evidence", cut === undefined, () => cut ?? "");
  if (end) {
    findings.expect("evidence", end.height === height, `it names ${end.height} blocks and holds ${height}`);
    findings.expect("evidence", same(end.hash, hash), "its last block is not the one it names");
  }
  return { height, hash, configuration: reader.configuration };
}

class ChainReader {
  end: ChainEnd = emptyChain;
  configuration: ChannelConfiguration | undefined;
  #members = new Members(new Map());

  constructor(
    private readonly findings: Findings,
    private readonly reading: ChainReading,
  ) {}

  /** @returns false where nothing after it can be read */
  async take({ bytes, whole }: BlockFrame): Promise<boolean> {
    let raw: RawBlock;
    try {
      raw = readBlock(bytes);
    } catch (error) {
      if (!(error instanceof BlockFormatError)) throw error;
      this.findings.fault("chain", `block ${this.end.height}: ${error.message}`);
      return false;
    }
    if (!whole && raw.number === 0) this.findings.fault("evidence", "the first block is left out");
    this.#follow(raw, whole);
    if (!whole) {
      await this.#checkSignatures(raw);
      return true;
    }
    // The first block says who may sign, and so does each later configuration for what follows it.
    if (raw.number > 0) await this.#checkSignatures(raw);
    // No hash covers the metadata: what cannot be read there keeps no transaction from being looked at.
    const codes = blockCodes(raw);
    for (const [index, envelope] of raw.envelopes.entries()) {
      const code = codes[index] ?? validationCodes.NOT_VALIDATED;
      await this.#transaction(raw.number, parseTransaction(envelope, { index, code }));
    }
    if (raw.number === 0) await this.#checkSignatures(raw);
    return true;
  }

  #follow(raw: RawBlock, whole: boolean): void {
    const { height } = this.end;
    this.findings.checked("chain");
    try {
      if (whole) {
        this.end = checkBlock(raw, this.end);
        return;
      }
      if (raw.number !== height)
        throw new ChainError(height, "number", `it calls itself block ${raw.number}`);
      if (!same(raw.previousHash, this.end.hash))
        throw new ChainError(height, "previousHash", "it does not follow the block before it");
    } catch (error) {
      if (!(error instanceof ChainError)) throw error;
      this.findings.fault("chain", error.message);
    }
    this.end = {
      height: raw.number + 1,
      hash: headerHash(raw.number, raw.previousHash, raw.dataHash),
    };
  }

  async #checkSignatures(raw: RawBlock): Promise<void> {
    const { orderers } = this.configuration ?? {};
    let good = 0;
    let bad = 0;
    try {
      for (const { creator, signature, signedBytes } of blockSignatures(raw)) {
        const member = await this.#members.find(creator);
        const isOrderer = member !== null && orderers?.has(member.mspId) && member.units.has("orderer");
        if (isOrderer && (await member.certificate.hasSigned(signedBytes, signature))) good += 1;
        else bad += 1;
      }
    } catch (error) {
      if (!(error instanceof BlockFormatError)) throw error;
      bad += 1;
    }
    this.findings.expect("blockSignatures", good > 0 && bad === 0, () =>
      bad > 0
        ? `block ${raw.number}: a signature is not that of an orderer of the channel`
        : `block ${raw.number}: no orderer has signed it`,
    );
    if (raw.metadata.length > 1 && blockCodes(raw).length !== raw.envelopes.length)
      this.findings.fault("chain", `block ${raw.number}: its codes are not one for each transaction`);
  }

  async #transaction(block: number, transaction: Transaction): Promise<void> {
    const { findings, reading } = this;
    const name = () => `block ${block}, transaction ${transaction.index}`;
    const isValid = transaction.code === validationCodes.VALID;
    if (transaction.type === common.HeaderType.CONFIG) {
      if (isValid) await this.#configure(block, transaction);
      return;
    }
    const { action } = transaction;
    if (isValid && (transaction.unreadable || !action)) {
      findings.expect("transactions", false, () => `${name()}: it counts as valid and cannot be read`);
      return;
    }
    if (!action || action.chaincode !== reading.chaincode) return;
    const sender = await this.#members.find(transaction.creator);
    const endorsers = await this.#endorsers(action);
    const placed: Placed = { block, transaction, action, sender, endorsers };
    if (!isValid) {
      reading.invalid(placed, transaction.code);
      return;
    }
    const isSent =
      sender !== null && (await sender.certificate.hasSigned(transaction.payload, transaction.signature));
    findings.expect("transactions", isSent, () => `${name()}: its sender has not signed it`);
    if (!hasOwnId(transaction)) findings.fault("transactions", `${name()}: its id is not its own`);
    if (!same(action.proposalHash, action.expectedProposalHash))
      findings.fault("transactions", `${name()}: what was endorsed answers another proposal`);
    if (endorsers.size < LEAST_ENDORSERS)
      findings.fault("transactions", `${name()}: peers of ${endorsers.size} organisations endorsed it`);
    await reading.valid(placed);
  }

  async #endorsers(action: ChaincodeAction): Promise<Set<string>> {
    const found = new Set<string>();
    for (const { endorser, signature } of action.endorsements) {
      const member = await this.#members.find(endorser);
      if (!member?.units.has("peer") || found.has(member.mspId)) continue;
      const isOwn = await member.certificate.hasSigned(endorsedBytes(action, endorser), signature);
      if (isOwn) found.add(member.mspId);
    }
    return found;
  }

  async #configure(block: number, { payload }: Transaction): Promise<void> {
    const { findings, reading, configuration: before } = this;
    let read: ChannelConfiguration;
    try {
      read = await readConfiguration(payload);
    } catch (error) {
      findings.fault("organisations", `block ${block}: its configuration cannot be read: ${String(error)}`);
      return;
    }
    for (const { mspId, rootFingerprints } of read.members.values()) {
      const expected = reading.expectedRoots?.get(mspId);
      const earlier = before?.members.get(mspId)?.rootFingerprints;
      findings.expect(
        "organisations",
        (!expected || sameTexts(expected, rootFingerprints)) &&
          (!before || sameTexts(earlier, rootFingerprints)),
        `block ${block}: the root certificates of ${mspId} are others than ${before ? "before" : "expected"}`,
      );
    }
    for (const mspId of [...(reading.expectedRoots?.keys() ?? []), ...(before?.members.keys() ?? [])])
      if (!read.members.has(mspId)) findings.fault("organisations", `block ${block}: ${mspId} is not in it`);
    this.configuration = read;
    this.#members = new Members(read.members);
  }
}

function sameTexts(left: readonly string[] | undefined, right: readonly string[]): boolean {
  return (
    left !== undefined && left.length === right.length && left.every((one, index) => one === right[index])
  );
}

export { validationCodeName };
