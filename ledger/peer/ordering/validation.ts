import { common } from "@hyperledger/fabric-protos";
import { same } from "../../blocks/chain";
import { validationCodes } from "../../blocks/codes";
import { endorsedBytes, hasOwnId } from "../../blocks/transaction";
import type { ChaincodeAction, Identity as SerialisedIdentity, Transaction } from "../../blocks/types";
import type { Collections } from "../chaincode/collections";
import { type Identity, type IdentityDirectory, signedBy, signedByAside } from "../msp/identity";
import { type Rule, readKeyPolicy, satisfies } from "../msp/policy";
import type { KeyPolicy } from "../store/types";
import type { OwnEndorsements } from "./ownEndorsements";

export interface ValidationOptions {
  readonly channel: string;
  readonly chaincode: string;
  readonly identities: IdentityDirectory;
  readonly collections: Collections;
  /** The chaincode's endorsement policy. */
  readonly endorsement: Rule;
  readonly ownEndorsements: OwnEndorsements;
}

/** What can be said of a transaction before its place in a block is known. */
export interface Validated {
  readonly transaction: Transaction;
  /** `peer.TxValidationCode`. */
  readonly code: number;
  /** Endorsers whose signatures are right. */
  readonly endorsers: readonly Identity[];
}

/**
 * Checks of a transaction that do not depend on others, in Fabric's order (`core/common/validation`,
 * `core/handlers/validation/builtin`): form, creator, id, proposal hash, endorsers' signatures. The creator's
 * is not among them: the orderer takes no envelope without (`isSignedByCreator`). Whether the endorsers suffice
 * depends on the keys written: `checkPolicies`.
 */
export function validateTransaction(transaction: Transaction, options: ValidationOptions): Validated {
  const invalid = (code: number): Validated => ({ transaction, code, endorsers: [] });
  const { action } = transaction;
  if (transaction.channel !== options.channel) return invalid(validationCodes.TARGET_CHAIN_NOT_FOUND);
  if (transaction.nonce.length === 0 || transaction.creator.bytes.length === 0)
    return invalid(validationCodes.BAD_COMMON_HEADER);
  if (!findIdentity(transaction.creator.bytes, options.identities))
    return invalid(validationCodes.BAD_CREATOR_SIGNATURE);
  if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION)
    return invalid(validationCodes.UNSUPPORTED_TX_PAYLOAD);
  if (!hasOwnId(transaction)) return invalid(validationCodes.BAD_PROPOSAL_TXID);
  if (!action || transaction.unreadable) return invalid(validationCodes.INVALID_ENDORSER_TRANSACTION);
  if (!same(action.proposalHash, action.expectedProposalHash))
    return invalid(validationCodes.INVALID_ENDORSER_TRANSACTION);
  if (action.chaincode !== options.chaincode) return invalid(validationCodes.INVALID_CHAINCODE);
  if (action.readWriteSets.some(({ namespace }) => namespace !== options.chaincode))
    return invalid(validationCodes.ILLEGAL_WRITESET);
  return { transaction, code: validationCodes.VALID, endorsers: validEndorsers(action, options) };
}

/**
 * Looks at the identities again when the block is cut: a revocation between submission and ordering counts,
 * while signatures checked before need no second look.
 */
export function revalidate(validated: Validated, options: ValidationOptions): Validated {
  if (validated.code !== validationCodes.VALID) return validated;
  const { transaction, endorsers } = validated;
  if (!findIdentity(transaction.creator.bytes, options.identities))
    return { ...validated, code: validationCodes.BAD_CREATOR_SIGNATURE };
  const { action } = transaction;
  if (!action) return validated;
  const current = action.endorsements.filter(({ endorser }) =>
    findIdentity(endorser.bytes, options.identities),
  );
  if (current.length >= endorsers.length) return validated;
  return validateTransaction(transaction, options);
}

/**
 * Whether the endorsers satisfy the policies of all that is written (`statebased/base.go`): a key's own policy,
 * else its collection's, else the chaincode's, which also holds where nothing is written.
 * @param keys every key that the transaction writes, as the state knows it when the block is validated
 * @returns a validation code
 */
export function checkPolicies(
  keys: readonly KeyPolicy[],
  endorsers: readonly Identity[],
  options: Pick<ValidationOptions, "collections" | "endorsement">,
): number {
  const rules = new Set<Rule>(keys.length === 0 ? [options.endorsement] : []);
  for (const { collection, parameter, changedInBlock } of keys) {
    if (changedInBlock) return validationCodes.ENDORSEMENT_POLICY_FAILURE;
    if (parameter) {
      if (!satisfiesParameter(parameter, endorsers)) return validationCodes.ENDORSEMENT_POLICY_FAILURE;
    } else {
      const own = collection === undefined ? undefined : options.collections.get(collection)?.endorsement;
      rules.add(own ?? options.endorsement);
    }
  }
  return [...rules].every((rule) => satisfies(rule, endorsers))
    ? validationCodes.VALID
    : validationCodes.ENDORSEMENT_POLICY_FAILURE;
}

/** Whether the creator's certificate is one of a member, not revoked, and its signature over the payload right. */
export async function isSignedByCreator(
  transaction: Transaction,
  identities: IdentityDirectory,
): Promise<boolean> {
  const creator = findIdentity(transaction.creator.bytes, identities);
  return creator !== undefined && signedByAside(creator, transaction.payload, transaction.signature);
}

/** The endorsers among a transaction's endorsements that are members and whose signature is right. */
function validEndorsers(
  action: ChaincodeAction,
  { identities, ownEndorsements }: Pick<ValidationOptions, "identities" | "ownEndorsements">,
): Identity[] {
  const own = ownEndorsements.take(action.responsePayload);
  return action.endorsements.flatMap(({ endorser, signature }) => {
    const identity = findIdentity(endorser.bytes, identities);
    if (!identity) return [];
    const isOwn = own?.some((one) => same(one.endorser, endorser.bytes) && same(one.signature, signature));
    return isOwn || signedBy(identity, endorsedBytes(action, endorser), signature) ? [identity] : [];
  });
}

function findIdentity(
  creator: SerialisedIdentity["bytes"],
  identities: IdentityDirectory,
): Identity | undefined {
  try {
    return identities.find(creator);
  } catch {
    return undefined;
  }
}

function satisfiesParameter(parameter: Uint8Array, endorsers: readonly Identity[]): boolean {
  try {
    return satisfies(readKeyPolicy(parameter), endorsers);
  } catch {
    return false;
  }
}
