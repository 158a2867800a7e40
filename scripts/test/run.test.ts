import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { endAllStarted, runGathered } from "./run";

const forever = "setInterval(() => {}, 1000)";

it("gathers what a command prints, with its exit code", async () => {
  const program = "console.log('out'); console.error('err'); process.exitCode = 3";
  const { code, output } = await runGathered("run.test", [process.execPath, "-e", program], {}, 1);
  expect(code).toBe(3);
  expect(output.split("\n").filter(Boolean).sort()).toEqual(["err", "out"]);
});

it("a command that takes too long is stopped, and says so", async () => {
  const { code, output } = await runGathered("run.test", [process.execPath, "-e", forever], {}, 0.005);
  expect(code).toBe(1);
  expect(output).toContain("stopped after 0.005 minutes");
});

it("a program that is not there is a failure", async () => {
  expect(await runGathered("run.test", ["no-such-program"], {}, 1)).toMatchObject({ code: 1 });
});

it("what outlives its section, in a process group of its own, is ended", async () => {
  const { output } = await runGathered("run.test", [process.execPath, "-e", leaving("{}")], {}, 1);
  const left = Number(output);
  expect(isRunning(left)).toBe(true);
  await endAllStarted();
  expect(isRunning(left)).toBe(false);
});

it("what has an environment of its own is ended with the process that started it", async () => {
  const child = spawn(process.execPath, ["-e", `${leaving("{ env: {} }")}; ${forever}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const below = await new Promise<number>((resolve) =>
    child.stdout.once("data", (text: Buffer) => resolve(Number(text))),
  );
  expect(isRunning(below)).toBe(true);
  await endAllStarted();
  await sleep(50);
  expect(isRunning(below)).toBe(false);
});

it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "told to stop by %s a run ends what its sections have started, and then itself",
  async (signal) => {
    const section = JSON.stringify(`${leaving("{}")}; ${forever}`);
    const program = `
      const { endAllOnSignal, runGathered } = await import("./scripts/test/run.ts");
      endAllOnSignal();
      void runGathered("run.test.${signal}", [process.execPath, "-e", ${section}], {}, 1);`;
    const run = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const ended = new Promise((resolve) => run.once("exit", resolve));
    const log = `test-results/run-test-${signal}.log`;
    const left = await vi.waitFor(
      async () =>
        z.coerce
          .number()
          .int()
          .positive()
          .parse(await readFile(log, "utf8")),
      {
        timeout: 30_000,
        interval: 100,
      },
    );
    expect(isRunning(left)).toBe(true);
    run.kill(signal);
    expect(await ended).toBe(143);
    expect(isRunning(left)).toBe(false);
    await rm(log);
  },
);

/** A program that starts another in a process group of its own, and prints its id. */
function leaving(options: string): string {
  return `const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(forever)}],
    { ...${options}, detached: true, stdio: "ignore" });
  child.unref();
  console.log(child.pid)`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
