/*
 * npm run pack-verifier -- FOLDER: the verifier as one file that needs Node and nothing else of this repository, the
 * second one in Python, and the protocol that both are written from.
 */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

export async function packVerifier(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ["verifier/main.ts"],
    outfile: join(folder, "verify.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    logLevel: "silent",
    // Packages in the older form ask for Node's own modules by a function that this form has not.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  for (const file of ["sealed_ballots.py", "blocks.py", "round_bundle.py"])
    await copyFile(join("verifier/python", file), join(folder, file));
  await copyFile("docs/sealed-ballots.md", join(folder, "sealed-ballots.md"));
}

if (import.meta.filename === process.argv[1]) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("usage: npm run pack-verifier -- FOLDER");
    process.exit(2);
  }
  await packVerifier(folder);
}
