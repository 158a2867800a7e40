import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { VoterKey } from "@/chaincode/testing/keys";
import { people, torino } from "@/chaincode/testing/people";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import { waitFor } from "@/ledger/client/outbox/wait";
import { openLedgerAccess } from "@/ledger/client/process";
import { createDatabase } from "@/lib/db";
import { migrate } from "@/prisma/migrate";
import { lackingPostgresql } from "@/scripts/test/machine";
import { startPostgresql } from "@/scripts/test/postgresql";
import { startEmbedded } from "@/tests/conformance/embedded";
import { startThrowaway } from "@/tests/fabric/throwaway";
import { newVoters, openRound } from "@/tests/integration/ledger/city";
import { configureRecoveryKeys, foundTorino, knownRecoveryKeys } from "@/tests/integration/ledger/founded";
import { type LedgerKind, NotMeasurable } from "../measurement/module";
import { costOfEach, type ProcessorTimes, processorTimes } from "../measurement/processor-time";

/** Voters that each wait for the receipt of a ballot before the next is cast in their place. */
export interface BallotFigures {
  readonly ballots: number;
  readonly perSecond: number;
  /** From the request to the receipt: recorded on the ledger and shown in the tables. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly transactions: number;
  /** Processor time that a ballot cost, by kind of process. */
  readonly cpuMsEach: ProcessorTimes;
}

const round = "round-2026";
const patienceMs = 120_000;
const chaincodeDir = resolve("chaincode");

/** A round that is open on a ledger of its own, with a database of its own and everything between them. */
export class Polls {
  readonly #seqs: number[];
  #worker: ChildProcess | undefined;
  #next = 0;

  private constructor(
    readonly db: ReturnType<typeof createDatabase>,
    private readonly voters: readonly VoterKey[],
    private readonly undo: readonly (() => Promise<unknown>)[],
  ) {
    this.#seqs = voters.map(() => 0);
  }

  /** @throws NotMeasurable where this machine lacks something */
  static async open(kind: LedgerKind, voters: number): Promise<Polls> {
    const lacking = await lackingPostgresql();
    if (lacking) throw new NotMeasurable(lacking);
    const undo: (() => Promise<unknown>)[] = [];
    try {
      const cluster = await startPostgresql();
      undo.unshift(() => cluster.stop());
      await migrate(cluster.url);
      const db = createDatabase(cluster.url, "postgresql");
      undo.unshift(() => db.$disconnect());
      const ledger = await startLedger(kind);
      undo.unshift(ledger.stop);
      Object.assign(process.env, {
        DATABASE_URL: cluster.url,
        DATABASE_KIND: "postgresql",
        LEDGER_CONNECTION: ledger.connectionFile,
        KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
      });
      const access = await openLedgerAccess(ledger.connectionFile, db);
      undo.unshift(async () => access.gateway.close());
      const polls = new Polls(db, newVoters(voters), undo);
      undo.unshift(() => polls.#stopWorker());
      await polls.send({ batching: true });
      await foundTorino({ db });
      await openRound({ db, access }, polls.voters);
      return polls;
    } catch (error) {
      for (const step of undo) await step();
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const step of this.undo) await step();
  }

  /** From now on ballots share transactions, or do not. */
  async send({ batching }: { batching: boolean }): Promise<void> {
    await this.#stopWorker();
    const program = ["--conditions=react-server", "--import", "tsx", "tests/bench/ballots/worker.ts"];
    const worker = spawn(process.execPath, [...program, ...(batching ? [] : ["--single"])], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#worker = worker;
    await new Promise<void>((ready, reject) => {
      createInterface({ input: worker.stdout }).once("line", () => ready());
      worker.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
    });
  }

  /** Casts ballots from so many voters at once, each waiting for its receipt. */
  async cast(ballots: number, atOnce: number): Promise<BallotFigures> {
    const durations: number[] = [];
    const transactions = new Set<string>();
    const cpuBefore = await processorTimes();
    const started = performance.now();
    let begun = 0;
    const voter = async () => {
      while (begun++ < ballots) {
        const before = performance.now();
        const command = this.#command([this.#nextBallot()]);
        await enqueue(this.db, command);
        const { transactionId } = await waitFor(this.db, command.id, { timeoutMs: patienceMs });
        transactions.add(transactionId);
        durations.push(performance.now() - before);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, voter));
    const seconds = (performance.now() - started) / 1000;
    durations.sort((a, b) => a - b);
    const at = (share: number) => Math.round(durations[Math.floor(durations.length * share)] ?? Number.NaN);
    return {
      ballots,
      perSecond: Math.round((ballots / seconds) * 10) / 10,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      transactions: transactions.size,
      cpuMsEach: costOfEach(cpuBefore, await processorTimes(), ballots),
    };
  }

  /** Puts ballots on the ledger as fast as it takes them, 200 a transaction and past the measuring of single ones. */
  async fill(ballots: number): Promise<void> {
    const each = 200;
    for (let left = ballots; left > 0; ) {
      const commands: (Command<"rounds:cast"> & { id: string })[] = [];
      for (; left > 0 && commands.length < 20; left -= each)
        commands.push(this.#command(Array.from({ length: Math.min(each, left) }, () => this.#nextBallot())));
      for (const command of commands) await enqueue(this.db, command);
      await Promise.all(commands.map(({ id }) => waitFor(this.db, id, { timeoutMs: patienceMs })));
    }
  }

  /** Voters take turns: nobody's next ballot waits for an earlier one of the same key. */
  #nextBallot() {
    const index = this.#next++ % this.voters.length;
    const voter = this.voters[index];
    if (!voter) throw new RangeError("nobody votes");
    const seq = (this.#seqs[index] ?? 0) + 1;
    this.#seqs[index] = seq;
    return voter.ballot(round, seq, [1 + (seq % 2)]);
  }

  #command(ballots: ReturnType<VoterKey["ballot"]>[]): Command<"rounds:cast"> & { id: string } {
    const { person, organisation, role } = people.casting;
    const key = ballots[0]?.key ?? "";
    return {
      id: randomUUID(),
      transaction: "rounds:cast",
      input: { municipality: torino, round, ballots },
      signer: { person, organisation, role },
      subject: { type: "ballot", id: `${round}/${key}` },
      orderKey: `round/${round}/key/${key}`,
    };
  }

  async #stopWorker(): Promise<void> {
    const worker = this.#worker;
    if (worker?.exitCode !== null) return;
    const ended = new Promise((end) => worker.once("exit", end));
    worker.kill("SIGTERM");
    await ended;
  }
}

async function startLedger(kind: LedgerKind): Promise<{ connectionFile: string; stop(): Promise<unknown> }> {
  if (kind === "embedded") {
    configureRecoveryKeys();
    return startEmbedded({ chaincodeDir });
  }
  const throwaway = await startThrowaway({
    chaincode: chaincodeDir,
    recoveryKeys: knownRecoveryKeys,
    log: (line) => console.error(line),
  });
  return { connectionFile: throwaway.connectionFile, stop: throwaway.remove };
}
