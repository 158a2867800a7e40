import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { type Area, areaSetting, areas, isAreaName } from "./areas";

const root = fileURLToPath(new URL("../..", import.meta.url));
const name = process.env[areaSetting] ?? "";
if (!isAreaName(name)) throw new Error(`There is no area ${name}`);
const area: Area = areas[name];

export default defineConfig({
  root,
  resolve: { alias: { "@": root, "server-only": `${root}node_modules/server-only/empty.js` } },
  test: {
    include: [...area.tests],
    exclude: ["**/node_modules/**"],
    globalSetup: area.globalSetup ? [area.globalSetup] : [],
    // As in the project's own configuration.
    server: { deps: { inline: ["next-intl"] } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
