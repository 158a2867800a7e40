/**
 * Bundles the contracts with everything of this repository and zod into `dist`; the Fabric libraries stay
 * dependencies. Each file appears whole, so that a chaincode starting meanwhile never reads half of one.
 */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { outputFiles } = await build({
  entryPoints: [here("src/index.ts")],
  outdir: here("dist"),
  write: false,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  tsconfig: here("tsconfig.json"),
  external: ["fabric-contract-api", "fabric-shim"],
  legalComments: "inline",
});
await mkdir(here("dist"), { recursive: true });
for (const { path, contents } of outputFiles) await writeWhole(path, contents);
await writeWhole(here("dist/package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);

async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, contents);
  await rename(temporary, path);
}
