import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { SignerKeys } from "@/services/signer/keys";
import { signerFolder } from "@/services/supervisor/sockets";
import { newDataFolder, startSite } from "../browser/setup";
import { startThrowaway } from "./throwaway";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the network that the site runs on. */
    network: string;
  }
}

/** A Co-City as of `npm start`, on a Fabric network of its own, with the trial data told through Fabric's gateway. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = await newDataFolder();
  // Made before there is a Co-City: the network's chaincode is configured with them.
  const keys = await SignerKeys.open(signerFolder(data));
  const recoveryKeys = await keys.recoveryFingerprints();
  const throwaway = await startThrowaway({ chaincode: resolve("chaincode"), recoveryKeys }).catch(
    async (error: unknown) => {
      await rm(data, { recursive: true });
      throw error;
    },
  );
  try {
    const stop = await startSite(project, { connection: throwaway.connectionFile, data });
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
