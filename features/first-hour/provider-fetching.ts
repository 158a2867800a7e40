/** One answer of an identity provider, within bounds. */

const MILLISECONDS = 8_000;
const MOST_BYTES = 200_000;

export type Fetched =
  | { ok: true; value: unknown; date: string | null }
  /** Why there is none, for a sentence: no secret, nothing that was sent. */
  | { ok: false; why: string };

/** Redirections are not followed: whoever answers is who was asked. */
export async function fetchJson(address: string): Promise<Fetched> {
  try {
    const response = await fetch(address, {
      ...{ redirect: "manual", cache: "no-store", headers: { accept: "application/json" } },
      signal: AbortSignal.timeout(MILLISECONDS),
    });
    const text = await bounded(response);
    if (response.status >= 300 && response.status < 400) return { ok: false, why: "redirect" };
    if (response.status !== 200) return { ok: false, why: `HTTP ${response.status}` };
    if (text === undefined) return { ok: false, why: "too long" };
    return { ok: true, value: JSON.parse(text), date: response.headers.get("date") };
  } catch (error) {
    return { ok: false, why: reasonOf(error) };
  }
}

async function bounded(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "not JSON";
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } };
  if (name === "TimeoutError") return "timeout";
  return typeof cause?.code === "string" ? cause.code.slice(0, 60) : "no answer";
}
