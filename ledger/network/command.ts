import { spawn } from "node:child_process";

/** A command that failed: what it was, how it ended, and the last it said. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  constructor(
    readonly command: string,
    readonly output: string,
    how: string,
  ) {
    super(`${command} ${how}: ${lastLines(output)}`);
  }
}

export interface RunOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Default 60 s. */
  timeoutMs?: number;
  input?: Uint8Array;
}

/**
 * Runs a command to its end.
 * @returns what it wrote to standard output. @throws CommandError when it fails, cannot be started or takes too long.
 */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const name = [file.split("/").pop(), ...args.slice(0, 3)].join(" ");
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: options.timeoutMs ?? 60_000,
      killSignal: "SIGKILL",
    });
    const out: Buffer[] = [];
    const all: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      out.push(chunk);
      all.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => all.push(chunk));
    child.on("error", (error) =>
      reject(new CommandError(name, "", `could not be started (${error.message})`)),
    );
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(out).toString("utf8"));
      const how = signal ? `was ended by ${signal}` : `ended with ${code}`;
      reject(new CommandError(name, Buffer.concat(all).toString("utf8"), how));
    });
    // A command that ends without reading its input is not an error of ours.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input);
  });
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-6).join("\n");
}
