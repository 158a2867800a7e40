import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { type Finding, findingSchema } from "./provider-rules";

export type SignInCheck = { findings: Finding[]; by: string; at: Date };

/** What was found when the sign-in was tried last; undefined where nobody has tried it. */
export async function lastSignInCheck(municipality: string): Promise<SignInCheck | undefined> {
  const row = await db.signInCheck.findUnique({ where: { municipality } });
  const findings = row && z.array(findingSchema).safeParse(row.findings).data;
  if (!findings) return undefined;
  const person = await db.person.findUnique({
    where: { id: row.checkedBy },
    select: { displayName: true },
  });
  return { findings, by: person?.displayName ?? "", at: row.checkedAt };
}
