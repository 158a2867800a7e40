import type { RecordOf } from "@/chaincode/src/protocol/records";
import { ledger } from "@/ledger/process";
import { NotFoundError } from "@/lib/errors";
import { type Count, countRound } from "./counting";

/** Reads a round and all its ballots from the ledger itself, not from our tables, and counts them. */
export async function countFromLedger(municipality: string, id: string): Promise<Count> {
  const { gateway } = await ledger();
  const round = await gateway.evaluate("records:get", { municipality, type: "round", idParts: [id] });
  if (!round) throw new NotFoundError("round_not_found");
  const ballots: RecordOf<"ballot">[] = [];
  let bookmark = "";
  do {
    const page = await gateway.evaluate("records:list", {
      ...{ municipality, type: "ballot", prefix: [id], pageSize: 1000, bookmark },
    } as const);
    ballots.push(...(page.records as RecordOf<"ballot">[]));
    bookmark = page.bookmark;
  } while (bookmark);
  return countRound(round as RecordOf<"round">, ballots);
}
