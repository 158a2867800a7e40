import { recordPid, runningPid } from "@/ledger/network/processes";
import { NetworkProcesses } from "./network-processes";

/** `network.js FOLDER [GUARDIAN]`: the supervisor of a Fabric network, started by `npm run fabric -- up`. */
const [folder, guardian] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: network.js FOLDER [GUARDIAN]");

const log = (event: Record<string, unknown>) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);

if ((await runningPid(folder, "supervisor")) !== undefined) {
  log({ event: "already-supervised" });
  process.exit(1);
}
await recordPid(folder, "supervisor", process.pid);
const processes = new NetworkProcesses(folder, log);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => processes.stop());
if (guardian !== undefined) setInterval(() => isAlive(Number(guardian)) || processes.stop(), 500).unref();
await processes.work();
log({ event: "ended" });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
