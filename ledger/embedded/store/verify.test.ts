import { randomBytes, verify as verifySignature } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { common } from "@hyperledger/fabric-protos";
import { expect, test } from "vitest";
import { encodeBlock, type RawBlock, readBlock } from "../../evidence/block";
import { encodeRecord } from "../../evidence/block-record";
import { testSigner } from "../../evidence/envelope-fixture";
import { blockDataHash, headerHash } from "../../evidence/hash";
import { endorsedBytes } from "../../evidence/transaction";
import type { Transaction } from "../../evidence/types";
import { AcknowledgementFile } from "./acknowledgement";
import { NAMESPACE, newLedger, open, simulate } from "./ledger-fixture";
import type { BlockSigner, Ledger, VerifyChecks } from "./types";

const orderer = testSigner("ComuneMSP", "the orderer");
const creator = testSigner("CaseMSP", "a resident");
const endorser = testSigner("GarantiMSP", "an endorser");

const signer: BlockSigner = {
  signatureHeader() {
    const header = new common.SignatureHeader();
    header.setCreator(orderer.identity);
    header.setNonce(randomBytes(24));
    return header.serializeBinary();
  },
  sign: (message) => orderer.sign(message),
};

const checks: VerifyChecks = {
  transaction: ({ type, payload, signature, action }: Transaction) => {
    if (type !== common.HeaderType.ENDORSER_TRANSACTION) return true;
    if (!action || !verifySignature("sha256", payload, creator.publicKey, signature)) return false;
    return action.endorsements.every((each) =>
      verifySignature("sha256", endorsedBytes(action, each.endorser), endorser.publicKey, each.signature),
    );
  },
  blockSignature: ({ signature, signedBytes }) =>
    verifySignature("sha256", signedBytes, orderer.publicKey, signature),
};

test("a sound chain passes with every signature checked", async () => {
  const { ledger } = await signedLedger();
  expect(await ledger.verify(checks)).toEqual({ blocks: 4, transactions: 7 });
});

test("a signature by another is found, of orderer, creator and endorser", async () => {
  const { ledger } = await signedLedger();
  const other = testSigner("ComuneMSP", "somebody else").publicKey;
  await expect(
    ledger.verify({
      ...checks,
      blockSignature: ({ signature, signedBytes }) =>
        verifySignature("sha256", signedBytes, other, signature),
    }),
  ).rejects.toMatchObject({ name: "DamagedBlockError", block: 0 });
  await expect(ledger.verify({ ...checks, transaction: ({ id }) => id === "" })).rejects.toThrow(
    "a signature of transaction 0 does not check",
  );
});

// An operator who rewrites history makes every checksum right again. Each case: the block that tells, and why.
test.each<[string, (raw: RawBlock) => RawBlock, number, RegExp]>([
  [
    "an invalid transaction marked valid",
    (raw) => withCode(raw, 1, 0),
    2,
    /marked VALID where MVCC_READ_CONFLICT/,
  ],
  [
    "a valid transaction marked invalid",
    (raw) => withCode(raw, 0, 11),
    2,
    /marked MVCC_READ_CONFLICT where VALID/,
  ],
  [
    "a valid one given a policy failure",
    (raw) => withCode(raw, 0, 10),
    2,
    /marked MVCC_READ_CONFLICT where VALID/,
  ],
  ["a changed commit hash", (raw) => withCommitHash(raw), 2, /commit hash/],
])("%s passes a start and is found by verify", async (_, change, block, reason) => {
  const { dir, ledger } = await signedLedger();
  await rewrite(dir, ledger, change);
  const rewritten = await open(dir);
  await expect(rewritten.verify(checks)).rejects.toMatchObject({ block });
  await expect(rewritten.verify(checks)).rejects.toThrow(reason);
});

test("a transaction taken out of the past is found, though the whole chain is hashed again", async () => {
  const { dir, ledger } = await signedLedger();
  await rewrite(dir, ledger, (raw) => ({
    ...raw,
    envelopes: raw.envelopes.slice(1),
    metadata: raw.metadata.with(common.BlockMetadataIndex.TRANSACTIONS_FILTER, Uint8Array.of(0)),
  }));
  const rewritten = await open(dir);
  await expect(rewritten.verify(checks)).rejects.toMatchObject({ name: "DamagedBlockError", block: 2 });
});

/** Genesis, two writes, a conflicting pair, two more writes. */
async function signedLedger(): Promise<{ dir: string; ledger: Ledger }> {
  const { dir, ledger } = await newLedger({ signer });
  const signed = { creator, endorsers: [endorser] };
  const write = (key: string) =>
    simulate(ledger, (simulator) => simulator.putState(NAMESPACE, key, Buffer.from("1")), signed);
  const increase = () =>
    simulate(
      ledger,
      async (simulator) => {
        await simulator.getState(NAMESPACE, "a");
        simulator.putState(NAMESPACE, "a", Buffer.from("2"));
      },
      signed,
    );
  await ledger.commit([await write("a"), await write("b")]);
  const [first, second] = [await increase(), await increase()];
  expect((await ledger.commit([first, second])).codes).toEqual([0, 11]);
  await ledger.commit([await write("c"), await write("d")]);
  return { dir, ledger };
}

/** Changes block 2 and makes hashes, checksums and the acknowledgement right again. */
async function rewrite(dir: string, ledger: Ledger, change: (raw: RawBlock) => RawBlock): Promise<void> {
  const blocks: RawBlock[] = [];
  for await (const { bytes } of ledger.blocks(0)) blocks.push(readBlock(Buffer.from(bytes)));
  await ledger.close();
  const records: Buffer[] = [];
  let hash: Uint8Array = new Uint8Array(0);
  let length = 0;
  for (const block of blocks) {
    const changed = block.number === 2 ? change(block) : block;
    const raw = { ...changed, previousHash: hash, dataHash: blockDataHash(changed.envelopes) };
    const record = encodeRecord(raw.number, encodeBlock(raw), length);
    hash = headerHash(raw.number, raw.previousHash, raw.dataHash);
    length += record.length;
    records.push(record);
  }
  await writeFile(join(dir, "blocks"), Buffer.concat(records));
  await AcknowledgementFile.create(dir, { height: blocks.length, length, hash });
  await rm(join(dir, "state"), { recursive: true });
}

function withCode(raw: RawBlock, index: number, code: number): RawBlock {
  const { TRANSACTIONS_FILTER } = common.BlockMetadataIndex;
  const codes = Uint8Array.from(raw.metadata[TRANSACTIONS_FILTER] ?? []).with(index, code);
  return { ...raw, metadata: raw.metadata.with(TRANSACTIONS_FILTER, codes) };
}

function withCommitHash(raw: RawBlock): RawBlock {
  const metadata = new common.Metadata();
  metadata.setValue(randomBytes(32));
  return {
    ...raw,
    metadata: raw.metadata.with(common.BlockMetadataIndex.COMMIT_HASH, metadata.serializeBinary()),
  };
}
