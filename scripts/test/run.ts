import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** In the environment of everything that this run starts, and of what that starts in turn. */
const mark = `COCITY_TEST_RUN=${randomUUID()}`;
const [markName = "", markValue = ""] = mark.split("=");
const minutes = 60_000;

export type Ended = { code: number; output: string };

/** Where what a section prints can be read while it runs. */
const logFolder = "test-results";

/** Runs a command and gathers what it prints, since sections that run side by side would interleave. */
export function runGathered(
  name: string,
  [command = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
  limitMinutes: number,
): Promise<Ended> {
  mkdirSync(logFolder, { recursive: true });
  const log = createWriteStream(join(logFolder, `${name.replaceAll(/[^a-zA-Z0-9]+/g, "-")}.log`));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(command, args, {
      env: { ...process.env, NO_COLOR: "1", ...environment, [markName]: markValue },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const kill = () => killGroup(child.pid);
    const timer = setTimeout(() => {
      chunks.push(Buffer.from(`\nstopped after ${limitMinutes} minutes\n`));
      kill();
    }, limitMinutes * minutes);
    const keep = (chunk: Buffer) => {
      chunks.push(chunk);
      log.write(chunk);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => keep(Buffer.from(error.message)));
    // Not "close": a process that was left behind may hold the pipes open.
    child.once("exit", (code) => {
      clearTimeout(timer);
      kill();
      setImmediate(() => end(code ?? 1));
    });
    child.once("error", () => end(1));
    const end = (code: number) => {
      log.end();
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    };
  });
}

/**
 * Ends every process that this run started, however far down and in whichever process group. Some are given an
 * environment of their own, some outlive the process that started them: each is found by its mark or by its parents.
 */
export async function endAllStarted(): Promise<void> {
  const known = new Set<number>();
  // A process that is asked to end is given two seconds; what appears meanwhile is asked as well.
  for (let attempt = 0; attempt < 60; attempt += 1) {
    for (const pid of await startedProcesses()) known.add(pid);
    const left = [...known].filter(isRunning);
    if (left.length === 0) return;
    for (const pid of left) endProcess(pid, attempt < 20 ? "SIGTERM" : "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Told to stop, this process first ends what it started and runs `afterwards`. */
export function endAllOnSignal(afterwards: () => Promise<unknown> = async () => undefined): void {
  let isStopping = false;
  // npm passes a signal on that a terminal has sent to everybody already: the second must not cut the first short.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void endAllStarted()
        .finally(afterwards)
        .finally(() => process.exit(143));
    });
}

async function startedProcesses(): Promise<number[]> {
  const entries = await readdir("/proc").catch((): string[] => []);
  const processes = await Promise.all(entries.map(Number).filter(Number.isInteger).map(readProcess));
  const ours = new Set([process.pid]);
  for (let size = 0; size !== ours.size; ) {
    size = ours.size;
    for (const one of processes) if (one && (one.marked || ours.has(one.parent))) ours.add(one.pid);
  }
  ours.delete(process.pid);
  return [...ours];
}

async function readProcess(pid: number) {
  const [environment, stat] = await Promise.all(
    ["environ", "stat"].map((file) => readFile(`/proc/${pid}/${file}`, "latin1").catch(() => "")),
  );
  // The name in parentheses may hold anything; state and parent follow it.
  const [state, parent] = (stat ?? "").slice((stat ?? "").lastIndexOf(")") + 2).split(" ");
  if (!parent || state === "Z" || pid === process.pid) return undefined;
  return { pid, parent: Number(parent), marked: (environment ?? "").split("\0").includes(mark) };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function endProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

function killGroup(pid: number | undefined): void {
  if (pid) endProcess(-pid, "SIGKILL");
}
