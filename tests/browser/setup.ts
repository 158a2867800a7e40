import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { freePorts } from "@/scripts/start/ports";
import { startCoCity } from "./co-city";

declare module "vitest" {
  interface ProvidedContext {
    site: { origin: string; data: string; supervisor: number };
  }
}

/** A Co-City on a new data folder and a free port, with the trial data on its ledger. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), "cocity-site-"));
  const { site: port } = await freePorts(["site"]);
  const remove = () => rm(data, { recursive: true, force: true });
  try {
    const { origin, processId, stop } = await startCoCity(data, port);
    project.provide("site", { origin, data, supervisor: processId });
    return async () => {
      await stop();
      await remove();
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
