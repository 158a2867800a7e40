import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
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
