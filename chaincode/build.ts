/** Bundles the contracts with everything of this repository and zod; the Fabric libraries stay dependencies. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: [here("src/index.ts")],
  outdir: here("dist"),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  tsconfig: here("tsconfig.json"),
  external: ["fabric-contract-api", "fabric-shim"],
  legalComments: "linked",
});
await writeFile(here("dist/package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
