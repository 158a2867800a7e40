import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Whole networks on one machine: one after the other, with the time that takes. */
export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    name: "fabric",
    environment: "node",
    include: ["tests/fabric/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
