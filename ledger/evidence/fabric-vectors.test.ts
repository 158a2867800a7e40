import { expect, test } from "vitest";
import { commitHash } from "./commit-hash";
import { blockDataHash, headerHash, transactionId } from "./hash";

// What Fabric 2.5's own functions give for the same input (protoutil.BlockHeaderHash, BlockDataHash and ComputeTxID,
// kvLedger.addBlockCommitHash over txmgr.deterministicBytesForPubAndHashUpdates).

test.each([
  [0, "f1647bce3880f2f977ce3c7b85b3df6e5bb81355623a9fa4ed2731f5c51d03c3"],
  [1, "02be0bf00b4c54f30bcba74acc2b176db3f5a4d3bc3f85eada149103ccc1a09f"],
  [127, "daa89701606dc5e17e388befe98744cfa0b54265be4ee87c5cbdad79b0bab065"],
  [128, "d34be47165dc972ad76100e24b80162e4be7b110daa83d571cb623adcfe1f6fb"],
  [255, "e8b863d936a7468de42f92f53be4aa18dc52a869f44d306d02f47e1870f7bb64"],
  [256, "ddde7e88e7f26b6ebd013e56a6463d63f42bb9903bc3c1f79eb08be0164534b1"],
  [65535, "3c64547a68b6814842b3d2dcfb29113bf35106fe5d103f2c04a63b461237fc3b"],
  [2 ** 40, "4fbefef3ebdaf466af939aa525c361183d5965e5599d96fe49eaa73256ffbc0b"],
])("the header of block %i hashes as in Fabric", (number, expected) => {
  const previous = number === 0 ? new Uint8Array(0) : Buffer.from("previous");
  expect(hex(headerHash(number, previous, Buffer.from("data")))).toBe(expected);
});

test("data and transaction ids hash as in Fabric", () => {
  expect(hex(blockDataHash([Buffer.from("one"), Buffer.from("two")]))).toBe(
    "25b6746d5172ed6352966a013d93ac846e1110d5a25e8f183b5931f4688842a1",
  );
  expect(transactionId(Buffer.from("nonce"), Buffer.from("creator"))).toBe(
    "709184f9d24f6ade8fcd4d6521a6eef295fef6c2e67216c58b68ac15e8946492",
  );
});

test("the commit hash is Fabric's, in whatever order the updates come", () => {
  const update = (
    namespace: string,
    collection: string,
    key: string,
    value: string | undefined,
    block: number,
    transaction: number,
  ) => ({
    namespace,
    collection,
    key: Buffer.from(key),
    value: value === undefined ? undefined : Buffer.from(value),
    version: { block, transaction },
  });
  const updates = [
    update("ns3", "coll1", "keyhash3", undefined, 1, 4),
    update("ns1", "coll2", "keyhash1", "valuehash1", 1, 2),
    update("ns2", "", "key2", undefined, 70000, 256),
    update("ns1", "", "keyà", "value2", 300, 1),
    update("ns1", "coll1", "keyhash2", "valuehash2", 1, 3),
    update("ns1", "", "key1", "value1", 1, 0),
  ];
  const hash = commitHash(Uint8Array.of(0, 11, 0), updates, Buffer.from("previous commit hash"));
  expect(hex(hash)).toBe("a6635b9e84f4c006803d2f3e213fc176d4bb422a30ccb14acb51e2f64f697e9e");
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
