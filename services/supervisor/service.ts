import type { ChildProcess } from "node:child_process";
import { createWriteStream, renameSync, statSync, type WriteStream } from "node:fs";
import { pathToFileURL } from "node:url";
import { bundled } from "@/lib/programs";
import { StartFailure } from "./failure";
import { Silence, waitedForProcessor } from "./silence";
import { type ProcessEvent, type SupervisedCommand, SupervisedProcess } from "./supervised-process";
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

const followParent = pathToFileURL(bundled("services/supervisor/follow-parent.ts")).href;
const askSeconds = 2;

/** One of our own programs, supervised: it says when it is ready, is asked whether it still moves, and is logged. */
export class Service {
  readonly #options: ServiceOptions;
  readonly #log: WriteStream;
  readonly #process: SupervisedProcess;
  readonly #firstReady = Promise.withResolvers<void>();
  #stopping = false;
  #tail: string[] = [];
  #ready: Readonly<Record<string, unknown>> | undefined;
  #isPaused = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    rotate(options.logFile);
    this.#log = createWriteStream(options.logFile, { flags: "a", mode: 0o600 });
    this.#firstReady.promise.catch(() => undefined);
    this.#process = new SupervisedProcess({
      command: () => this.#command(),
      onStart: (child) => this.#follow(child),
      report: (event) => this.#report(event),
    });
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
    void this.#process.run();
    try {
      await this.#firstReady.promise;
    } catch {
      if (this.#stopping) return;
      await this.stop();
      const lines = [words.failed.service(this.name, this.#options.logFile), ...this.#tail.slice(-15)];
      throw new StartFailure(lines.join("\n"));
    }
  }

  /** Stops the process where it stands; false when it is not running just now. */
  pause(): boolean {
    this.#isPaused = this.#process.signal("SIGSTOP");
    return this.#isPaused;
  }

  resume(): void {
    this.#isPaused = false;
    this.#process.signal("SIGCONT");
  }

  /** Asks the process to end, and makes it after a while. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#process.stop();
    await new Promise<void>((resolve) => this.#log.end(() => resolve()));
  }

  #command(): SupervisedCommand {
    const { args, environment, moreEnvironment, again } = this.#options;
    const more = (this.#ready && again?.(this.#ready)) ?? [];
    return {
      command: [process.execPath, "--import", followParent, ...args, ...more],
      options: {
        env: { ...environment, ...moreEnvironment?.() },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      },
    };
  }

  #report(event: ProcessEvent): void {
    if (event.event === "stopped") this.#firstReady.reject(new Error(`${this.name} was stopped`));
    if (event.event !== "died") return;
    if (event.error !== undefined) this.#write(`${event.error}\n`);
    if (this.#ready) console.error(words.restarted(this.name, (event.pauseMs / 1000).toFixed(1)));
    else this.#firstReady.reject(new Error(`${this.name} ended`));
  }

  /** Logs what a process prints, and from the moment it says it is ready watches whether it moves. */
  #follow(child: ChildProcess): void {
    const limit = setTimeout(() => {
      this.#firstReady.reject(new Error(`${this.name} is too slow`));
      child.kill("SIGKILL");
    }, this.#options.startSeconds * 1000);
    child.once("exit", () => clearTimeout(limit));
    child.stderr?.on("data", (chunk: Buffer) => this.#write(chunk.toString()));
    let line = "";
    let isReady = false;
    child.stdout?.on("data", (chunk: Buffer) => {
      this.#write(chunk.toString());
      if (isReady) return;
      line += chunk;
      for (let end = line.indexOf("\n"); end >= 0 && !isReady; end = line.indexOf("\n")) {
        const content = parseJson(line.slice(0, end));
        line = line.slice(end + 1);
        if (typeof content !== "object" || content === null || !("ready" in content)) continue;
        isReady = true;
        clearTimeout(limit);
        this.#ready = content as Readonly<Record<string, unknown>>;
        this.#watch(child);
        this.#firstReady.resolve();
      }
    });
  }

  /**
   * Ends a process that does not answer although it could run. What counts is how often it was asked in vain: a machine
   * that slept has asked nothing meanwhile.
   */
  #watch(child: ChildProcess): void {
    const { silentSeconds } = this.#options;
    const silence = new Silence(silentSeconds);
    let isFirst = true;
    child.on("message", (message) => {
      if (message === "moving") silence.broken();
    });
    const timer = setInterval(() => {
      const asked = isFirst ? 0 : askSeconds;
      isFirst = false;
      const isSilent = silence.lasts(asked, waitedForProcessor(child.pid));
      if (this.#isPaused) silence.broken();
      else if (isSilent) {
        clearInterval(timer);
        const sentence = words.hung(this.name, silentSeconds);
        console.error(sentence);
        this.#write(`${sentence}\n`);
        child.kill("SIGKILL");
        return;
      }
      // A channel that has just closed tells so by the end of the process.
      if (child.connected) child.send("moving?", () => undefined);
    }, askSeconds * 1000);
    child.once("exit", () => clearInterval(timer));
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
