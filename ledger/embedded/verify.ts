import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { validationCodes } from "../evidence/codes";
import { endorsedBytes } from "../evidence/transaction";
import type { Transaction } from "../evidence/types";
import { type DataFolder, openDataFolder } from "./data/folder";
import { StartFailure } from "./failure";
import { IdentityDirectory, serialiseIdentity, signedBy } from "./msp/identity";
import { openLedger } from "./store/open";

export interface VerificationReport {
  readonly blocks: number;
  readonly transactions: number;
}

/**
 * Checks a whole chain again: every checksum and hash, the orderer's signature of every block, the creator's of
 * every transaction, and of the valid ones every endorsement. No ledger may run on the folder.
 * @throws StartFailure naming the first block that is not right
 */
export async function verifyData(path: string): Promise<VerificationReport> {
  const folder = await openDataFolder(path);
  try {
    const identities = directoryOf(folder);
    const ledger = await openLedger(join(folder.path, "ledger"));
    try {
      return await ledger.verify({
        transaction: (transaction) => isSigned(transaction, identities),
        blockSignature: ({ creator, signature, signedBytes }) => {
          const bytes = serialiseIdentity(creator.mspId, creator.certificatePem);
          const orderer = identities.find(bytes);
          return orderer.role === "orderer" && signedBy(orderer, signedBytes, signature);
        },
      });
    } finally {
      await ledger.close();
    }
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`The ledger in ${path} is not what was written: ${reason}.`);
  } finally {
    await folder.caLevel.close();
  }
}

/** Revocations are left out: what was valid when it was ordered stays so. */
function directoryOf(folder: DataFolder): IdentityDirectory {
  return new IdentityDirectory(
    folder.organisations.map(({ description, ca }) => ({
      mspId: description.mspId,
      rootCertificate: new X509Certificate(ca.certificatePem),
      isRevoked: () => false,
    })),
  );
}

function isSigned(transaction: Transaction, identities: IdentityDirectory): boolean {
  const { action, code, creator, payload, signature } = transaction;
  if (!signedBy(identities.find(creator.bytes), payload, signature)) return false;
  if (!action || code !== validationCodes.VALID) return true;
  // As in validation an endorser that is nobody's counts for nothing, and the others are enough or not.
  return action.endorsements.some(({ endorser, signature }) => {
    const identity = identities.findIfValid(endorser.bytes);
    return identity !== undefined && signedBy(identity, endorsedBytes(action, endorser), signature);
  });
}
