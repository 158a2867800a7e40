import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { logFile, type ProcessSpec, readProcesses, recordPid, runningPid } from "./processes";

const RECONCILE_EVERY_MS = 100;
const STEADY_AFTER_MS = 30_000;
const LONGEST_PAUSE_MS = 10_000;
const STOP_TIMEOUT_MS = 15_000;
const LONGEST_LOG_BYTES = 50 * 1024 * 1024;

interface Running {
  child: ChildProcess;
  /** What it was started as: another command means starting it again. */
  command: string;
  startedAt: number;
  stopAskedAt?: number;
}

/**
 * Keeps the processes of one folder as their files say: starts them, starts them again when they die (after a pause
 * that doubles up to 10 s), ends them when they are no longer wanted. Their output goes to files of their own,
 * so that they outlive a supervisor that is killed; the next one ends what the last one left.
 */
export class Supervisor {
  readonly #running = new Map<string, Running>();
  readonly #pauses = new Map<string, { until: number; length: number }>();
  #stopping = false;

  constructor(
    private readonly folder: string,
    private readonly log: (event: Record<string, unknown>) => void,
  ) {}

  /** Works until `stop`; settles when every process has ended. */
  async work(): Promise<void> {
    for (const spec of await readProcesses(this.folder)) await this.#endOrphan(spec.name);
    while (!this.#stopping) {
      await this.#reconcile();
      await sleep(RECONCILE_EVERY_MS);
    }
    await this.#endAll();
  }

  stop(): void {
    this.#stopping = true;
  }

  async #reconcile(): Promise<void> {
    const specs = new Map((await readProcesses(this.folder)).map((spec) => [spec.name, spec]));
    for (const [name, running] of this.#running) {
      const spec = specs.get(name);
      if (spec?.wanted !== "running" || commandOf(spec) !== running.command)
        this.#end(name, running, spec?.stopSignal ?? "SIGTERM");
    }
    for (const spec of specs.values())
      if (spec.wanted === "running" && !this.#running.has(spec.name)) await this.#start(spec);
      else if (spec.wanted === "stopped") this.#pauses.delete(spec.name);
  }

  async #start(spec: ProcessSpec): Promise<void> {
    const pause = this.#pauses.get(spec.name);
    if (pause && Date.now() < pause.until) return;
    const file = logFile(this.folder, spec.name);
    const output = await openLog(file);
    const [program = "", ...args] = spec.command;
    const child = spawn(program, args, {
      cwd: spec.cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...spec.env },
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    const running: Running = { child, command: commandOf(spec), startedAt: Date.now() };
    this.#running.set(spec.name, running);
    const ended = (how: Record<string, unknown>) => this.#ended(spec.name, running, how);
    child.on("error", (error) => ended({ error: error.message }));
    child.on("exit", (code, signal) => ended({ code, signal }));
    if (child.pid === undefined) return;
    await recordPid(this.folder, spec.name, child.pid);
    this.log({ event: "started", process: spec.name, pid: child.pid });
  }

  #ended(name: string, running: Running, how: Record<string, unknown>): void {
    if (this.#running.get(name) !== running) return;
    this.#running.delete(name);
    const asked = running.stopAskedAt !== undefined;
    this.log({ event: asked ? "stopped" : "died", process: name, ...how });
    if (asked) return;
    const steady = Date.now() - running.startedAt > STEADY_AFTER_MS;
    const length = steady ? 500 : Math.min(LONGEST_PAUSE_MS, 2 * (this.#pauses.get(name)?.length ?? 250));
    this.#pauses.set(name, { until: Date.now() + length, length });
  }

  #end(name: string, running: Running, signal: NodeJS.Signals): void {
    if (running.stopAskedAt === undefined) {
      running.stopAskedAt = Date.now();
      running.child.kill(signal);
    } else if (Date.now() - running.stopAskedAt > STOP_TIMEOUT_MS) {
      this.log({ event: "killed", process: name });
      running.child.kill("SIGKILL");
    }
  }

  async #endAll(): Promise<void> {
    while (this.#running.size > 0) {
      for (const [name, running] of this.#running) this.#end(name, running, "SIGTERM");
      await sleep(50);
    }
  }

  async #endOrphan(name: string): Promise<void> {
    const pid = await runningPid(this.folder, name);
    if (pid === undefined) return;
    this.log({ event: "orphan", process: name, pid });
    process.kill(pid, "SIGTERM");
    for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await sleep(50))
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
  if (size > LONGEST_LOG_BYTES) await rename(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}
