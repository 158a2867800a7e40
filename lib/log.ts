import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { env } from "./env";

// Bundles may hold this module more than once; a request is in one of them, what it calls perhaps in another.
const held = globalThis as { cocityRequest?: AsyncLocalStorage<string> };
held.cocityRequest ??= new AsyncLocalStorage<string>();
const requests = held.cocityRequest;

/** Runs `work` for one request: every line it logs, and every item it queues for the ledger, bears the request's id. */
export function inRequest<T>(requestId: string | undefined, work: () => T): T {
  return requestId === undefined ? work() : requests.run(requestId, work);
}

/** The id of the request that is being worked for; undefined where there is none. */
export function currentRequest(): string | undefined {
  return requests.getStore();
}

/**
 * One JSON object a line on standard error; standard output belongs to the ready lines of programs. Fields are
 * identifiers, codes, counts and durations: never a name, an address, a fiscal number, a text somebody wrote.
 */
export const log = pino(
  {
    level: env.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    mixin() {
      const requestId = currentRequest();
      return requestId === undefined ? {} : { requestId };
    },
    serializers: { err: describeError },
    // What must never have been passed is removed all the same.
    redact: {
      paths: [
        "name",
        "email",
        "fiscalNumber",
        "address",
        "password",
        "secret",
        "token",
        "cookie",
        "authorization",
      ].flatMap((field) => [field, `*.${field}`]),
      remove: true,
    },
  },
  pino.destination({ dest: 2, sync: true }),
);

/** Databases put the values of a query into their messages, and values may be personal: the kind alone is kept. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error ? { code: error.code } : {};
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
  const stack = frames.slice(0, 12).map((line) => line.trim());
  if (/^(PrismaClient|DriverAdapterError|error$)/.test(error.name))
    return { type: error.name, ...code, stack };
  const cause = error.cause ? { cause: describeError(error.cause) } : {};
  return { type: error.name, message: error.message, ...code, stack, ...cause };
}
