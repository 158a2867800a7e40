import { type ChildProcess, spawn } from "node:child_process";
import { words } from "@/services/supervisor/words";
import { freePort } from "@/tests/free-port";

export type CoCity = {
  origin: string;
  /** Of the trial signer. */
  signerOrigin: string;
  /** From the command to "running". */
  startSeconds: number;
  processId: number;
  /** Everything it printed so far. */
  output(): string;
  /** SIGTERM. @returns its exit code */
  stop(): Promise<number | null>;
};

const startMinutes = 10;

/**
 * `npm start`'s own program, on an embedded ledger or the Fabric network of a `connection.json`.
 * @param environment what it is told beside this process's own
 * @throws Error with what it printed when it ends instead of running
 */
export async function startCoCity(
  data: string,
  port: number,
  connection?: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<CoCity> {
  const started = performance.now();
  const signerPort = await freePort();
  const child = spawn(process.execPath, ["--conditions=react-server", "scripts/start.ts"], {
    env: {
      ...process.env,
      ...{ NODE_ENV: "production", PORT: String(port), COCITY_DATA: data, CI: "" },
      SIGNER_PORT: String(signerPort),
      // Parts of sealed rounds look a little more often than by default: tests wait for them.
      SEALED_PAUSE_SECONDS: "3",
      LEDGER_CONNECTION: connection ?? "",
      // It would change Agliè's pages while they are tested.
      TRIAL_VOTE_MINUTES: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const output = await running(child);
  return {
    origin: `http://localhost:${port}`,
    signerOrigin: `http://localhost:${signerPort}`,
    startSeconds: (performance.now() - started) / 1000,
    processId: child.pid ?? 0,
    output,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

function running(child: ChildProcess): Promise<() => string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const limit = setTimeout(() => {
      child.kill("SIGTERM");
      reject(new Error(`not running after ${startMinutes} minutes:\n${output}`));
    }, startMinutes * 60_000);
    const read = (chunk: Buffer) => {
      output += chunk;
      if (!output.includes(words.ready)) return;
      clearTimeout(limit);
      resolve(() => output);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => {
      clearTimeout(limit);
      reject(new Error(`npm start ended:\n${output}`));
    });
  });
}
