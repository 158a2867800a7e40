/** What a count is made from, read from the ledger itself. */
import type { LedgerGateway } from "@/ledger/client/gateway";
import { NotFoundError } from "@/lib/errors";
import type { RecordOf, RecordType } from "@/protocol/records";
import type { SealedEvidence } from "./sealed-counting";

/** Records on a page: sealed ballots carry three credentials each. */
const PAGE = 500;

/** @throws NotFoundError */
export async function evidenceFromLedger(
  gateway: LedgerGateway,
  municipality: string,
  round: string,
): Promise<SealedEvidence> {
  const sealing = await gateway.evaluate("records:get", { municipality, type: "sealing", idParts: [round] });
  if (!sealing) throw new NotFoundError("round_not_found");
  return {
    sealing: sealing as RecordOf<"sealing">,
    recorded: await recordsOf(gateway, municipality, "sealed_ballot", round, PAGE),
    envelopes: await recordsOf(gateway, municipality, "sealed_envelope", round, PAGE),
    sheets: await recordsOf(gateway, municipality, "sheets", round, PAGE),
  };
}

/** Every record of a type below a round, from the ledger. */
export async function recordsOf<T extends RecordType>(
  gateway: LedgerGateway,
  municipality: string,
  type: T,
  round: string,
  pageSize: number,
): Promise<RecordOf<T>[]> {
  const found: RecordOf<T>[] = [];
  let bookmark = "";
  do {
    const page = await gateway.evaluate("records:list", {
      ...{ municipality, type, prefix: [round], pageSize, bookmark },
    });
    found.push(...(page.records as RecordOf<T>[]));
    bookmark = page.bookmark;
  } while (bookmark);
  return found;
}
