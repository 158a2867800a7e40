import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { startSite } from "../browser/setup";
import { startThrowaway } from "./throwaway";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the network that the site runs on. */
    network: string;
  }
}

/** A Co-City as of `npm start`, on a Fabric network of its own, with the trial data told through Fabric's gateway. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const throwaway = await startThrowaway({ chaincode: resolve("chaincode") });
  try {
    const stop = await startSite(project, { connection: throwaway.connectionFile });
    project.provide("network", throwaway.site.folders.root);
    return async () => {
      await stop();
      await throwaway.remove();
    };
  } catch (error) {
    await throwaway.remove();
    throw error;
  }
}
