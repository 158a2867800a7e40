import { recordPid, runningPid } from "./processes";
import { Supervisor } from "./supervisor";

/** `main.ts FOLDER`: the supervisor as a process of its own, started by `npm run fabric -- up`. */
const folder = process.argv[2];
if (folder === undefined) throw new Error("Usage: main.ts FOLDER");

const log = (event: Record<string, unknown>) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);

if ((await runningPid(folder, "supervisor")) !== undefined) {
  log({ event: "already-supervised" });
  process.exit(1);
}
await recordPid(folder, "supervisor", process.pid);
const supervisor = new Supervisor(folder, log);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => supervisor.stop());
await supervisor.work();
log({ event: "ended" });
