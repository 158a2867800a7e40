import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** A process that ran for longer has not failed at its start: the pauses begin anew. */
const steadyMs = 30_000;
const stopTimeoutMs = 15_000;

/** `error` where it could not be started at all. */
type ProcessEnd = { code: number | null; signal: NodeJS.Signals | null; error?: string };

/** What becomes of a process, for the log of whoever supervises it. */
export type ProcessEvent =
  | { event: "started"; pid: number }
  | ({ event: "died"; pauseMs: number } & ProcessEnd)
  | ({ event: "stopped" } & ProcessEnd)
  /** It did not end when it was asked to. */
  | { event: "killed" };

export type SupervisedOptions = {
  /** What to run, asked anew before each start. */
  command(): Promise<SupervisedCommand> | SupervisedCommand;
  /** A new child, before anything else can happen to it; what it returns is awaited before the start is reported. */
  onStart?(child: ChildProcess): Promise<void> | void;
  report(event: ProcessEvent): void;
};

export type SupervisedCommand = {
  readonly command: readonly string[];
  /** Processes get a group of their own whatever these say. */
  readonly options: Omit<SpawnOptions, "detached">;
  /** Called once the child has been started, or has failed to. */
  release?(): void;
};

/**
 * One process that is kept running: started again when it ends, after a pause that doubles up to 10 s, and ended together
 * with everything in its process group.
 */
export class SupervisedProcess {
  readonly #options: SupervisedOptions;
  #child: ChildProcess | undefined;
  #stopSignal: NodeJS.Signals | undefined;
  #pauseMs = firstPauseMs;
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;

  constructor(options: SupervisedOptions) {
    this.#options = options;
  }

  /** Starts it and keeps it running; settles when it has been stopped. */
  run(): Promise<void> {
    this.#running ??= this.#keepRunning();
    return this.#running;
  }

  /** Sends a signal to the process, not to what it started; false when it is not running just now. */
  signal(signal: NodeJS.Signals): boolean {
    return isRunning(this.#child) && this.#child.kill(signal);
  }

  /** Asks the process to end, makes it after 15 s, and settles when it and its group are gone. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.#stopSignal === undefined) {
      this.#stopSignal = signal;
      this.#wake?.();
      if (isRunning(this.#child)) this.#end(this.#child, signal);
    }
    await this.#running;
  }

  async #keepRunning(): Promise<void> {
    let end: ProcessEnd = { code: null, signal: null };
    while (this.#stopSignal === undefined) {
      const startedAt = Date.now();
      end = await this.#runOnce();
      if (this.#stopSignal !== undefined) break;
      if (Date.now() - startedAt > steadyMs) this.#pauseMs = firstPauseMs;
      this.#options.report({ event: "died", ...end, pauseMs: this.#pauseMs });
      await this.#pause(this.#pauseMs);
      this.#pauseMs = Math.min(longestPauseMs, 2 * this.#pauseMs);
    }
    this.#options.report({ event: "stopped", ...end });
  }

  async #runOnce(): Promise<ProcessEnd> {
    const { command, options, release } = await this.#options.command();
    const [program = "", ...args] = command;
    // A group of its own: Ctrl-C in a terminal reaches the supervisor alone, which stops things in order.
    const child = spawn(program, args, { ...options, detached: true });
    release?.();
    this.#child = child;
    const ended = new Promise<ProcessEnd>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
      child.on("error", ({ message }) => {
        if (child.pid === undefined) resolve({ code: null, signal: null, error: message });
      });
    });
    // Asked to stop while the command was being made.
    if (this.#stopSignal !== undefined && isRunning(child)) this.#end(child, this.#stopSignal);
    await this.#options.onStart?.(child);
    if (child.pid !== undefined) this.#options.report({ event: "started", pid: child.pid });
    const end = await ended;
    killGroup(child);
    return end;
  }

  #end(child: ChildProcess, signal: NodeJS.Signals): void {
    child.kill(signal);
    // One that is paused could not follow.
    child.kill("SIGCONT");
    const limit = setTimeout(() => {
      this.#options.report({ event: "killed" });
      child.kill("SIGKILL");
    }, stopTimeoutMs);
    child.once("exit", () => clearTimeout(limit));
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** What a process started may outlive it: the group that bears its id goes with it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody was left in it.
  }
}
