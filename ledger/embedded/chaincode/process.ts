import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { SignedProposal } from "../../evidence/protobuf/messages";
import type { ChaincodeMessage, ChaincodeRuntime } from "../endorser/endorser";
import { StartFailure } from "../failure";
import type { Log } from "../log";
import { InvocationError } from "./errors";
import type { Invocation } from "./invocation";
import { ChaincodeStream } from "./stream";

/** How the chaincode's server is started: a folder with a chaincode package, or a whole command. */
export type ChaincodeSource = { readonly dir: string } | { readonly command: string };

export interface ChaincodeProcessOptions {
  readonly name: string;
  readonly source: ChaincodeSource;
  /** Longest run of one invocation. */
  readonly executionTimeoutMs: number;
  readonly log: Log;
}

const startTimeoutMs = 60_000;
const connectAttemptMs = 50;
/** Pauses before the chaincode is started again grow up to this. */
const longestPauseMs = 5_000;
const steadyMs = 10_000;
const killAfterMs = 5_000;

/**
 * Ends the chaincode when its standard input closes, and so when the peer is killed: without it a chaincode
 * would be left behind by every crash.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  'process.stdin.on("end",()=>process.exit(0)).on("error",()=>process.exit(0)).resume()',
)}`;

/** Runs the chaincode server as a child process, connects to it, and starts it again when it dies. */
export class ChaincodeProcess implements ChaincodeRuntime {
  readonly #id: string;
  #child: ChildProcess | undefined;
  #stream: ChaincodeStream | undefined;
  #ready: PromiseWithResolvers<ChaincodeStream> = newReady();
  #stopped = false;
  /** Of the socket on which the chaincode listens. */
  #folder: string | undefined;
  #lastWords = "";

  private constructor(private readonly options: ChaincodeProcessOptions) {
    this.#id = `${options.name}:${digestOf(options.source)}`;
  }

  /** @throws StartFailure if the chaincode does not come up */
  static async start(options: ChaincodeProcessOptions): Promise<ChaincodeProcess> {
    const chaincode = new ChaincodeProcess(options);
    try {
      await chaincode.#launch();
    } catch (error) {
      await chaincode.stop();
      const reason = error instanceof Error ? error.message : String(error);
      throw new StartFailure(`The chaincode did not start: ${reason}. ${chaincode.#lastWords}`.trim());
    }
    return chaincode;
  }

  get processId(): number | undefined {
    return this.#child?.pid;
  }

  async invoke(
    invocation: Invocation,
    input: Uint8Array,
    proposal: SignedProposal,
  ): Promise<ChaincodeMessage> {
    const stream = this.#stream ?? (await this.#waitUntilReady());
    return stream.invoke(invocation, input, proposal);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ready.reject(new InvocationError("the peer is stopping"));
    this.#stream?.close();
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
      await exited;
      clearTimeout(timer);
    }
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  async #waitUntilReady(): Promise<ChaincodeStream> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new InvocationError("could not launch chaincode: timeout expired while starting it")),
      startTimeoutMs,
    );
    try {
      return await Promise.race([this.#ready.promise, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #launch(): Promise<void> {
    // In a folder that this account alone may enter: on a port any program could pass for the peer.
    this.#folder ??= await mkdtemp(join(tmpdir(), "cocity-chaincode-"));
    const socket = join(this.#folder, "chaincode.sock");
    await rm(socket, { force: true });
    const address = `unix:${socket}`;
    const child = this.#spawn(address);
    this.#child = child;
    const exited = new Promise<never>((_, reject) => {
      child.once("exit", (code, signal) =>
        reject(new Error(signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`)),
      );
      child.once("error", reject);
    });
    exited.catch(() => undefined);
    const stream = await Promise.race([this.#connect(address), exited]);
    this.#stream = stream;
    this.#ready.resolve(stream);
    this.options.log.info("the chaincode is ready", { id: this.#id, pid: child.pid, address });
    const startedAt = Date.now();
    void stream.ended.then(() => this.#restart(child, Date.now() - startedAt));
  }

  async #restart(child: ChildProcess, ranForMs: number): Promise<void> {
    this.#stream = undefined;
    this.#ready = newReady();
    if (this.#stopped) return;
    // Its stream may have ended with the process still there: two must never answer.
    child.kill("SIGKILL");
    let pause = ranForMs > steadyMs ? 0 : 100;
    while (!this.#stopped) {
      await new Promise((done) => setTimeout(done, pause));
      if (this.#stopped) return;
      try {
        return await this.#launch();
      } catch (error) {
        this.options.log.error("the chaincode could not be started again", { reason: String(error) });
        this.#child?.kill("SIGKILL");
        pause = Math.min(Math.max(pause * 2, 100), longestPauseMs);
      }
    }
  }

  async #connect(address: string): Promise<ChaincodeStream> {
    const deadline = Date.now() + startTimeoutMs;
    for (;;) {
      const stream = new ChaincodeStream({
        address,
        chaincodeId: this.#id,
        executionTimeoutMs: this.options.executionTimeoutMs,
        log: silentUntilReady,
      });
      try {
        await stream.ready;
        return stream;
      } catch (error) {
        if (Date.now() > deadline || this.#stopped) throw error;
        await new Promise((done) => setTimeout(done, connectAttemptMs));
      }
    }
  }

  #spawn(address: string): ChildProcess {
    const args = ["--chaincode-address", address, "--chaincode-id", this.#id];
    const env = {
      CORE_CHAINCODE_LOGGING_LEVEL: "WARNING",
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${endWithParent}`.trim(),
    };
    const { source } = this.options;
    const stdio: ["pipe", "pipe", "pipe"] = ["pipe", "pipe", "pipe"];
    const child =
      "dir" in source
        ? spawn(process.execPath, [shimOf(source.dir), "server", ...args], { cwd: source.dir, env, stdio })
        : spawn("/bin/sh", ["-c", `exec ${source.command} "$@"`, "chaincode", ...args], { env, stdio });
    for (const output of [child.stdout, child.stderr])
      output.on("data", (chunk: Buffer) => {
        const text = chunk.toString("utf8").trimEnd();
        this.#lastWords = `${this.#lastWords}\n${text}`.slice(-2000);
        this.options.log.info("chaincode", { text });
      });
    return child;
  }
}

const silentUntilReady: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function newReady(): PromiseWithResolvers<ChaincodeStream> {
  const ready = Promise.withResolvers<ChaincodeStream>();
  ready.promise.catch(() => undefined);
  return ready;
}

/** Fabric's own command, from the chaincode's dependencies. */
function shimOf(dir: string): string {
  return createRequire(join(resolve(dir), "package.json")).resolve("fabric-shim/cli.js");
}

/** Tells one chaincode package from another, as Fabric's package hash does. */
function digestOf(source: ChaincodeSource): string {
  const hash = createHash("sha256");
  if ("command" in source) return hash.update(source.command).digest("hex");
  const packageFile = join(source.dir, "package.json");
  if (!existsSync(packageFile))
    throw new StartFailure(`The folder ${source.dir} holds no chaincode: it has no package.json.`);
  const described = readFileSync(packageFile, "utf8");
  const main = join(source.dir, (JSON.parse(described) as { main?: string }).main ?? "index.js");
  if (!existsSync(main)) throw new StartFailure(`The chaincode is not built: ${main} is missing.`);
  return hash.update(described).update(readFileSync(main)).digest("hex");
}
