import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newPerson, openSession, organisationOf } from "@/tests/fabric/people";
import { type EmbeddedLedger, startEmbedded } from "./embedded";
import { textOf } from "./target";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 30_000 });

let folder: string;
let ledger: EmbeddedLedger | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-crash-"));
});
afterEach(async () => {
  await ledger?.stop();
  await rm(folder, { recursive: true, force: true });
});

const leastRounds = 6;
const leastAcknowledged = 50;

/** The organisation as the ledger that runs now is reached: its ports change with each start. */
const comune = (running: EmbeddedLedger) => organisationOf(running.connection, "comune");

describe("kill -9", () => {
  it("of the ledger loses nothing acknowledged and doubles nothing", async () => {
    const data = join(folder, "data");
    ledger = await startEmbedded({ data });
    const person = await newPerson(comune(ledger), "officer");
    const acknowledged = new Set<string>();
    let sent = 0;
    // On a slow machine a round may end before much is acknowledged.
    for (let round = 0; round < leastRounds || acknowledged.size < leastAcknowledged; round++) {
      const running = ledger;
      const session = openSession(running.connection, person, comune(running));
      let killed = false;
      const client = async () => {
        while (!killed) {
          const key = `key-${String(sent++).padStart(6, "0")}`;
          try {
            await session.contract.submitTransaction("increment", key);
            acknowledged.add(key);
          } catch {
            // Its outcome is unknown: it may be there or not, but never twice.
          }
        }
      };
      const clients = Array.from({ length: 10 }, client);
      await pause(100 + Math.random() * 1500);
      killed = true;
      await running.kill();
      session.close();
      await Promise.all(clients);
      ledger = await startEmbedded({ data });
    }
    const session = openSession(ledger.connection, person, comune(ledger));
    const found: { key: string; value: string }[] = JSON.parse(
      textOf(await session.contract.evaluateTransaction("range", "key-", "key.")),
    );
    session.close();
    expect(found.filter(({ value }) => value !== "1")).toEqual([]);
    const keys = new Set(found.map(({ key }) => key));
    expect([...acknowledged].filter((key) => !keys.has(key))).toEqual([]);
  });

  it("of the ledger leaves no chaincode behind", async () => {
    ledger = await startEmbedded({ data: join(folder, "data") });
    const children = await childrenOf(ledger.pid);
    expect(children).toHaveLength(1);
    await ledger.kill();
    ledger = undefined;
    await vi.waitUntil(() => !isRunning(children[0] ?? 0), 10_000);
  });

  it("of the chaincode fails what is pending and is survived", async () => {
    ledger = await startEmbedded({ data: join(folder, "data") });
    const person = await newPerson(organisationOf(ledger.connection, "case"), "coordinator");
    const session = openSession(ledger.connection, person);
    const pending = session.contract.submitTransaction("sleep", "20000").catch((error: Error) => error);
    await pause(300);
    const [chaincode = 0] = await childrenOf(ledger.pid);
    process.kill(chaincode, "SIGKILL");
    expect(await pending).toMatchObject({
      details: [{ message: expect.stringContaining("chaincode stream terminated") }],
    });
    await session.contract.submitTransaction("put", "after", "value");
    expect(textOf(await session.contract.evaluateTransaction("get", "after"))).toBe("value");
    const [again] = await childrenOf(ledger.pid);
    expect(again).not.toBe(chaincode);
    session.close();
  });
});

it("SIGTERM commits what was taken and leaves a chaincode to nobody", async () => {
  const data = join(folder, "data");
  const running = await startEmbedded({ data });
  const person = await newPerson(comune(running), "officer");
  const session = openSession(running.connection, person);
  const transactions = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      session.contract.newProposal("put", { arguments: [`taken-${index}`, "value"] }).endorse(),
    ),
  );
  await Promise.all(transactions.map((transaction) => transaction.submit()));
  const [chaincode = 0] = await childrenOf(running.pid);
  expect(await running.stop()).toBe(0);
  session.close();
  await vi.waitUntil(() => !isRunning(chaincode), 10_000);
  ledger = await startEmbedded({ data });
  const after = openSession(ledger.connection, person, comune(ledger));
  const found = JSON.parse(textOf(await after.contract.evaluateTransaction("range", "taken-", "taken.")));
  after.close();
  expect(found).toHaveLength(20);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes whose parent this is, from `/proc`. */
async function childrenOf(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    if (Number(stat.split(") ")[1]?.split(" ")[1]) === parent) found.push(Number(name));
  }
  return found;
}
