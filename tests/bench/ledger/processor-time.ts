import { readdir, readFile } from "node:fs/promises";

/** What Linux counts processor time in. */
const ticksPerSecond = 100;

export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of a process so far; 0 where there is no `/proc`. */
export async function cpuMsOf(pid: number): Promise<number> {
  const [, user = 0, system = 0] = /^(?:\S+ ){11}(\d+) (\d+)/.exec(await statOf(pid)) ?? [];
  return ((Number(user) + Number(system)) * 1000) / ticksPerSecond;
}

export async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => Number((await statOf(pid)).split(" ")[1])));
  return pids.filter((_, index) => parents[index] === parent);
}

/** `/proc/PID/stat` after the command's name, which may hold spaces. */
async function statOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2);
}
