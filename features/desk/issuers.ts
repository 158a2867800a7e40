/** What issuers are asked at a desk. That two organisations vouch stands on the ledger: the site's word is not needed. */
import "server-only";
import { join } from "node:path";
import { env } from "@/lib/env";
import { PartClient } from "@/lib/part-client";
import { PartRefusal } from "@/lib/part-refusal";
import type { Organisation } from "@/protocol/primitives";

/** `marked`: no credential from now on. `issued`: there was one before. */
export type Marking = "marked" | "issued" | "not_vouched" | "away";

const sockets = { Comune: "issuer-comune", Case: "issuer-case", Garanti: "issuer-garanti" } as const;
const PATIENCE_MS = 10_000;

/** Asks all three issuers to mark somebody as voting on paper, each by itself. */
export async function markOnPaper(round: string, fiscalHash: string): Promise<Record<Organisation, Marking>> {
  const body = JSON.stringify({ round, fiscalHash });
  const asked = (organisation: Organisation) => ask(sockets[organisation], body);
  const [Comune, Case, Garanti] = await Promise.all([asked("Comune"), asked("Case"), asked("Garanti")]);
  return { Comune, Case, Garanti };
}

async function ask(name: string, body: string): Promise<Marking> {
  const folder = env.SEALED_SOCKETS;
  if (folder === undefined) return "away";
  try {
    await new PartClient(join(folder, `${name}.sock`), PATIENCE_MS).ask("POST", "/v1/paper", body);
    return "marked";
  } catch (error) {
    const code = error instanceof PartRefusal ? error.code : undefined;
    if (code === "already_issued") return "issued";
    return code === "not_vouched" ? "not_vouched" : "away";
  }
}
