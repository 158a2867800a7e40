/** Asking the site for what it has, while it may be busy or starting again. */
import { setTimeout as sleep } from "node:timers/promises";

export const TRIES = 4;
export const PAUSE_MS = 2_000;

/** The answer of an address, asked for again where it comes to nothing. @throws Error after the last try */
export async function answered(address: string, pauseMs = PAUSE_MS): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(address).catch((error: unknown) => error);
    if (answer instanceof Response && answer.ok) return answer;
    const what = answer instanceof Response ? answer.status : answer;
    if (attempt === TRIES) throw new Error(`${address}: ${String(what)}`, { cause: what });
    await sleep(pauseMs * attempt);
  }
}
