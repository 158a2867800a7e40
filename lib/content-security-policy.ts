/**
 * The policy of one response. Only what this origin serves is loaded, and only scripts and style sheets that
 * carry this request's nonce run; there is no `unsafe-inline`, hence no `style` attribute in server output.
 */
export function contentSecurityPolicy(options: {
  nonce: string;
  development: boolean;
  /** Other origins a form may lead to: a real identity provider, the trial signer. */
  formOrigins: readonly string[];
  /** Origins map tiles are fetched from, where the operator has configured any. */
  tileOrigins: readonly string[];
}): string {
  const { nonce, development, formOrigins, tileOrigins } = options;
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'none'"],
    // React rebuilds server stack traces with eval while developing, and only then.
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    "style-src": ["'self'", `'nonce-${nonce}'`],
    "img-src": ["'self'", "data:", "blob:", ...tileOrigins],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...tileOrigins],
    "worker-src": ["'self'", "blob:"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'", ...formOrigins],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(" ")}`)
    .join("; ");
}
