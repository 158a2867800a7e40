/**
 * What the site's front and `proxy.ts` tell the rest of the server about a request. The front takes them off every
 * request that comes in, so that no client can set them; outside the proxy's matcher there is the id alone.
 */
export const requestHeaders = {
  id: "x-request-id",
  nonce: "x-nonce",
  /** The path as the browser asked for it, query included, language prefix included. */
  path: "x-cocity-path",
} as const;
