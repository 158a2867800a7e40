import { common } from "@hyperledger/fabric-protos";
import { same } from "../../evidence/chain";
import { validationCodes } from "../../evidence/codes";
import { endorsedBytes, hasOwnId } from "../../evidence/transaction";
import type { ChaincodeAction, ReadWriteSet, Transaction } from "../../evidence/types";
import type { Collections } from "../chaincode/collections";
import { type Identity, type IdentityDirectory, signedBy, signedByAside } from "../msp/identity";
import { type Rule, readKeyPolicy, satisfies } from "../msp/policy";
import type { KeyPolicy } from "../store/types";
import type { OwnEndorsements } from "./own-endorsements";

export interface ValidationOptions {
  readonly channel: string;
  readonly chaincode: string;
  readonly identities: IdentityDirectory;
  readonly collections: Collections;
  /** The chaincode's endorsement policy. */
  readonly endorsement: Rule;
  readonly ownEndorsements: OwnEndorsements;
}

/** Endorsements whose signatures are checked: a transaction has one of each organisation. */
const endorsementsJudged = 100;

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
  const { action, unreadable } = transaction;
  if (transaction.channel !== options.channel) return invalid(validationCodes.TARGET_CHAIN_NOT_FOUND);
  if (transaction.epoch !== 0 || transaction.nonce.length === 0 || transaction.creator.bytes.length === 0)
    return invalid(validationCodes.BAD_COMMON_HEADER);
  if (!options.identities.findIfValid(transaction.creator.bytes))
    return invalid(validationCodes.BAD_CREATOR_SIGNATURE);
  if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION)
    return invalid(validationCodes.UNSUPPORTED_TX_PAYLOAD);
  if (!hasOwnId(transaction)) return invalid(validationCodes.BAD_PROPOSAL_TXID);
  if (!action || unreadable) return invalid(unreadable?.code ?? validationCodes.INVALID_ENDORSER_TRANSACTION);
  if (!same(action.proposalHash, action.expectedProposalHash))
    return invalid(validationCodes.INVALID_ENDORSER_TRANSACTION);
  const code = checkChaincode(action, options.chaincode);
  if (code !== validationCodes.VALID) return invalid(code);
  return { transaction, code, endorsers: validEndorsers(action, options) };
}

/** That one chaincode made all of it and wrote where it may (`plugindispatcher/dispatcher.go`). */
function checkChaincode(action: ChaincodeAction, chaincode: string): number {
  const { INVALID_CHAINCODE, INVALID_OTHER_REASON, ILLEGAL_WRITESET, VALID } = validationCodes;
  if (action.namedChaincode !== action.chaincode || action.chaincodeVersion === "") return INVALID_CHAINCODE;
  if (action.event && action.event.chaincode !== action.chaincode) return INVALID_OTHER_REASON;
  const namespaces = new Set(action.readWriteSets.map(({ namespace }) => namespace));
  if (namespaces.size < action.readWriteSets.length) return ILLEGAL_WRITESET;
  // No other chaincode is defined on the channel: what is written to another namespace has nobody's policy.
  const written = action.readWriteSets.filter(writes).map(({ namespace }) => namespace);
  return [action.chaincode, ...written].every((one) => one === chaincode) ? VALID : INVALID_CHAINCODE;
}

function writes({ writes: own, metadataWrites, collections }: ReadWriteSet): boolean {
  return (
    own.length > 0 ||
    metadataWrites.length > 0 ||
    collections.some((each) => each.writes.length > 0 || each.metadataWrites.length > 0)
  );
}

/**
 * Looks at the identities again when the block is cut: a revocation between submission and ordering counts,
 * while signatures checked before need no second look.
 */
export function revalidate(validated: Validated, options: ValidationOptions): Validated {
  if (validated.code !== validationCodes.VALID) return validated;
  const { transaction, endorsers } = validated;
  if (!options.identities.findIfValid(transaction.creator.bytes))
    return { ...validated, code: validationCodes.BAD_CREATOR_SIGNATURE };
  return { ...validated, endorsers: endorsers.filter((one) => options.identities.vouchesFor(one)) };
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
      const own = collection === undefined ? undefined : options.collections.get(collection);
      if (collection !== undefined && !own) return validationCodes.ENDORSEMENT_POLICY_FAILURE;
      rules.add(own?.endorsement ?? options.endorsement);
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
  const creator = identities.findIfValid(transaction.creator.bytes);
  return creator !== undefined && signedByAside(creator, transaction.payload, transaction.signature);
}

/**
 * The endorsers among a transaction's endorsements that are members and whose signature is right, each once. What is no
 * member's or not signed is passed over, as Fabric does, and the policy judged by the rest.
 */
function validEndorsers(
  action: ChaincodeAction,
  { identities, ownEndorsements }: Pick<ValidationOptions, "identities" | "ownEndorsements">,
): Identity[] {
  const own = ownEndorsements.take(action.responsePayload);
  const found = new Map<string, Identity>();
  for (const { endorser, signature } of action.endorsements.slice(0, endorsementsJudged)) {
    const identity = identities.findIfValid(endorser.bytes);
    if (!identity || found.has(identity.fingerprint)) continue;
    const isOwn = own?.some((one) => same(one.endorser, endorser.bytes) && same(one.signature, signature));
    if (isOwn || signedBy(identity, endorsedBytes(action, endorser), signature))
      found.set(identity.fingerprint, identity);
  }
  return [...found.values()];
}

function satisfiesParameter(parameter: Uint8Array, endorsers: readonly Identity[]): boolean {
  try {
    return satisfies(readKeyPolicy(parameter), endorsers);
  } catch {
    return false;
  }
}
