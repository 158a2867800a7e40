import { spawn } from "node:child_process";

/** A command that ended with another code than 0; `output` is all it printed. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  constructor(
    command: string,
    readonly output: string,
  ) {
    super(`${command} failed`);
  }
}

/** Runs a command to its end without showing what it prints. */
export function runQuietly(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = () => child.kill();
    process.once("exit", kill);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", kill);
      if (code === 0) resolve(output);
      else reject(new CommandFailure([command, ...args].join(" "), output));
    });
  });
}
