import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** pabutools in the version whose semantics the reference outcomes have. */
export function pabutoolsPython(): Promise<string> {
  return pythonWith("pabutools==1.2.3", "gmpy2");
}

/** The checker of those who keep Pabulib. */
export function checkerPython(): Promise<string> {
  return pythonWith("pabulib-checker==1.0.8");
}

/** What the second implementation of the sealed ballot needs. */
export function cryptographyPython(): Promise<string> {
  return pythonWith("cryptography==48.0.0");
}

/** What Open Contracting Partnership checks published data with. */
export function openContractingPython(): Promise<string> {
  return pythonWith("libcoveocds==0.17.0", "ocdsmerge==0.8.0");
}

/** The Python of a throwaway environment with packages, made on first use outside the repository. */
async function pythonWith(...[first, ...others]: [string, ...string[]]): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cocity");
  const folder = join(cache, first.replace("==", "-"));
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return python;
  await mkdir(cache, { recursive: true });
  // Made aside and renamed, so that an interrupted installation is never taken for a whole one. A venv
  // may be moved as long as its own Python is called by path.
  const aside = `${folder}.${process.pid}`;
  await run("python3", ["-m", "venv", aside]);
  await run(join(aside, "bin", "python"), ["-m", "pip", "install", "--quiet", first, ...others], {
    maxBuffer: 1e8,
  });
  await rename(aside, folder).catch(() => rm(aside, { recursive: true, force: true }));
  return python;
}
