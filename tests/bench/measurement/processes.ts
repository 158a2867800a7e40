import { readdir, readFile } from "node:fs/promises";

/** A process as Linux describes it in `/proc`. */
export type ProcessEntry = {
  readonly pid: number;
  readonly parent: number;
  /** Arguments, separated and ended by NUL. */
  readonly command: string;
  /** User and system time so far. */
  readonly milliseconds: number;
};

/** What Linux counts processor time in. */
const ticksPerSecond = 100;

/** A process and all that it started, directly or not. Empty where there is no `/proc`. */
export async function processTree(root: number): Promise<ProcessEntry[]> {
  const names = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const processes = (await Promise.all(names.map(readProcess))).filter((one) => one !== undefined);
  const members = new Set([root]);
  // Parents before children would need an order; a few rounds do.
  for (let size = 0; size !== members.size; ) {
    size = members.size;
    for (const { pid, parent } of processes) if (members.has(parent)) members.add(pid);
  }
  return processes.filter(({ pid }) => members.has(pid));
}

/** Proportional set size of a process, bytes: its own memory and its share of what it has in common with others. */
export async function proportionalSetSize(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  const kilobytes = /^Pss: +(\d+) kB$/m.exec(text)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/smaps_rollup names no Pss`);
  return Number(kilobytes) * 1024;
}

async function readProcess(pid: string): Promise<ProcessEntry | undefined> {
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
