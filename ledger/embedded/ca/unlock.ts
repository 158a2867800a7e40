import { openDataFolder } from "../data/folder";
import { StartFailure } from "../failure";
import { CaRegistry } from "./registry";

/**
 * Lets an identity enrol again at once. No ledger may run on the folder.
 * @throws StartFailure if the folder cannot be opened, or the organisation or the identity is not there
 */
export async function unlockIdentity(path: string, mspId: string, id: string): Promise<void> {
  const folder = await openDataFolder(path);
  try {
    if (!folder.organisations.some(({ description }) => description.mspId === mspId))
      throw new StartFailure(`The ledger in ${path} has no organisation ${mspId}.`);
    const registry = await CaRegistry.open(folder.caLevel, mspId);
    if (!(await registry.unlock(id)))
      throw new StartFailure(`Nobody is registered as ${id} at the certificate authority of ${mspId}.`);
  } finally {
    await folder.caLevel.close();
  }
}
