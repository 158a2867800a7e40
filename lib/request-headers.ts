/**
 * What `proxy.ts` tells the rest of the server about a request. It overwrites them, so that no client can
 * set them; a route outside the proxy's matcher must not read them.
 */
export const requestHeaders = {
  id: "x-request-id",
  nonce: "x-nonce",
  /** The path as the browser asked for it, query included, language prefix included. */
  path: "x-cocity-path",
} as const;
