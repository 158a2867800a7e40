import "server-only";
import { cache } from "react";
import { readConnection } from "@/ledger/connection";
import { env } from "@/lib/env";

/** Which kind of ledger stands behind this site; undefined while its description cannot be read. */
export const ledgerKind = cache(async (): Promise<"embedded" | "fabric" | undefined> => {
  try {
    return (await readConnection(env.LEDGER_CONNECTION)).kind;
  } catch {
    return undefined;
  }
});
