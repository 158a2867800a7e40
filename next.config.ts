import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/language/request.ts");

const nextConfig: NextConfig = {
  // Native or stateful packages: loaded by Node as they are, once a process.
  serverExternalPackages: [
    "@grpc/grpc-js",
    "@hyperledger/fabric-gateway",
    "@electric-sql/pglite",
    "classic-level",
    "fontkit",
    "oidc-provider",
    "pdfkit",
    "pino",
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  // `npm run types` checks the whole repository, tests included: a build for running the site need not again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // A build must not ask the network whether there is a newer release.
    agentUpgrade: false,
    // A form with a file of the largest size that is kept, and a little more so that a larger one is refused by us.
    serverActions: { bodySizeLimit: "12mb" },
    proxyClientMaxBodySize: "12mb",
  },
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: nothingAtAll }] },
    // What people uploaded runs nothing either, whatever it is. Said here: this list goes over what a route says.
    {
      source: "/api/files/:path*",
      headers: [{ key: "Content-Security-Policy", value: `sandbox; ${nothingAtAll}` }],
    },
  ],
};

// What is no page loads nothing, whoever opens it as one.
const nothingAtAll = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// The content security policy of a page carries a nonce and is therefore set for each request in proxy.ts.
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)" },
];

export default withNextIntl(nextConfig);
