import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../../../lib/log";
import type { ErrorCode } from "../../../protocol/errors";
import { validationCodeName } from "../../evidence/codes";
import { parseTransaction } from "../../evidence/transaction";
import type { LedgerGateway, Signatory } from "../gateway";
import { fullMessage } from "../gateway/full-message";
import { envelopeBytes } from "../gateway/proposal";
import { isRefusedByOrderer, refusalOf } from "../gateway/refusal";
import { signMessage } from "../gateway/signature";
import type { Holder, Identities } from "../identities/identities";
import { carriersHolder, municipalService, programHolder } from "../identities/services";
import { metrics } from "../metrics";
import { concernsAll, type ItemResult, mergedInput, resultsOf } from "./batch";
import type { OutboxFailure } from "./errors";
import { observeRefusal, observeSettled } from "./observe";
import {
  advance,
  messageToSign,
  recovered,
  type Settled,
  type SigningState,
  type Submitting,
} from "./signing";
import type { Item, ItemChange, OutboxStore, Submission } from "./store";

/** What the worker does with a group afterwards. */
export type Sent =
  /** Its items are committed or failed, or wait for their person's signature again. */
  | "settled"
  /** To be tried again: nothing of it is on the ledger, nor will be. */
  | "again"
  /** As `again`, once the ledger can be asked. */
  | "unavailable"
  /** As `again`, each item by itself. */
  | "alone";

/** Times that peers may refuse an item for a reason that is no rule before it fails. */
const refusalsTolerated = 8;
/**
 * Times that orderers may refuse bytes: another attempt may have brought the same ones to them all the same, and as long
 * as this takes the lookups in between would find them.
 */
const ordererRefusalsTolerated = 20;
/** New proposals an item gets after others changed what it had read. */
const conflictsTolerated = 50;
const longestPauseMs = 2_000;

/** Takes groups of items from the outbox to the ledger, each by the one way that cannot send it twice. */
export class Sender {
  readonly #refusals = new Map<string, number>();

  constructor(
    private readonly gateway: LedgerGateway,
    private readonly identities: Identities,
    private readonly store: OutboxStore,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Signs, has endorsed, stores, submits and settles items that share one transaction.
   * @param submissionId the id under which the signed bytes will be stored
   * @throws what the database throws, `FencedError` among it; the items are then as the database says
   */
  async send(items: readonly Item[], submissionId: string): Promise<Sent> {
    const [first] = items;
    if (!first) return "settled";
    const command = items.length === 1 ? first.id : randomUUID();
    let signed: SigningState;
    try {
      const { signatory } = await this.identities.signatory(holderOf(first));
      const input = { ...mergedInput(items.map((item) => item.input)), command };
      signed = await this.#sign(signatory, first.transaction, argumentOf(first, input));
    } catch (error) {
      return this.#refused(items, error);
    }
    const submission = {
      id: submissionId,
      command,
      transaction: first.transaction,
      state: signed,
    };
    const sending = { from: "queued", status: "sending", submissionId } as const;
    await this.store.write({ added: submission, items: items.map(({ id }) => ({ id, ...sending })) });
    return this.#settle(submission, items);
  }

  /** Goes on with bytes that were stored by a process that is gone. */
  resume(submission: Submission, items: readonly Item[]): Promise<Sent> {
    return this.#settle(submission, items, true);
  }

  async #sign(signatory: Signatory, transaction: string, argument: object): Promise<SigningState> {
    let state: SigningState = {
      status: "prepared",
      ...this.gateway.newProposal(signatory, transaction, argument),
    };
    while (state.status !== "transaction_signed") {
      const message = messageToSign(state);
      state = await advance(this.gateway, state, {
        signature: message && signMessage(signatory.key, message),
      });
    }
    return state;
  }

