import { join } from "node:path";

/** Programs that run as processes of their own, by their source. */
export const programs = [
  "features/rounds/count-process.ts",
  "ledger/embedded/main.ts",
  "ledger/network/revocation-watch.ts",
  "services/worker.ts",
  "services/database/main.ts",
  "scripts/allocate.ts",
  "scripts/data.ts",
  "services/housekeeping.ts",
  "services/identity-provider/main.ts",
  "prisma/seed/main.ts",
  "services/signer/main.ts",
  "services/site/main.ts",
  "services/supervisor/follow-parent.ts",
  "services/supervisor/main.ts",
  "services/supervisor/network.ts",
] as const;
export type ProgramSource = (typeof programs)[number];

export const programsFolder = join("dist", "programs");
/** What V8 has compiled once it need not compile at the next start. */
export const compileCache = join("generated", "compile-cache");

/** The file that is run for a program, relative to the project's folder. */
export function bundled(source: ProgramSource): string {
  return join(programsFolder, source.replace(/\.ts$/, ".js"));
}
