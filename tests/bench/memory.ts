import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/tests/free-port";
import { startCoCity } from "../browser/co-city";
import { NotMeasurable } from "./measurement/module";
import { processTree, proportionalSetSize } from "./measurement/processes";
import { crawl } from "./measurement/routes";
import { secondStart } from "./measurement/second-start";

export const needs = "site";
export const onlyByName = true;

const idleSeconds = 60;

/**
 * What all processes of the embedded trial hold together, once started a second time and left alone for a minute, and
 * again a minute after every kind of page has been asked for; and how long that second start took.
 */
export default async function measureMemory(): Promise<object> {
  if (process.platform !== "linux")
    throw new NotMeasurable("proportional set sizes are read from Linux's /proc");
  const data = await mkdtemp(join(tmpdir(), "cocity-bench-"));
  const port = await freePort();
  try {
    await (await startCoCity(data, port)).stop();
    const loadBefore = loadavg()[0];
    const { coCity, ...times } = await secondStart(data, port);
    try {
      await sleep(idleSeconds * 1000);
      const idle = await sizes(coCity.processId);
      const routes = await crawl(coCity.origin);
      await sleep(idleSeconds * 1000);
      return {
        loadAverageBefore: loadBefore,
        ...times,
        idle,
        routesAsked: routes.size,
        idleAfterEachRoute: await sizes(coCity.processId),
        loadAverageAfter: loadavg()[0],
      };
    } finally {
      await coCity.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** Proportional set sizes in MB, by program. */
async function sizes(root: number): Promise<{ totalMb: number; processes: Record<string, number> }> {
  const processes: Record<string, number> = {};
  let total = 0;
  for (const { pid, command } of await processTree(root)) {
    const bytes = await proportionalSetSize(pid).catch(() => 0);
    total += bytes;
    const name = programOf(command);
    processes[name] = megabytes(bytes) + (processes[name] ?? 0);
  }
  return { totalMb: megabytes(total), processes };
}

/** What runs: the first argument that is a file of ours or of a package, else the program itself. */
function programOf(command: string): string {
  const [program = "", ...rest] = command.split("\0");
  return (
    rest.find((argument) => /\.[cm]?[jt]s$/.test(argument) && !argument.includes("follow-parent")) ?? program
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
