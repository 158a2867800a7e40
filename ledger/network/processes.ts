import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { run } from "./command";
import { isMissing, readIfThere, readJson, SECRET, writeWhole } from "./files";

/** One process of the network, as its file `run/NAME.json` says it should be. */
export const processSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  /** Program and arguments. */
  command: z.array(z.string()).min(1),
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  wanted: z.enum(["running", "stopped"]),
  /** How it is ended when it is not wanted: a fault test takes SIGKILL. */
  stopSignal: z.enum(["SIGTERM", "SIGKILL"]).default("SIGTERM"),
});

export type ProcessSpec = z.infer<typeof processSchema>;

/** A process that did not start, or did not end, in the time it has. */
export class ProcessError extends Error {
  override readonly name = "ProcessError";
}

export const logFile = (folder: string, name: string) => join(folder, `${name}.log`);
const specFile = (folder: string, name: string) => join(folder, `${name}.json`);
const pidFile = (folder: string, name: string) => join(folder, `${name}.pid`);

/** Asks the supervisor of this folder to run a process; answers at once. */
export async function want(folder: string, spec: Omit<ProcessSpec, "wanted" | "stopSignal">): Promise<void> {
  await writeSpec(folder, { ...spec, wanted: "running", stopSignal: "SIGTERM" });
}

/**
 * Stops one process and waits until it is gone. With SIGKILL it has no moment to tidy up.
 * @throws ProcessError after 20 s.
 */
export async function stop(
  folder: string,
  name: string,
  signal: ProcessSpec["stopSignal"] = "SIGTERM",
): Promise<void> {
  const spec = await readJson(specFile(folder, name), processSchema);
  await writeSpec(folder, { ...spec, wanted: "stopped", stopSignal: signal });
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50))
    if ((await runningPid(folder, name)) === undefined) return;
  throw new ProcessError(`${name} did not stop in 20 seconds`);
}

/** Starts again what `stop` stopped. */
export async function resume(folder: string, name: string): Promise<void> {
  await writeSpec(folder, { ...(await readJson(specFile(folder, name), processSchema)), wanted: "running" });
}

/** Stops a process for good: its file goes too, its log stays. */
export async function dismiss(folder: string, name: string): Promise<void> {
  await stop(folder, name);
  await rm(specFile(folder, name), { force: true });
}

/** All processes of the folder, by name. */
export async function readProcesses(folder: string): Promise<ProcessSpec[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  const specs: ProcessSpec[] = [];
  for (const file of names.filter((name) => name.endsWith(".json")).sort()) {
    const text = await readIfThere(join(folder, file));
    // Dismissed between the listing and the reading.
    if (text !== undefined) specs.push(processSchema.parse(JSON.parse(text)));
  }
  return specs;
}

/** The pid of a process that runs, undefined when it does not. */
export async function runningPid(folder: string, name: string): Promise<number | undefined> {
  const text = await readIfThere(pidFile(folder, name));
  if (text === undefined) return undefined;
  const [pid, born] = text.split(" ");
  // The system gives a pid again: it only counts with the moment its process was born.
  return pid !== undefined && (await birth(Number(pid))) === born ? Number(pid) : undefined;
}

export async function recordPid(folder: string, name: string, pid: number): Promise<void> {
  await writeWhole(pidFile(folder, name), `${pid} ${(await birth(pid)) ?? ""}`);
}

async function writeSpec(folder: string, spec: ProcessSpec): Promise<void> {
  // An environment may name secrets: not for others' eyes.
  await writeWhole(specFile(folder, spec.name), JSON.stringify(spec, null, 1), SECRET);
}

/** When a living process began, as its system says it; undefined when there is none (zombies count as none). */
async function birth(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux")
    return run("ps", ["-o", "lstart=", "-p", String(pid)]).then(
      (text) => text.trim().replaceAll(" ", "_"),
      () => undefined,
    );
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The command in parentheses may hold spaces; what follows it does not.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}
