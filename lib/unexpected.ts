import { randomBytes } from "node:crypto";
import { ExpectedError } from "./errors";
import { log } from "./log";

/**
 * Logs an error that nobody foresaw, once, and returns the id that stands for it: the person is shown the id and
 * no internals, and whoever looks after the server finds the log line by it.
 */
export function reportUnexpected(
  error: unknown,
  context: Readonly<Record<string, string | number>> = {},
): string {
  const errorId = randomBytes(6).toString("hex");
  log.error({ ...context, errorId, err: error }, "unexpected error");
  return errorId;
}

/** What may be told to a person of an error: the code of its sentence, with the id where it was unexpected. */
export function presentError(
  error: unknown,
  context: Readonly<Record<string, string | number>> = {},
): { code: string; params: Readonly<Record<string, string | number>> } {
  if (error instanceof ExpectedError) return { code: error.code, params: error.params };
  return { code: "unexpected", params: { id: reportUnexpected(error, context) } };
}
