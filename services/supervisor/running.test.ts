import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runningHere } from "./running";

const folder = await mkdtemp(join(tmpdir(), "running-"));
afterAll(() => rm(folder, { recursive: true }));

it("knows of another process that runs from here, and no longer once it was killed", async () => {
  expect(await runningHere(folder)).toEqual([]);
  const program = `import(${JSON.stringify(resolve("services/supervisor/running.ts"))})
    .then(({ markRunning }) => markRunning(${JSON.stringify(folder)}))
    .then(() => { console.log("marked"); setInterval(() => {}, 1000); });`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(await runningHere(folder)).toEqual([String(child.pid)]);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await runningHere(folder)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});
