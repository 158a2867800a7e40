import { type Context, Contract, Param, Transaction } from "fabric-contract-api";
import { canonicalJson } from "../../../protocol/canonical-json";
import { EVENT_NAME } from "../../../protocol/events";
import type { TransactionName } from "../../../protocol/transactions";
import { carry } from "../acts/carry";
import { nodeChecks } from "../ledger/checks";
import { readRecoveryKeys } from "../ledger/recovery-keys";
import { PeerState } from "../ledger/state";
import { certificateKey, readSubmitter } from "../ledger/submitter";

const recoveryKeys = readRecoveryKeys(process.env.COCITY_RECOVERY_KEYS);

/** What all contracts share: each function takes one JSON text and hands it to the rules. */
export class CocityContract extends Contract {
  /**
   * Carries out a transaction and sets its one event.
   *
   * @returns canonical JSON `{ txId, … }`
   * @throws {RuleError} its message, `COCITY:{code, params}`, is what the submitter gets
   */
  protected async carryOut(ctx: Context, name: TransactionName, input: string): Promise<string> {
    const { stub, clientIdentity } = ctx;
    const txId = stub.getTxID();
    const { result, event } = await carry(name, input, new PeerState(stub), {
      submitter: readSubmitter(clientIdentity),
      channel: stub.getChannelID(),
      recoveryKeys,
      now: Date.now(),
      txId,
      certificateKey: () => certificateKey(clientIdentity),
      checks: nodeChecks,
      transient: (field) => stub.getTransient().get(field),
    });
    stub.setEvent(EVENT_NAME, Buffer.from(canonicalJson(event), "utf8"));
    return canonicalJson({ ...result, txId });
  }
}

/** A function that changes the ledger: one text argument. */
export function Submit(): MethodDecorator {
  return withOneText(true);
}

/** A function that only reads: one text argument. */
export function Evaluate(): MethodDecorator {
  return withOneText(false);
}

/** Names the argument's type outright: the bundler emits no metadata for the decorator to find it in. */
function withOneText(commit: boolean): MethodDecorator {
  return (target, property) => {
    Transaction(commit)(target, property);
    Param("input", "string", "The transaction's input as JSON")(target, property);
  };
}
