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

export default defineConfig({
  resolve,
  test: {
    environment: "node",
    projects: [
      {
        resolve,
        test: { name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: [...generatedOrBuilt, "tests/**"] },
      },
      {
        resolve,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/integration/setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
