import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const resolve = {
  alias: {
    "@": root,
    // A marker for the bundler, which throws wherever it is not told that this is a server.
    "server-only": fileURLToPath(new URL("../../node_modules/server-only/empty.js", import.meta.url)),
  },
};
const seed = fileURLToPath(new URL("../seed.ts", import.meta.url));
const limits = { setupFiles: [seed], testTimeout: 180_000, hookTimeout: 300_000, fileParallelism: false };

/** Real Fabric networks on this machine, built from source: `npm run test:fabric`. */
export default defineConfig({
  root,
  test: {
    // Whole networks at once would be slower than one after the other.
    maxWorkers: 1,
    projects: [
      {
        root,
        resolve,
        test: {
          name: "conformance",
          include: ["tests/conformance/**/*.test.ts"],
          exclude: ["tests/conformance/embedded.*"],
          globalSetup: ["tests/fabric/conformance.setup.ts"],
          ...limits,
        },
      },
      {
        root,
        resolve,
        test: {
          name: "contracts",
          include: ["tests/chaincode/{story,stolen-server,votes,sealed-election}.test.ts"],
          ...limits,
          setupFiles: [seed, "tests/fabric/contracts.setup.ts"],
        },
      },
      {
        root,
        resolve,
        test: {
          // Pages are the same on every ledger: here are the ways on which the ledger is written to and lost.
          name: "journeys",
          include: ["tests/e2e/{whole-way,supervision}.test.ts", "tests/fabric/site/**/*.test.ts"],
          globalSetup: ["tests/fabric/site.setup.ts"],
          ...limits,
          testTimeout: 300_000,
        },
      },
      {
        root,
        resolve,
        test: {
          name: "network",
          include: ["tests/fabric/*.test.ts"],
          // Outbox and projection are in some of them.
          globalSetup: ["tests/integration/setup.ts"],
          env: { COCITY_TEST_DATABASE: "postgresql" },
          ...limits,
        },
      },
    ],
  },
});
