import { recordPid, runningPid } from "./processes";
import { Supervisor } from "./supervisor";

/** `main.ts FOLDER [GUARDIAN]`: the supervisor as a process of its own, started by `npm run fabric -- up`. */
const [folder, guardian] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: main.ts FOLDER [GUARDIAN]");

const log = (event: Record<string, unknown>) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);

if ((await runningPid(folder, "supervisor")) !== undefined) {
  log({ event: "already-supervised" });
  process.exit(1);
}
await recordPid(folder, "supervisor", process.pid);
const supervisor = new Supervisor(folder, log);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => supervisor.stop());
if (guardian !== undefined) setInterval(() => isAlive(Number(guardian)) || supervisor.stop(), 500).unref();
await supervisor.work();
log({ event: "ended" });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
