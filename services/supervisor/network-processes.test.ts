import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dismiss, logFile, recordPid, resume, runningPid, stop, want } from "@/ledger/network/processes";
import { NetworkProcesses } from "./network-processes";

let folder: string;
let processes: NetworkProcesses;
let working: Promise<void>;
let events: Record<string, unknown>[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-network-"));
  events = [];
  processes = new NetworkProcesses(folder, (event) => events.push(event));
});

afterEach(async () => {
  processes.stop();
  await working;
  await rm(folder, { recursive: true });
});

describe("the processes of a network's folder", () => {
  it("run when they are wanted, are started again when they die, and end when they are not wanted", async () => {
    working = processes.work();
    await want(folder, waiting("node"));
    const first = await pidOf("node");
    process.kill(first, "SIGKILL");
    const second = await until(async () => {
      const pid = await runningPid(folder, "node");
      return pid === first ? undefined : pid;
    });
    await stop(folder, "node");
    // Its pid is gone from the folder a moment before the system has forgotten it.
    await until(async () => !isAlive(second) || undefined);
    expect(events.map(({ event }) => event)).toEqual(["started", "died", "started", "stopped"]);
    await resume(folder, "node");
    expect(await pidOf("node")).not.toBe(second);
    await dismiss(folder, "node");
    expect(await runningPid(folder, "node")).toBeUndefined();
  });

  it("are started again when their command has changed, and never two of one name", async () => {
    working = processes.work();
    await want(folder, waiting("node", "slow to end"));
    const first = await pidOf("node");
    await until(async () => (await readFile(logFile(folder, "node"), "utf8")).includes("up") || undefined);
    await want(folder, waiting("node"));
    const second = await until(async () => {
      const pid = await runningPid(folder, "node");
      if (pid !== undefined && pid !== first) expect(isAlive(first)).toBe(false);
      return pid === first ? undefined : pid;
    });
    expect(isAlive(second)).toBe(true);
  });

  it("take along what they started themselves", async () => {
    working = processes.work();
    const source = `const { spawn } = require("node:child_process");
      console.log(spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]).pid);`;
    await want(folder, { ...waiting("node"), command: [process.execPath, "-e", source] });
    const grandchild = await until(async () => {
      const text = await readFile(logFile(folder, "node"), "utf8").catch(() => "");
      return Number(text.trim()) || undefined;
    });
    await stop(folder, "node");
    await until(async () => !isAlive(grandchild) || undefined);
  });

  it("that a supervisor left behind when it was killed are ended by the next", async () => {
    const orphan = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    await want(folder, waiting("node"));
    await recordPid(folder, "node", orphan.pid ?? 0);
    working = processes.work();
    await until(async () => (orphan.signalCode === null ? undefined : true));
    await until(async () => {
      const pid = await runningPid(folder, "node");
      return pid === orphan.pid ? undefined : pid;
    });
    expect(events[0]).toEqual({ event: "orphan", process: "node", pid: orphan.pid });
  });

  it("that cannot be started are tried again after longer and longer pauses", async () => {
    working = processes.work();
    await want(folder, { ...waiting("node"), command: [join(folder, "nowhere")] });
    await until(async () => events.length >= 3 || undefined);
    expect(events.slice(0, 3)).toMatchObject([
      { event: "died", pauseMs: 250, error: expect.stringContaining("ENOENT") },
      { event: "died", pauseMs: 500 },
      { event: "died", pauseMs: 1000 },
    ]);
  });
});

/** A process that does nothing until it is asked to end. */
function waiting(name: string, manner?: "slow to end") {
  const source = manner
    ? 'process.on("SIGTERM", () => setTimeout(() => process.exit(), 500)); console.log("up"); setInterval(() => {}, 1000)'
    : "setInterval(() => {}, 1000)";
  return { name, command: [process.execPath, "-e", source], cwd: folder, env: {} };
}

function pidOf(name: string): Promise<number> {
  return until(() => runningPid(folder, name));
}

async function until<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 600; turn++) {
    const found = await attempt();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come to pass");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
