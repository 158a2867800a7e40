/* Every file, folder and npm script that the documentation names is there. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import chaincode from "../chaincode/package.json" with { type: "json" };
import manifest from "../package.json" with { type: "json" };

const pages = globSync(["*.md", "docs/**/*.md"]);

/** Made by a build, a start or an operator: not in the repository. */
const made =
  /^(data|dist|generated|environment|ledger-connection|node_modules|test-results|\.next|public\/|others\/|channel\/|run\/)/;
/** A name without a folder stands for every file that is called so; one that begins with @ is a package's. */
const isPath = /^(?!@)(?:[\w.@()[\]*-]+\/)+[\w.@()[\]*-]*$/;

/** What a page names, found in inline code, links and commands. */
function named(text: string): { paths: string[]; links: string[]; scripts: string[]; workspace: string[] } {
  const codes = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/`([^`\n]+)`/g)].map(
    (one) => one[1] ?? "",
  );
  const commands = [...text.matchAll(/\bnpx tsx ([\w./-]+)/g)].map((one) => one[1] ?? "");
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((one) => one[1] ?? "");
  const runs = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)( -w chaincode)?/g)];
  return {
    paths: [...codes, ...commands].filter((code) => isPath.test(code) && !made.test(code)),
    links: links.filter((link) => !/^[a-z]+:/.test(link)),
    scripts: runs.filter((one) => !one[2]).map((one) => one[1] ?? ""),
    workspace: runs.filter((one) => one[2]).map((one) => one[1] ?? ""),
  };
}

/** `[` and `(` are in the names of routes; only `*` stands for something else. */
function isThere(path: string): boolean {
  if (!path.includes("*")) return existsSync(path);
  return globSync(path.replaceAll(/[[\]()]/g, "?")).length > 0;
}

describe.each(pages)("%s", (page) => {
  const { paths, links, scripts, workspace } = named(readFileSync(page, "utf8"));

  it("names files that are there", () => {
    // A page may name a file from the repository's root or from where it is.
    expect(paths.filter((path) => !isThere(path) && !isThere(join(dirname(page), path)))).toEqual([]);
    expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
  });

  it("names scripts that are there", () => {
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
    expect(workspace.filter((script) => !(script in chaincode.scripts))).toEqual([]);
  });
});

it("finds what is named and is not there", () => {
  const text =
    "See `features/nothing/gone.ts`, [x](gone.md), `npx tsx scripts/gone.ts`, `npm run gone` and `lib/*.gone`.";
  const { paths, links, scripts } = named(text);
  expect(paths.filter((path) => !isThere(path))).toEqual([
    "features/nothing/gone.ts",
    "lib/*.gone",
    "scripts/gone.ts",
  ]);
  expect(links).toEqual(["gone.md"]);
  expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual(["gone"]);
});
