import { StartFailure } from "./failure";

/** The first one with `Promise.withResolvers`. */
const leastMajor = 22;

/** @throws StartFailure with a sentence where this Node is too old to run the ledger */
export function requireNode(version: string): void {
  if (Number.parseInt(version, 10) < leastMajor)
    throw new StartFailure(
      `The ledger needs Node ${leastMajor} or later, and this is ${version}. The one that is installed with it runs as: npm exec -- node --import tsx ledger/embedded/main.ts`,
    );
}
