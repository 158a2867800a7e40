/** What is no page loads nothing, whoever opens it as one. */
export const emptyPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A script that runs apart from its page, as a service worker does, loads and asks what its page may. */
const scriptPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer of the site, also of refusals and failures. Whatever makes an answer may set one of them
 * itself; a page's content security policy, which has a nonce, is made in proxy.ts.
 * @param path of the request, without its query
 */
export function securityHeaders(origin: string, path: string): Readonly<Record<string, string>> {
  return {
    "content-security-policy": policyOf(path),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    // A card for other sites says itself who may frame it.
    ...(!path.startsWith("/api/embed/") && { "x-frame-options": "DENY" }),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    ...(origin.startsWith("https:") && {
      "strict-transport-security": "max-age=63072000; includeSubDomains",
    }),
  };
}

function policyOf(path: string): string {
  // What people uploaded runs nothing, whatever it is called.
  if (path.startsWith("/api/files/")) return `sandbox; ${emptyPolicy}`;
  return path.endsWith(".js") ? scriptPolicy : emptyPolicy;
}
