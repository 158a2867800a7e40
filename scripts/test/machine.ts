import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { CommandFailure, runQuietly } from "../start/run";
import { findPostgresql } from "./postgresql";

const chromiumNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The system's Chromium, or undefined. */
export async function findChromium(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of chromiumNames) {
      const file = join(folder, name);
      if (await exists(file)) return file;
    }
  }
  return undefined;
}

export async function lackingChromium(): Promise<string | undefined> {
  return lacking("Chromium", findChromium, ["chromium"]);
}

export async function lackingPostgresql(): Promise<string | undefined> {
  return lacking("PostgreSQL", findPostgresql, ["postgresql"]);
}

export async function lackingPython(): Promise<string | undefined> {
  return lacking("Python 3 with venv", findPython, ["python3", "python3-venv"]);
}

/** Python, where it can make an environment: Debian ships `ensurepip` apart. */
async function findPython(): Promise<string | undefined> {
  return runQuietly("python3", ["-c", "import ensurepip, venv"]).then(
    () => "python3",
    () => undefined,
  );
}

/** Looks for a program and, where this account may, installs it. */
async function lacking(
  name: string,
  find: () => Promise<string | undefined>,
  packages: readonly string[],
): Promise<string | undefined> {
  if (await find()) return undefined;
  if (process.getuid?.() !== 0 || !(await exists("/usr/bin/apt-get"))) return `${name} is not installed`;
  console.log(`Installing ${name}`);
  const noninteractive = { DEBIAN_FRONTEND: "noninteractive" };
  try {
    await runQuietly("apt-get", ["update"], noninteractive);
    await runQuietly("apt-get", ["install", "-y", "--no-install-recommends", ...packages], noninteractive);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return `${name} is not installed and apt-get could not install it:\n${error.output.slice(-1000)}`;
  }
  return (await find()) ? undefined : `${name} is not installed`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
