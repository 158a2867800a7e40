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
  "services/check-page/main.ts",
  "services/sealed/main.ts",
  "prisma/seed/main.ts",
  "prisma/seed/trial-vote/main.ts",
  "services/signer/main.ts",
  "services/site/main.ts",
  "services/supervisor/follow-parent.ts",
  "services/supervisor/main.ts",
  "services/supervisor/network.ts",
] as const;
export type ProgramSource = (typeof programs)[number];

export const programsFolder = join("dist", "programs");
/** What browsers load of the program of a voter's device; its digest is frozen with each sealed round. */
export const devicePrograms = join("public", "device");
export const deviceProgram = join(devicePrograms, "sealed-voting.js");
/** The script of the page on which another organisation lets people check their ballots. */
export const checkPageScript = join(devicePrograms, "check-page.js");
/** The verifier of rounds for readers' browsers. */
export const verifierPrograms = join("public", "verifier");
export const browserVerifier = join(verifierPrograms, "verifier.js");
/** What V8 has compiled once it need not compile at the next start. */
export const compileCache = join("generated", "compile-cache");

/** The file that is run for a program, relative to the project's folder. */
export function bundled(source: ProgramSource): string {
  return join(programsFolder, source.replace(/\.ts$/, ".js"));
}
