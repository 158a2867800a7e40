import pino from "pino";
import { env } from "./env";

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
