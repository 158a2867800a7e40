// Node reads this file as it is (`scripts/start.ts`): it imports by whole file names, and nothing that must be compiled.
import { join } from "node:path";
import { devicePrograms, programsFolder, verifierPrograms } from "../lib/programs.ts";
import { hashSources, isFresh } from "../services/supervisor/sources.ts";

export type Step = {
  /** Files and folders that the result is made of. */
  readonly sources: readonly string[];
  /** Lies within the result, so that it goes when the result does. */
  readonly stampFile: string;
};

const prismaSources = ["prisma/schema", "prisma.config.ts", "package-lock.json"];
const settings = ["tsconfig.json", "package.json"];

/** What is made before a Co-City can run. */
export const steps = {
  client: { sources: prismaSources, stampFile: join("generated", "prisma", ".sources") },
  chaincode: {
    sources: ["chaincode", "protocol", "voting", "package-lock.json"],
    stampFile: join("chaincode", "dist", ".sources"),
  },
  programs: {
    sources: [
      ...[...prismaSources, ...settings],
      ...["features", "ledger", "lib", "messages", "prisma", "protocol", "scripts", "services", "voting"],
      "chaincode/src",
    ],
    stampFile: join(programsFolder, ".sources"),
  },
  device: {
    sources: [
      ...settings,
      ...["package-lock.json", "scripts/device-program.ts"],
      ...["features/sealed-voting/device", "features/sealed-voting/parameters.ts", "voting"],
      ...["features/sealed-voting/device-client.ts", "features/sealed-voting/count-check.ts"],
      "services/check-page/script.ts",
      "protocol/canonical-json.ts",
    ],
    stampFile: join(devicePrograms, ".sources"),
  },
  verifier: {
    sources: [
      ...settings,
      ...["package-lock.json", "scripts/browser-verifier.ts"],
      ...["verifier", "ledger/evidence", "voting", "protocol"],
    ],
    stampFile: join(verifierPrograms, ".sources"),
  },
  site: {
    sources: [
      ...[...prismaSources, ...settings],
      ...["app", "components", "features", "lib", "ledger", "voting", "messages", "public"],
      ...["protocol", "chaincode/src"],
      ...["proxy.ts", "instrumentation.ts", "next.config.ts", "postcss.config.mjs"],
    ],
    stampFile: join(".next", ".sources"),
  },
} as const satisfies Record<string, Step>;

/** Whether everything was made of the sources as they are. */
export async function isBuilt(): Promise<boolean> {
  const digests = new Map<string, Promise<Buffer>>();
  const fresh = await Promise.all(
    Object.values(steps).map(async ({ sources, stampFile }) =>
      isFresh(stampFile, await hashSources(sources, digests)),
    ),
  );
  return fresh.every(Boolean);
}
