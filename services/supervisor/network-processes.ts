import { closeSync, openSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { logFile, type ProcessSpec, readProcesses, recordPid, runningPid } from "@/ledger/network/processes";
import { type SupervisedCommand, SupervisedProcess } from "./supervised-process";

const reconcileEveryMs = 100;
const orphanTimeoutMs = 15_000;
const longestLogBytes = 50 * 1024 * 1024;

type Running = {
  process: SupervisedProcess;
  /** What it was started as: another command means starting it again. */
  command: string;
  isEnding: boolean;
};

/**
 * Keeps the processes of a network's folder as their files say. Their output goes to files of their own, so that they
 * outlive a supervisor that is killed; the next one ends what the last one left.
 */
export class NetworkProcesses {
  readonly #running = new Map<string, Running>();
  #stopping = false;

  constructor(
    private readonly folder: string,
    private readonly log: (event: Record<string, unknown>) => void,
  ) {}

  /** Works until `stop`; settles when every process has ended. */
  async work(): Promise<void> {
    for (const { name } of await readProcesses(this.folder)) await this.#endOrphan(name);
    while (!this.#stopping) {
      await this.#reconcile();
      await sleep(reconcileEveryMs);
    }
    await Promise.all([...this.#running.values()].map(({ process }) => process.stop()));
  }

  stop(): void {
    this.#stopping = true;
  }

  async #reconcile(): Promise<void> {
    const specs = new Map((await readProcesses(this.folder)).map((spec) => [spec.name, spec]));
    for (const [name, running] of this.#running) {
      const spec = specs.get(name);
      const isAsWanted = spec?.wanted === "running" && commandOf(spec) === running.command;
      if (isAsWanted || running.isEnding) continue;
      running.isEnding = true;
      // Until it has ended it stays in the map, so that another of its name is not started beside it.
      void running.process.stop(spec?.stopSignal).then(() => this.#running.delete(name));
    }
    for (const spec of specs.values())
      if (spec.wanted === "running" && !this.#running.has(spec.name)) this.#start(spec);
  }

  #start(spec: ProcessSpec): void {
    const { name } = spec;
    const supervised = new SupervisedProcess({
      command: () => this.#command(spec),
      report: (event) => this.log({ process: name, ...event }),
      onStart: async ({ pid }) => {
        if (pid !== undefined) await recordPid(this.folder, name, pid);
      },
    });
    this.#running.set(name, { process: supervised, command: commandOf(spec), isEnding: false });
    void supervised.run();
  }

  async #command({ name, command, cwd, env }: ProcessSpec): Promise<SupervisedCommand> {
    const output = await openLog(logFile(this.folder, name));
    return {
      command,
      options: {
        cwd,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
        stdio: ["ignore", output, output],
      },
      release: () => closeSync(output),
    };
  }

  async #endOrphan(name: string): Promise<void> {
    const pid = await runningPid(this.folder, name);
    if (pid === undefined) return;
    this.log({ event: "orphan", process: name, pid });
    process.kill(pid, "SIGTERM");
    for (const deadline = Date.now() + orphanTimeoutMs; Date.now() < deadline; await sleep(50))
      if ((await runningPid(this.folder, name)) === undefined) return;
    process.kill(pid, "SIGKILL");
  }
}

function commandOf({ command, cwd, env }: ProcessSpec): string {
  return JSON.stringify([command, cwd, env]);
}

/** Appends; a log that has grown long makes way for a new one at a start. */
async function openLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > longestLogBytes) await rename(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}