  /** @param lookFirst whether the bytes may have been submitted before */
  async #settle(submission: Submission, items: readonly Item[], lookFirst = false): Promise<Sent> {
    let state = lookFirst ? recovered(submission.state) : submission.state;
    let envelope = new Uint8Array();
    let patience = lookFirst ? 0 : undefined;
    let refusals = 0;
    for (let failures = 0; ; ) {
      if (isSettled(state)) return this.#record(submission, items, state, envelope);
      envelope = Uint8Array.from((state as Submitting).envelope);
      const submitting = state.status === "transaction_signed";
      try {
        state = await advance(this.gateway, state, patience === undefined ? {} : { patience });
        if (submitting) this.#mark(submission.id);
        patience = undefined;
      } catch (error) {
        failures += 1;
        const refused = submitting && isRefusedByOrderer(error);
        if (refused) refusals += 1;
        metrics().unknownOutcomes.inc();
        const { transactionId } = state;
        log.warn({ transactionId, failures, refused, reason: fullMessage(error) }, "not known to be ordered");
        if (refusals > ordererRefusalsTolerated) return this.#giveUp(submission, items, transactionId);
        // Whatever was answered, the bytes may have arrived: they are looked up before they are sent again.
        state = recovered(state);
        patience = 0;
        await sleep(pauseMs(failures), undefined, { signal: this.stopping });
      }
    }
  }

  /** The orderers will not have these bytes, and the ledger does not have them. */
  async #giveUp({ id }: Submission, items: readonly Item[], transactionId: string): Promise<Sent> {
    const failed = { from: "sending", status: "failed", submissionId: id, transactionId } as const;
    const errorCode = "certificate_refused" satisfies OutboxFailure;
    const changes = items.map((item) => ({ id: item.id, ...failed, errorCode }));
    await this.store.write({ submission: { id, status: "failed" }, items: changes });
    observeSettled(items, changes);
    return "settled";
  }

  /** For those who look at the table: no step depends on it, so nobody waits for it. */
  #mark(id: string): void {
    this.store.write({ submission: { id, status: "submitted" }, items: [] }).catch(() => undefined);
  }

  async #record(
    { id, command, transaction }: Submission,
    items: readonly Item[],
    settled: Settled,
    envelope: Uint8Array,
  ): Promise<Sent> {
    const { status, transactionId, block, code } = settled;
    const place = { from: "sending", submissionId: id, transactionId } as const;
    let changes: ItemChange[];
    if (status === "committed") {
      const answer = parseTransaction(envelopeBytes({ transactionId, envelope })).action?.response.payload;
      const inputs = items.map(({ input }) => input);
      changes = changesOf(items, resultsOf(transaction, inputs, answer ?? new Uint8Array()), {
        ...place,
        block,
      });
    } else if (status === "failed") {
      const errorParams = { code: validationCodeName(code) };
      const failed = { status, errorCode: "invalid_on_ledger" satisfies OutboxFailure, errorParams };
      changes = items.map((item) => ({ id: item.id, ...place, ...failed, block }));
    } else {
      changes = items.map((item) => afterConflict(item));
    }
    await this.store.write({ submission: { id, status, code }, items: changes });
    metrics().transactions.inc({ code: validationCodeName(code) });
    observeSettled(items, changes, { command, transactionId, block });
    if (!changes.some((change) => change.status === "queued")) return "settled";
    // One of them met a change of somebody else's: it is not to hold the others up a second time.
    return items.length > 1 ? "alone" : "again";
  }

  async #refused(items: readonly Item[], error: unknown): Promise<Sent> {
    const refusal = refusalOf(error);
    observeRefusal(error, refusal);
    const [first] = items;
    if (!first) return "settled";
    if (refusal.kind === "unavailable") {
      log.warn({ transaction: first.transaction, item: first.id, reason: refusal.message }, "ledger away");
      return "unavailable";
    }
    if (refusal.kind === "rule") {
      const { code, params } = refusal.rule;
      if (code === "already_done") return this.#alreadyDone(first, String(params.txId));
      if (items.length > 1 && !concernsAll(code)) return "alone";
      return this.#fail(items, code, params);
    }
    log.warn({ transaction: first.transaction, item: first.id, reason: refusal.message }, "refused by peers");
    if (refusal.kind === "certificate") {
      await this.identities
        .refused(holderOf(first))
        .catch((reason: unknown) => log.warn({ reason: fullMessage(reason) }, "a CA cannot be asked"));
      return this.#fail(items, "certificate_refused" satisfies OutboxFailure);
    }
    const refusals = (this.#refusals.get(first.id) ?? 0) + 1;
    this.#refusals.set(first.id, refusals);
    if (refusals < refusalsTolerated) return "again";
    if (items.length > 1) return "alone";
    this.#refusals.delete(first.id);
    if (refusal.kind === "other" && refusal.rule)
      return this.#fail(items, refusal.rule.code, refusal.rule.params);
    return this.#fail(items, "ledger_refused" satisfies OutboxFailure);
  }

  /** The chaincode has carried out this command before: that transaction is the item's. */
  async #alreadyDone(item: Item, transactionId: string): Promise<Sent> {
    const [place, transaction] = await Promise.all([
      this.gateway.locate(transactionId),
      this.gateway.transaction(transactionId),
    ]).catch(() => []);
    if (!place || !transaction) return "again";
    const answer = transaction.action?.response.payload ?? new Uint8Array();
    const results = resultsOf(item.transaction, [item.input], answer);
    const change = { from: "queued", submissionId: null, transactionId, block: place.block } as const;
    const changes = changesOf([item], results, change);
    await this.store.write({ items: changes });
    observeSettled([item], changes, { command: item.id, transactionId, block: place.block });
    return "settled";
  }

  async #fail(items: readonly Item[], errorCode: string, errorParams?: object): Promise<Sent> {
    const failed = { from: "queued", status: "failed", submissionId: null, errorCode, errorParams } as const;
    // What was signed is not what there is any more: its person looks again, and signs again.
    const status = asksAgain.has(errorCode) ? ("to_sign" as const) : failed.status;
    const changes = items.map(({ id, by }) => ({
      id,
      ...failed,
      status: by === "act" ? status : failed.status,
    }));
    await this.store.write({ items: changes });
    observeSettled(items, changes);
    return "settled";
  }
}

