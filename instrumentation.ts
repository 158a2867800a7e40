import type { Instrumentation } from "next";

/** An error that a page did not foresee: its digest is what the person is shown, and what the log is searched by. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import("@/lib/log");
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  log.error(
    {
      errorId: digest,
      method: request.method,
      route: context.routePath,
      routeType: context.routeType,
      err: error,
    },
    "unexpected error",
  );
};
