import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const resolve = {
  alias: {
    "@": path("."),
    // A marker for the bundler, which throws wherever it is not told that this is a server.
    "server-only": path("node_modules/server-only/empty.js"),
  },
};

const generatedOrBuilt = ["**/node_modules/**", "**/.next/**", "**/dist/**", "**/build/**", "generated/**"];

const setupFiles = [path("tests/seed.ts")];

// No test is about time: these limits end what hangs, also on a machine that is busy with other things.
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  resolve,
  test: {
    environment: "node",
    projects: [
      {
        resolve,
        test: {
          setupFiles,
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...generatedOrBuilt, "tests/**", "chaincode/**", "protocol/**"],
          ...patience,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "contracts",
          include: ["{protocol,chaincode}/**/*.test.ts", "tests/{chaincode,conformance}/**/*.test.ts"],
          exclude: generatedOrBuilt,
          ...patience,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/integration/setup.ts"],
          // It names parts of Next as a bundler finds them.
          server: { deps: { inline: ["next-intl"] } },
          ...patience,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "voting",
          include: ["tests/voting/**/*.test.ts"],
          exclude: ["tests/voting/{pabutools,second-implementation}/**"],
          testTimeout: 300_000,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "pdf",
          include: ["tests/pdf/**/*.test.ts"],
          testTimeout: 300_000,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "sealed-parts",
          include: ["tests/sealed/**/*.test.ts"],
          exclude: ["tests/sealed/token/**"],
          testTimeout: 300_000,
          hookTimeout: 900_000,
        },
      },
      {
        resolve,
        test: { setupFiles, name: "token", include: ["tests/sealed/token/**/*.test.ts"], ...patience },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "pabutools",
          include: ["tests/voting/pabutools/**/*.test.ts"],
          testTimeout: 600_000,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "second-implementation",
          include: ["tests/voting/second-implementation/**/*.test.ts"],
          testTimeout: 600_000,
        },
      },
      {
        resolve,
        test: {
          setupFiles,
          name: "open-contracting",
          include: ["tests/open-data/validators/**/*.test.ts"],
          testTimeout: 600_000,
        },
      },
      browserProject("end-to-end", "tests/e2e/**/*.test.ts"),
      browserProject("accessibility", "tests/accessibility/**/*.test.ts"),
      browserProject("trial", "tests/trial/**/*.test.ts"),
    ],
  },
});

/** Tests in a browser, one after the other against one running Co-City. */
function browserProject(name: string, include: string) {
  return {
    resolve,
    test: {
      name,
      setupFiles,
      include: [include],
      globalSetup: ["tests/browser/setup.ts"],
      // As for the integration tests.
      server: { deps: { inline: ["next-intl"] } },
      testTimeout: 300_000,
      hookTimeout: 300_000,
      fileParallelism: false,
      // Several at once in one browser, where a test file asks for it, and no more than a small machine shows quickly.
      maxConcurrency: 3,
    },
  };
}
