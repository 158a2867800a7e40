import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What veraPDF says that the files break of PDF/UA-1 and PDF/A-2a. */
export async function brokenRules(...files: readonly Buffer[]): Promise<string[]> {
  const classpath = await veraPdf();
  const folder = await mkdtemp(join(tmpdir(), "cocity-pdf-"));
  try {
    const paths = files.map((_, index) => join(folder, `${index}.pdf`));
    for (const [index, path] of paths.entries()) await writeFile(path, files[index] ?? "");
    const { stdout } = await run("java", ["-cp", classpath, "Check", ...paths], { maxBuffer: 1e8 });
    return stdout.split("\n").filter(Boolean);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where Java finds veraPDF and what asks it, fetched and compiled on first use outside the repository. */
async function veraPdf(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cocity");
  const folder = join(cache, "verapdf-1.28.2");
  const classpath = `${join(folder, "*")}:${folder}`;
  await mkdir(cache, { recursive: true });
  if (!existsSync(folder)) {
    // Made aside and renamed, so that an interrupted download is never taken for a whole one.
    const aside = await mkdtemp(`${folder}.`);
    const copy = ["-q", "-B", "-f", here("pom.xml"), "dependency:copy-dependencies"];
    await run("mvn", [...copy, `-DoutputDirectory=${aside}`], { maxBuffer: 1e8 });
    await rename(aside, folder).catch(() => rm(aside, { recursive: true, force: true }));
  }
  await run("javac", ["-cp", classpath, "-d", folder, here("Check.java")]);
  return classpath;
}
