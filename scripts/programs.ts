import { build, type Plugin } from "esbuild";
import { programs, programsFolder } from "@/lib/programs";

/**
 * Joins each program's own modules into one file, so that a start reads few files and interprets none. Packages stay
 * where they are: some of them look for files beside their own.
 */
export async function bundlePrograms(
  sources: readonly string[] = programs,
  outdir = programsFolder,
): Promise<void> {
  await build({
    entryPoints: [...sources],
    outbase: ".",
    outdir,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node24",
    keepNames: true,
    logLevel: "silent",
    plugins: [nextWithEnding],
  });
}

/** Next names its parts without the file's ending, which Node wants of a package that lists no exports. */
const nextWithEnding: Plugin = {
  name: "next-with-ending",
  setup({ onResolve }) {
    onResolve({ filter: /^next\/[a-z-]+$/ }, ({ path }) => ({ path: `${path}.js`, external: true }));
  },
};
