import { build } from "esbuild";
import { programs, programsFolder } from "@/lib/programs";

/**
 * Joins each program's own modules into one file, so that a start reads few files and interprets none. Packages stay
 * where they are: some of them look for files beside their own.
 */
export async function bundlePrograms(): Promise<void> {
  await build({
    entryPoints: [...programs],
    outbase: ".",
    outdir: programsFolder,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node24",
    keepNames: true,
    logLevel: "silent",
  });
}
