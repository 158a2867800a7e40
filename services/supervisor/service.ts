import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, renameSync, statSync, type WriteStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { StartFailure } from "./failure";
import { words } from "./words";

export type ServiceOptions = {
  /** What it is called in messages and what its log file is called. */
  name: string;
  /** Arguments to node. */
  args: string[];
  environment: NodeJS.ProcessEnv;
  /** What is known only when it starts, such as what another process said. */
  moreEnvironment?: () => Readonly<Record<string, string>>;
  logFile: string;
  /** How long it may take until it prints the line of JSON that says it is ready. */
  startSeconds: number;
  /** How long its event loop may stand still, once it is ready, before it is ended and started again. */
  silentSeconds: number;
  /** Further arguments for every start but the first, from the line that said it was ready. */
  again?: (ready: Readonly<Record<string, unknown>>) => string[];
};

const followParent = fileURLToPath(new URL("follow-parent.ts", import.meta.url));
const stopSeconds = 15;
const askSeconds = 2;
const steadySeconds = 30;

/** A process that is started, started again when it ends, and stopped together with all that it started. */
export class Service {
  readonly #options: ServiceOptions;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #stopping = false;
  #failures = 0;
  #tail: string[] = [];
  #pause: { cancel(): void } | undefined;
  #running: Promise<void> | undefined;
  #ready: Readonly<Record<string, unknown>> | undefined;
  #isPaused = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    rotate(options.logFile);
    this.#log = createWriteStream(options.logFile, { flags: "a", mode: 0o600 });
  }

  get name(): string {
    return this.#options.name;
  }

  /** The line that said it was ready, once it has. */
  get ready(): Readonly<Record<string, unknown>> | undefined {
    return this.#ready;
  }

  /** @throws StartFailure with the end of the log when the first start fails. */
  async start(): Promise<void> {
    const first = this.#run();
    try {
      await first.ready;
    } catch (error) {
      if (this.#stopping) return;
      await this.stop();
      const lines = [words.failed.service(this.name, this.#options.logFile), ...this.#tail.slice(-15)];
      throw new StartFailure(error instanceof StartFailure ? error.message : lines.join("\n"));
    }
    this.#running = this.#keepRunning(first.ended);
  }

  /** Stops the process where it stands; false when it is not running just now. */
  pause(): boolean {
    this.#isPaused =
      this.#child?.exitCode === null && this.#child.signalCode === null && this.#child.kill("SIGSTOP");
    return this.#isPaused;
  }

  resume(): void {
    this.#isPaused = false;
    this.#child?.kill("SIGCONT");
  }

  /** Asks the process to end, and makes it after a while. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pause?.cancel();
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      child.kill("SIGCONT");
      const limit = setTimeout(() => child.kill("SIGKILL"), stopSeconds * 1000);
      await ended;
      clearTimeout(limit);
    }
    killGroup(child);
    await this.#running;
    await new Promise<void>((resolve) => this.#log.end(() => resolve()));
  }

  async #keepRunning(firstEnd: Promise<void>): Promise<void> {
    let ended = firstEnd;
    for (;;) {
      const since = Date.now();
      await ended;
      if (this.#stopping) return;
      if (Date.now() - since > steadySeconds * 1000) this.#failures = 0;
      const wait = Math.min(10_000, 200 * 2 ** this.#failures);
      this.#failures += 1;
      console.error(words.restarted(this.name, (wait / 1000).toFixed(1)));
      await this.#sleep(wait);
      if (this.#stopping) return;
      const next = this.#run();
      next.ready.catch(() => this.#child?.kill("SIGKILL"));
      ended = next.ended;
    }
  }

  #run(): { ready: Promise<void>; ended: Promise<void> } {
    const { args, environment, moreEnvironment, startSeconds, again } = this.#options;
    const more = (this.#ready && again?.(this.#ready)) ?? [];
    const child = spawn(process.execPath, ["--import", followParent, ...args, ...more], {
      env: { ...environment, ...moreEnvironment?.() },
      // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops things in order.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#child = child;
    const ended = new Promise<void>((resolve) => {
      child.once("error", (error) => this.#write(`${error.message}\n`));
      child.once("exit", () => {
        killGroup(child);
        resolve();
      });
    });
    const serves = this.#follow(child);
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(new Error(`${this.name} is too slow`)), startSeconds * 1000);
    });
    const gone = ended.then(() => {
      throw new Error(`${this.name} ended`);
    });
    const ready = Promise.race([serves, gone, late]).finally(() => clearTimeout(limit));
    for (const promise of [gone, late, ready]) promise.catch(() => undefined);
    ready.then(
      () => this.#watch(child),
      () => undefined,
    );
    return { ready, ended };
  }

  /**
   * Ends a process that does not answer. What counts is how often it was asked in vain: a machine that slept has asked
   * nothing meanwhile.
   */
  #watch(child: ChildProcess): void {
    const { silentSeconds } = this.#options;
    let unanswered = 0;
    child.on("message", (message) => {
      if (message === "moving") unanswered = 0;
    });
    const timer = setInterval(() => {
      if (this.#isPaused) unanswered = 0;
      else if (unanswered * askSeconds >= silentSeconds) {
        clearInterval(timer);
        const sentence = words.hung(this.name, silentSeconds);
        console.error(sentence);
        this.#write(`${sentence}\n`);
        child.kill("SIGKILL");
        return;
      } else unanswered += 1;
      // A channel that has just closed tells so by the end of the process.
      if (child.connected) child.send("moving?", () => undefined);
    }, askSeconds * 1000);
    child.once("exit", () => clearInterval(timer));
  }

  /** Everything a process prints goes to its log; the first line of JSON on standard output says it is ready. */
  #follow(child: ChildProcess): Promise<void> {
    child.stderr?.on("data", (chunk: Buffer) => this.#write(chunk.toString()));
    return new Promise((resolve) => {
      let line = "";
      let found = false;
      child.stdout?.on("data", (chunk: Buffer) => {
        this.#write(chunk.toString());
        if (found) return;
        line += chunk;
        for (let end = line.indexOf("\n"); end >= 0 && !found; end = line.indexOf("\n")) {
          const content = parseJson(line.slice(0, end));
          line = line.slice(end + 1);
          found = typeof content === "object" && content !== null && "ready" in content;
          if (!found) continue;
          this.#ready = content as Readonly<Record<string, unknown>>;
          resolve();
        }
      });
    });
  }

  #write(text: string): void {
    if (!this.#log.writableEnded) this.#log.write(text);
    this.#tail = [
      ...this.#tail,
      ...text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map(cut),
    ].slice(-40);
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#pause = {
        cancel() {
          clearTimeout(timer);
          resolve();
        },
      };
    });
  }
}

/** What a process started may outlive it: the group that bears its id goes with it. */
function killGroup(child: ChildProcess | undefined): void {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody was left in it.
  }
}

/** Some libraries print their whole source with an error. */
function cut(line: string): string {
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10 * 1024 * 1024) renameSync(file, `${file}.1`);
}
