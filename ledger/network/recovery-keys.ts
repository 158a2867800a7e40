import { join } from "node:path";
import type { Network } from "./description";
import { readIfThere, writeWhole } from "./files";
import type { NetworkFolders, OrganisationFolders } from "./folders";

/** Name of the variable from which a chaincode process knows the organisations' recovery keys. */
export const recoveryKeysVariable = "COCITY_RECOVERY_KEYS";

/** Recovery keys that are not of the form the chaincode reads. */
export class RecoveryKeysError extends Error {
  override readonly name = "RecoveryKeysError";
}

const entry = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}:[0-9a-f]{64}$/;

/**
 * Configures every organisation of a network on one machine with the same recovery keys; on separate hosts each
 * organisation writes its own. Their processes take them at the next deployment.
 * @param keys `MSPID:fingerprint`, separated by commas; the fingerprint is the SHA-256 of the key's SPKI DER
 * @throws RecoveryKeysError
 */
export async function writeRecoveryKeys(
  { organisations }: Network,
  folders: NetworkFolders,
  keys: string,
): Promise<void> {
  const entries = keys.split(",").map((each) => each.trim());
  const wrong = entries.find((each) => !entry.test(each));
  if (wrong !== undefined) throw new RecoveryKeysError(`'${wrong}' is not MSPID:FINGERPRINT`);
  for (const organisation of organisations)
    await writeWhole(fileOf(folders.organisation(organisation)), `${entries.join(",")}\n`);
}

/** What an organisation's chaincode process is given to know recovery keys by; nothing where none are configured. */
export async function recoveryEnvironment(own: OrganisationFolders): Promise<Record<string, string>> {
  const keys = (await readIfThere(fileOf(own)))?.trim();
  return keys ? { [recoveryKeysVariable]: keys } : {};
}

function fileOf({ chaincode }: OrganisationFolders): string {
  return join(chaincode, "recovery-keys");
}
