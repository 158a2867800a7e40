import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/language/request.ts",
  // Sentences are taken apart when the site is built: browsers get no parser for them.
  experimental: { messages: { path: "./messages", format: "json", locales: ["it", "en"], precompile: true } },
});

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
    // A page is loaded when it is first asked for, so that a start does not wait for all of them.
    preloadEntriesOnStart: false,
    // A form with a file of the largest size that is kept, and a little more so that a larger one is refused by us.
    serverActions: { bodySizeLimit: "12mb" },
    proxyClientMaxBodySize: "12mb",
  },
  images: { unoptimized: true },
};

export default withNextIntl(nextConfig);
