import { readdir, readFile } from "node:fs/promises";

/** What Linux counts processor time in. */
const ticksPerSecond = 100;

/** Programs by what stands in their command line; the first that matches counts. */
const kinds = [
  ["peers", /\/peer\0node\0start|ledger\/peer\/main/],
  ["orderers", /\/orderer\0/],
  ["chaincode", /fabric-shim/],
  ["database", /postgres/],
  ["worker", /bench\/ballots\/worker/],
] as const;

export type ProcessorTimes = Readonly<Record<string, number>>;

/**
 * Processor time so far, milliseconds, of this process (`clients`) and of all that it started, by kind: other work on the
 * machine bears on it less than on the clock. Empty where there is no `/proc`.
 */
export async function processorTimes(): Promise<ProcessorTimes> {
  const all = await Promise.all((await readdir("/proc").catch(() => [])).filter(isPid).map(readProcess));
  const mine = new Set([process.pid]);
  const processes = all.filter((one) => one !== undefined);
  // Parents before children would need an order; a few rounds do.
  for (let size = 0; size !== mine.size; ) {
    size = mine.size;
    for (const { pid, parent } of processes) if (mine.has(parent)) mine.add(pid);
  }
  const times: Record<string, number> = {};
  for (const { pid, command, milliseconds } of processes) {
    if (!mine.has(pid)) continue;
    const found = kinds.find(([, pattern]) => pattern.test(command))?.[0];
    const kind = pid === process.pid ? "clients" : (found ?? "others");
    times[kind] = (times[kind] ?? 0) + milliseconds;
  }
  return times;
}

/** What each of `count` things cost between two moments, milliseconds by kind. */
export function costOfEach(before: ProcessorTimes, after: ProcessorTimes, count: number): ProcessorTimes {
  const kindsSeen = Object.keys(after).sort();
  const each = kindsSeen.map((kind) => [kind, ((after[kind] ?? 0) - (before[kind] ?? 0)) / count] as const);
  return Object.fromEntries(each.map(([kind, cost]) => [kind, Math.round(cost * 100) / 100]));
}

async function readProcess(
  pid: string,
): Promise<{ pid: number; parent: number; command: string; milliseconds: number } | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const command = await readFile(`/proc/${pid}/cmdline`, "latin1");
    // After the name in parentheses, which may hold spaces: state, parent, …, user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return {
      pid: Number(pid),
      parent: Number(fields[1]),
      command: `${command}\0`,
      milliseconds: (ticks * 1000) / ticksPerSecond,
    };
  } catch {
    // It has ended in the meantime.
    return undefined;
  }
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name);
}
