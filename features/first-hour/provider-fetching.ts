/** One answer of an identity provider that the operator has named, within bounds. */
import type { Reach } from "@/lib/outside/addresses";
import { ask } from "@/lib/outside/asking";
import { Unreachable } from "@/lib/outside/unreachable";

const MILLISECONDS = 8_000;
const MOST_BYTES = 200_000;

export type Fetched =
  | { ok: true; value: unknown; date: string | null }
  /** Why there is none, for a sentence: no secret, nothing that was sent. */
  | { ok: false; why: string };

/** @param reach `anywhere` for what stands under the provider's own address, which may be of the offices' network */
export async function fetchJson(address: string, reach: Reach): Promise<Fetched> {
  const until = AbortSignal.timeout(MILLISECONDS);
  try {
    const question = { headers: { accept: "application/json" } };
    const { status, headers, text } = await ask(address, question, { reach, bytes: MOST_BYTES, until });
    if (status >= 300 && status < 400) return { ok: false, why: "redirect" };
    if (status !== 200) return { ok: false, why: `HTTP ${status}` };
    return { ok: true, value: JSON.parse(text), date: headers.date ?? null };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, why: "not JSON" };
    if (!(error instanceof Unreachable)) throw error;
    return { ok: false, why: until.aborted ? "timeout" : error.message };
  }
}
