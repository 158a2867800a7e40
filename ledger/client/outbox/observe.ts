import { status } from "@grpc/grpc-js";
import { GatewayError } from "@hyperledger/fabric-gateway";
import { log } from "../../../lib/log";
import type { Refusal } from "../gateway/refusal";
import { metrics } from "../metrics";
import type { Item, ItemChange } from "./store";

/**
 * Counts and logs what became of items. Whoever holds a request's log line finds here, by its id, the transaction; whoever
 * holds a transaction finds by its `command`, which its event bears, the request.
 * @param recorded the transaction that they are in
 */
export function observeSettled(
  items: readonly Item[],
  changes: readonly ItemChange[],
  recorded?: { command: string; transactionId: string; block: number },
): void {
  const { submissions, submissionSeconds, batchItems } = metrics();
  const byId = new Map(items.map((item) => [item.id, item]));
  if (recorded) batchItems.observe(items.length);
  for (const change of changes) {
    const item = byId.get(change.id);
    if (!item || (change.status !== "committed" && change.status !== "failed")) continue;
    const { transaction } = item;
    submissions.inc({ transaction, code: change.errorCode ?? "recorded" });
    if (change.status === "committed")
      submissionSeconds.observe({ transaction }, (Date.now() - item.createdAt.getTime()) / 1000);
    else
      log.warn({ ...namesOf(item), ...recorded, command: item.id, code: change.errorCode }, "not recorded");
  }
  const [first] = items;
  if (recorded && first && changes.some(({ status }) => status === "committed"))
    log.info({ ...namesOf(first), ...recorded, items: items.length }, "recorded on the ledger");
}

/** Counts a proposal that no peer would endorse. */
export function observeRefusal(error: unknown, refusal: Refusal): void {
  const code =
    refusal.kind === "rule"
      ? refusal.rule.code
      : error instanceof GatewayError
        ? (status[error.code] ?? refusal.kind)
        : refusal.kind;
  metrics().endorsementFailures.inc({ code });
}

function namesOf({ transaction, municipality, requestId }: Item) {
  return { transaction, municipality, ...(requestId !== null && { requestId }) };
}
