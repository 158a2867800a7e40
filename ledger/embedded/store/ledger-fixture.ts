import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { makeConfigEnvelope, makeEnvelope, type TestTransaction } from "../../evidence/envelope-fixture";
import { parseTransaction } from "../../evidence/transaction";
import { openLedger } from "./open";
import type { Ledger, LedgerOptions, PreparedTransaction, Simulator } from "./types";

export const NAMESPACE = "cocity";

// Real folders and real fsyncs: a busy machine may take its time, and no test asserts how long.
vi.setConfig({ testTimeout: 120_000 });

/** A folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "ledger-test-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A new ledger holding its genesis block. Opened ledgers are closed when the test is over. */
export async function newLedger(options: LedgerOptions = {}): Promise<{ dir: string; ledger: Ledger }> {
  const dir = await temporaryFolder();
  const ledger = await open(dir, options);
  await ledger.commit([{ transaction: parseTransaction(makeConfigEnvelope()), code: 0 }]);
  return { dir, ledger };
}

export async function open(dir: string, options: LedgerOptions = {}): Promise<Ledger> {
  const ledger = await openLedger(dir, options);
  onTestFinished(() => ledger.close());
  return ledger;
}

/** Runs a simulation on the ledger's present state and wraps the result as its client would. */
export async function simulate(
  ledger: Ledger,
  work: (simulator: Simulator) => void | Promise<void>,
  options: Omit<TestTransaction, "results"> = {},
): Promise<PreparedTransaction> {
  const simulator = ledger.simulator("simulated");
  try {
    await work(simulator);
    const { publicSet, privateWrites } = simulator.result();
    const transaction = parseTransaction(makeEnvelope({ ...options, results: publicSet }));
    return { transaction, code: 0, ...(privateWrites && { privateWrites }) };
  } finally {
    await simulator.close();
  }
}

export async function put(ledger: Ledger, key: string, value: string): Promise<PreparedTransaction> {
  return await simulate(ledger, (simulator) => simulator.putState(NAMESPACE, key, Buffer.from(value)));
}

export async function readText(ledger: Ledger, key: string): Promise<string | undefined> {
  const found = await ledger.state(NAMESPACE, key);
  return found && Buffer.from(found.value).toString();
}
