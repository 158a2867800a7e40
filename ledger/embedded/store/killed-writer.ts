import { writeSync } from "node:fs";
import { makeConfigEnvelope, makeEnvelope } from "../../evidence/envelope-fixture";
import { parseTransaction } from "../../evidence/transaction";
import { openLedger } from "./open";
import type { Ledger, PreparedTransaction } from "./types";

/**
 * Commits for ever to the ledger in the folder given, and says on standard output which transactions it was told are
 * kept: one line `block id id …` a commit. Run by the crash test, which kills it.
 */
const [, , dir = "", firstKey = "0"] = process.argv;
const ledger = await openLedger(dir);
if (ledger.height === 0) {
  await ledger.commit([{ transaction: parseTransaction(makeConfigEnvelope()), code: 0 }]);
}
writeSync(1, "ready\n");
for (let key = Number(firstKey); ; ) {
  const batch: PreparedTransaction[] = [];
  for (let size = 1 + (key % 7); size > 0; size -= 1) batch.push(await prepare(ledger, key++));
  const { number } = await ledger.commit(batch);
  writeSync(1, `${number} ${batch.map((each) => each.transaction.id).join(" ")}\n`);
}

async function prepare(target: Ledger, key: number): Promise<PreparedTransaction> {
  const simulator = target.simulator("");
  simulator.putState("cocity", `key${key}`, Buffer.alloc(50 + (key % 900), key % 256));
  await simulator.getState("cocity", `key${key}`);
  if (key % 5 === 0) simulator.putPrivateData("cocity", "bank", `key${key % 100}`, Buffer.from(`iban${key}`));
  if (key % 97 === 0) simulator.purgePrivateData("cocity", "bank", `key${key % 100}`);
  const { publicSet, privateWrites } = simulator.result();
  await simulator.close();
  const transaction = parseTransaction(makeEnvelope({ results: publicSet }));
  return { transaction, code: 0, ...(privateWrites && { privateWrites }) };
}
