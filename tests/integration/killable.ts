/** A ledger and a worker that a test kills while others go on asking, as `kill -9` does. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect } from "vitest";
import { freePort } from "@/tests/free-port";
import { type EmbeddedLedger, startEmbedded } from "../conformance/embedded";
import { configureRecoveryKeys } from "./ledger/founded";
import { chaincodeDir, startWorker, type Worker } from "./ledger/world";

const victims = ["ledger", "chaincode", "worker"] as const;
export type Victim = (typeof victims)[number];

/** A disk that many share may keep a block's `fsync` for a minute. */
const stalledMs = 200_000;

export class Killable {
  readonly killed: Record<Victim, number> = { ledger: 0, chaincode: 0, worker: 0 };

  private constructor(
    private readonly options: Parameters<typeof startEmbedded>[0],
    private ledger: EmbeddedLedger,
    private worker: Worker,
  ) {}

  /**
   * Starts both for a database that the environment names; they are gone when the test file ends. Call once, at its top.
   * @param env of the ledger and its chaincode, beside what the environment has
   */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<Killable> {
    process.env.KEY_ENCRYPTION_KEY = "5a".repeat(32);
    configureRecoveryKeys();
    const data = await mkdtemp(join(tmpdir(), "cocity-kill-"));
    const [port, caPort] = [await freePort(), await freePort()];
    const options = { data, chaincodeDir, env, args: ["--port", String(port), "--ca-port", String(caPort)] };
    const ledger = await startEmbedded(options);
    process.env.LEDGER_CONNECTION = ledger.connectionFile;
    const killable = new Killable(options, ledger, await startWorker());
    afterAll(async () => {
      await killable.worker.kill();
      await killable.ledger.stop();
      await rm(data, { recursive: true, force: true });
    });
    return killable;
  }

  get connectionFile(): string {
    return this.ledger.connectionFile;
  }

  /** What the two said so far, since they were started last. */
  log(): string {
    return `${this.ledger.log()}\n${this.worker.log()}`;
  }

  /** As many victims, each in its turn, in an order that is drawn. */
  static order(kills: number): Victim[] {
    return Array.from({ length: kills }, (_, index) => ({
      victim: victims[index % victims.length] ?? "worker",
      at: Math.random(),
    }))
      .sort((a, b) => a.at - b.at)
      .map(({ victim }) => victim);
  }

  async kill(victim: Victim): Promise<void> {
    if (victim === "worker") {
      await this.worker.kill();
      this.worker = await startWorker();
    } else if (victim === "ledger") {
      await this.ledger.kill();
      this.ledger = await startEmbedded(this.options);
    } else {
      await expect.poll(() => this.#killChaincode(), { timeout: 60_000, interval: 50 }).toBe(true);
    }
    this.killed[victim] += 1;
  }

  /** A kill is worth something where there is work in hand: `done` has grown beyond what it was. */
  async progress(done: () => Promise<number>, before: number): Promise<void> {
    const end = Date.now() + stalledMs;
    while ((await done()) <= before) {
      if (Date.now() > end) {
        const said = [this.ledger, this.worker].map((process) => lastLines(process.log()));
        throw new Error(["nothing is recorded any more", new Date().toISOString(), ...said].join("\n"));
      }
      await sleep(50);
    }
  }

  /** @returns false while the ledger has yet to start it again after the last time. */
  #killChaincode(): boolean {
    const ready = this.ledger
      .log()
      .split("\n")
      .filter((line) => line.includes("the chaincode is ready"));
    const { pid } = JSON.parse(ready.at(-1) ?? "{}") as { pid?: number };
    if (!pid) throw new Error("the ledger does not say which process the chaincode is");
    try {
      return process.kill(pid, "SIGKILL");
    } catch {
      return false;
    }
  }
}

function lastLines(log: string): string {
  return log.trimEnd().split("\n").slice(-8).join("\n");
}