/** Refusals of a signed act after which its person is asked to sign it as things stand now. */
const asksAgain: ReadonlySet<string> = new Set<ErrorCode>(["changed_since_seen", "seen_incomplete"]);

/** Milliseconds to wait after so many failures in a row. */
export function pauseMs(failures: number): number {
  const longest = Math.min(longestPauseMs, 50 * 2 ** Math.min(failures, 10));
  return longest * (0.5 + Math.random() / 2);
}

/** Whose certificate signs the transaction: the organisation's that carries an act, the Comune's, or the program's own. */
function holderOf(item: Item): Holder {
  if (item.by === "act") return carriersHolder(item.municipality, item.organisation);
  if (item.by === "resident") return municipalService(item.municipality);
  return programHolder(item);
}

/** The one argument of the transaction, as `protocol/acts/carried.ts` has it. */
function argumentOf({ by, person, act, assertion, actList }: Item, input: object): object {
  if (by === "act") return { by, act, assertion, ...(actList && { list: actList }) };
  if (by === "resident") return { by, person, input };
  return { by, input };
}

function isSettled(state: SigningState): state is Settled {
  return state.status === "committed" || state.status === "failed" || state.status === "conflicted";
}

function changesOf(
  items: readonly Item[],
  results: readonly ItemResult[],
  place: Pick<ItemChange, "from" | "submissionId" | "transactionId" | "block">,
): ItemChange[] {
  return items.map(({ id }, index) => {
    const refused = results[index]?.refused;
    if (!refused) return { id, ...place, status: "committed" };
    return { id, ...place, status: "failed", errorCode: refused.code, errorParams: refused.params };
  });
}

/** An item whose transaction met a change of somebody else's: it gets a new one, as long as it is allowed any. */
export function afterConflict({ id, attempts, by, act }: Item): ItemChange {
  const change = { id, from: "sending", submissionId: null, attempts: 1 } as const;
  if (attempts >= conflictsTolerated)
    return { ...change, status: "failed", errorCode: "conflict" satisfies OutboxFailure };
  // Sent by a certificate before there was a register: there is no signed act to send anew.
  return { ...change, status: by === "act" && act === null ? "to_sign" : "queued" };
}
