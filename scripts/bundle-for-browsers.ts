import { type BuildOptions, build } from "esbuild";

/** Joins a program for browsers into one file; the same sources give the same bytes. */
export async function bundleForBrowsers(
  source: string,
  outfile: string,
  more: BuildOptions = {},
): Promise<void> {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    minify: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    ...more,
  });
}
