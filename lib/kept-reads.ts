/**
 * What the database said to a question, answered again while nothing was written to the database. Pages ask the same things
 * again and again, within one request and from one to the next.
 *
 * Only within {@link reading}: whoever answers a request for a page says what the database held when it came. A form's request
 * says nothing, and asks the database itself.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What the database held at the least when a request came; none once the request itself has written. */
type Reading = { version: number | undefined };

// The pages are bundled apart from the program that they run in: both have to mean the same.
const shared = globalThis as {
  cocityReading?: AsyncLocalStorage<Reading>;
  cocityKeptReads?: Map<string, Promise<unknown>>;
  /** Those of them that are files, the oldest first. */
  cocityKeptFiles?: Map<string, Promise<unknown>>;
  cocityKeptVersion?: number;
};
shared.cocityReading ??= new AsyncLocalStorage<Reading>();
shared.cocityKeptReads ??= new Map<string, Promise<unknown>>();
shared.cocityKeptFiles ??= new Map<string, Promise<unknown>>();
const current = shared.cocityReading;
const kept = shared.cocityKeptReads;
const files = shared.cocityKeptFiles;

const MOST_KEPT = 5_000;
/** Long lists are asked for by few pages, and cost more to keep than to ask for again. */
const MOST_ROWS = 1_000;
/** Whole files are few and small: whoever asks for many of them fills no memory. */
const MOST_FILES = 16;
const MOST_BYTES = 1_000_000;

/** Runs what answers a request: what it asks the database may be answered as of `version` or later. */
export function reading<Result>(version: number, answer: () => Result): Result {
  return current.run({ version }, answer);
}

/** From here on the request sees what it wrote, or had another process write. */
export function writing(): void {
  const request = current.getStore();
  if (request) request.version = undefined;
}

/**
 * @param question all that the answer depends on beside the database
 * @returns a copy of what `ask` returns, or returned to the same question before
 */
export async function keptRead<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
  const version = current.getStore()?.version;
  if (version === undefined || version < (shared.cocityKeptVersion ?? 0)) return ask();
  if (version !== shared.cocityKeptVersion) {
    kept.clear();
    files.clear();
    shared.cocityKeptVersion = version;
  }
  const known = kept.get(question) as Promise<Answer> | undefined;
  if (known) return copied(await known);
  const asked = ask();
  kept.set(question, asked);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  try {
    const answer = await asked;
    if (isTooMuch(answer) && kept.get(question) === asked) kept.delete(question);
    else if (answer instanceof Uint8Array) keepFile(question, asked);
    return copied(answer);
  } catch (error) {
    if (kept.get(question) === asked) kept.delete(question);
    throw error;
  }
}

function isTooMuch(answer: unknown): boolean {
  if (typeof answer === "string" || answer instanceof Uint8Array) return answer.length > MOST_BYTES;
  return Array.isArray(answer) && answer.length > MOST_ROWS;
}

function keepFile(question: string, asked: Promise<unknown>): void {
  files.set(question, asked);
  const [oldest] = files.entries();
  if (files.size <= MOST_FILES || !oldest) return;
  files.delete(oldest[0]);
  if (kept.get(oldest[0]) === oldest[1]) kept.delete(oldest[0]);
}

/** Rows and lists are whoever asked's own, all the way down: Prisma itself writes into those that it has read. */
function copied<Answer>(answer: Answer): Answer {
  if (Array.isArray(answer)) return answer.map(copied) as Answer;
  if (!isPlain(answer)) return answer;
  const copy: Record<string, unknown> = {};
  for (const name in answer) copy[name] = copied(answer[name]);
  return copy as Answer;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))
  );
}
