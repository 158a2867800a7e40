import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StartFailure } from "./failure";
import { Service } from "./service";

let folder: string;

vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-service-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const serves = `
  require("node:fs").appendFileSync(process.argv[2], process.pid + "\\n");
  setInterval(() => {}, 1000);
  console.log("starting");
  console.log(JSON.stringify({ ready: true }));
`;

describe("a supervised process", () => {
  it("is started again when it is killed, and ends when it is told to", async () => {
    const service = await newService(serves);
    await service.start();
    const [first] = await processIds(1);
    process.kill(Number(first), "SIGKILL");
    const [, second] = await processIds(2);
    expect(isAlive(Number(first))).toBe(false);
    expect(isAlive(Number(second))).toBe(true);
    await service.stop();
    expect(isAlive(Number(second))).toBe(false);
  });

  it("takes along what it started itself", async () => {
    const service = await newService(`
      const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      require("node:fs").appendFileSync(process.argv[2], child.pid + "\\n");
      console.log('{"ready":true}');
    `);
    await service.start();
    const [grandchild] = await processIds(1);
    expect(isAlive(Number(grandchild))).toBe(true);
    await service.stop();
    await until(() => !isAlive(Number(grandchild)));
  });

  it("that does not move any more is ended and started again, and the log says so", async () => {
    const service = await newService(`
      require("node:fs").appendFileSync(process.argv[2], process.pid + "\\n");
      console.log('{"ready":true}');
      const isFirst = require("node:fs").readFileSync(process.argv[2], "utf8").split("\\n").length === 2;
      setTimeout(() => { if (isFirst) for (;;); }, 100);
      setInterval(() => {}, 1000);
    `);
    await service.start();
    const [first, second] = await processIds(2);
    expect(isAlive(Number(first))).toBe(false);
    expect(isAlive(Number(second))).toBe(true);
    expect(await readFile(join(folder, "log"), "utf8")).toMatch(/4 s/);
    await service.stop();
  });

  it("that is paused is not taken for one that does not move", async () => {
    const service = await newService(serves);
    await service.start();
    const [id] = await processIds(1);
    expect(service.pause()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    service.resume();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(isAlive(Number(id))).toBe(true);
    expect(await processIds(1)).toEqual([id]);
    await service.stop();
  });

  it("is told at every start but the first what it said when it was ready", async () => {
    const service = new Service({
      ...options(
        await programFile(`
          require("node:fs").appendFileSync(process.argv[2], process.argv.slice(3).join() + "#" + process.pid + "\\n");
          setInterval(() => {}, 1000);
          console.log(JSON.stringify({ ready: true, port: 4711 }));
        `),
      ),
      again: ({ port }) => ["--port", String(port)],
    });
    await service.start();
    const [first] = await processIds(1);
    expect(first).toMatch(/^#/);
    process.kill(Number(first?.slice(1)), "SIGKILL");
    expect((await processIds(2))[1]).toMatch(/^--port,4711#/);
    await service.stop();
  });

  it("that does not start is reported with the end of its log", async () => {
    const service = await newService('console.error("no such table"); process.exit(3);');
    const failure = await service.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartFailure);
    expect(String(failure)).toContain("no such table");
    expect(await readFile(join(folder, "log"), "utf8")).toContain("no such table");
  });

  it("that never says it is ready is given up", async () => {
    const service = await newService("setInterval(() => {}, 1000);", 1);
    await expect(service.start()).rejects.toThrow(StartFailure);
  });

  it("ends when its supervisor is killed", async () => {
    const program = join(folder, "supervisor.mts");
    await writeFile(
      program,
      `import { Service } from ${JSON.stringify(join(import.meta.dirname, "service.ts"))};
       await new Service(${JSON.stringify(options(await programFile(serves)))}).start();
       console.log("up");`,
    );
    const supervisor = spawn(process.execPath, ["--import", "tsx", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => supervisor.stdout.once("data", resolve));
    const [child] = await processIds(1);
    supervisor.kill("SIGKILL");
    await until(() => !isAlive(Number(child)));
  });
});

async function newService(source: string, startSeconds = 20): Promise<Service> {
  return new Service({ ...options(await programFile(source)), startSeconds });
}

function options(program: string) {
  return {
    name: "example",
    args: [program, join(folder, "pids")],
    environment: process.env,
    logFile: join(folder, "log"),
    startSeconds: 20,
    silentSeconds: 4,
  };
}

async function programFile(source: string): Promise<string> {
  const file = join(folder, "program.cjs");
  await writeFile(file, source);
  return file;
}

/** The process ids that were written down, when there are as many as expected. */
async function processIds(count: number): Promise<string[]> {
  let ids: string[] = [];
  await until(async () => {
    ids = (await readFile(join(folder, "pids"), "utf8").catch(() => "")).trim().split("\n").filter(Boolean);
    return ids.length >= count;
  });
  return ids;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come to pass");
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
