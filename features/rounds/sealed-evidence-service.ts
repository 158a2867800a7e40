/** What a count of sealed ballots is made from, read from our tables of the ledger's blocks. */
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import type { RecordOf } from "@/protocol/records";
import type { SealedEvidence } from "./sealed-counting";

/** @throws NotFoundError */
export async function evidenceFromTables(municipality: string, round: string): Promise<SealedEvidence> {
  const row = await db.chainSealing.findUnique({ where: { municipality_id: { municipality, id: round } } });
  if (!row) throw new NotFoundError("round_not_found");
  const where = { municipality, round };
  const [recorded, envelopes, sheets] = await Promise.all([
    db.chainSealedBallot.findMany({ where, select: { area: true, key: true, seq: true, digest: true } }),
    db.chainSealedEnvelope.findMany({ where, select: { record: true } }),
    db.chainSheets.findMany({ where, select: { record: true } }),
  ]);
  return {
    sealing: row.record as unknown as RecordOf<"sealing">,
    recorded,
    envelopes: envelopes.map(({ record }) => record as unknown as RecordOf<"sealed_envelope">),
    sheets: sheets.map(({ record }) => record as unknown as RecordOf<"sheets">),
  };
}

/** Whether two trustees have released their keys, so that a sealed round can be counted. */
export async function isReleased(municipality: string, round: string): Promise<boolean> {
  const where = { municipality_id: { municipality, id: round } };
  const row = await db.chainSealing.findUnique({ where, select: { state: true } });
  return row?.state === "released";
}
