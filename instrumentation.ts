import type { Instrumentation } from "next";

const reported = new WeakSet<object>();

/**
 * An error that a page did not foresee: its digest is what the person is shown, and what the log is searched by.
 * A page and its layouts often fail over one and the same error: it is logged once.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (typeof error === "object" && error !== null) {
    if (reported.has(error)) return;
    reported.add(error);
  }
  const { log } = await import("@/lib/log");
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  const requestId = request.headers["x-request-id"];
  log.error(
    {
      errorId: digest,
      requestId: Array.isArray(requestId) ? requestId[0] : requestId,
      method: request.method,
      route: context.routePath,
      routeType: context.routeType,
      err: error,
    },
    "unexpected error",
  );
};
