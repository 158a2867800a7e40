/*
 * npm start: builds what is not built, starts everything a Co-City is made of, keeps it running and stops it.
 * HOST, PORT and COCITY_DATA say where; DATABASE_URL, LEDGER_CONNECTION and OIDC_ISSUER put a PostgreSQL, a
 * Fabric network and an identity provider of one's own in the place of the embedded ones.
 *
 * Node reads this file as it is, and then the supervisor's bundle in the same process: compilers stay out of it.
 */
import { spawn } from "node:child_process";
import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundled, compileCache } from "../lib/programs.ts";
import { isBuilt } from "./built.ts";

enableCompileCache(resolve(compileCache));
if (!(await isBuilt())) await build();
await import(pathToFileURL(bundled("services/supervisor/main.ts")).href);

/** Builds in a process of its own, and ends this one where that fails or is interrupted. */
async function build(): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/build.ts"], { stdio: "inherit" });
  const interrupt = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  for (const signal of signals) process.off(signal, interrupt);
  // What ends by a signal was asked to: that is no failure.
  if (code !== 0) process.exit(code ?? 0);
}
