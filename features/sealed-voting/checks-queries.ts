import "server-only";
import { db } from "@/lib/db";

export interface CheckCounts {
  /** Checks that looked for a ballot; telling that it says something else is no further one. */
  readonly made: number;
  readonly absent: number;
  readonly void: number;
  readonly differs: number;
}

export async function checkCountsOf(municipality: string, round: string): Promise<CheckCounts> {
  const rows = await db.sealedCheck.findMany({ where: { municipality, round } });
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?.count ?? 0;
  const [stands, absent, voided] = [of("stands"), of("absent"), of("void")];
  return { made: stands + absent + voided, absent, void: voided, differs: of("differs") };
}
