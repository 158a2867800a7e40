import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { BinariesError } from "@/ledger/network/binaries";
import { testBinaries } from "@/tests/fabric/throwaway";
import { softHsmModule } from "@/tests/sealed/token/software-token";
import { CommandFailure, runQuietly } from "../../services/supervisor/run";
import { findGo, lackingToolchain } from "./go";
import { findPostgresql } from "./postgresql";

/** First the one without a browser's own windows, which draws the same pages with a third of the processor time. */
const chromiumNames = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
];

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

/** Java with Maven, which fetches veraPDF. */
export async function lackingMaven(): Promise<string | undefined> {
  return lacking("a Java compiler with Maven", findMaven, ["default-jdk-headless", "maven"]);
}

export async function lackingToken(): Promise<string | undefined> {
  return lacking("SoftHSM with pkcs11-tool", findToken, ["softhsm2", "opensc"]);
}

/** Fabric's programs, built now where they are not there yet. */
export async function lackingFabric(): Promise<string | undefined> {
  const failure = await fabricFailure();
  if (failure === undefined) return undefined;
  const withoutGo =
    (await lacking("Go with a C compiler", findGo, ["golang-go", "gcc", "libc6-dev"])) ??
    (await lackingToolchain());
  return withoutGo ?? (await fabricFailure());
}

/** Machines of a network in namespaces of this one, and a database that many ask at once. */
export async function lackingHosts(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "network namespaces are made by root only";
  return (
    (await lacking("iproute2", findIp, ["iproute2"])) ??
    (await lackingPostgresql()) ??
    (await lackingFabric())
  );
}

/** Debian roots, and namespaces to run an image's processes in. */
export async function lackingRoots(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "roots and mounts are changed by root only";
  return (
    (await lacking("iproute2", findIp, ["iproute2"])) ??
    (await lacking("mmdebstrap", findMmdebstrap, ["mmdebstrap"]))
  );
}

async function fabricFailure(): Promise<string | undefined> {
  try {
    await testBinaries();
    return undefined;
  } catch (error) {
    if (!(error instanceof BinariesError)) throw error;
    return error.message;
  }
}

const findIp = () => answering("ip", ["-V"]);
const findMmdebstrap = () => answering("mmdebstrap", ["--version"]);

/** Python, where it can make an environment: Debian ships `ensurepip` apart. */
const findPython = () => answering("python3", ["-c", "import ensurepip, venv"]);

const findMaven = async () => (await answering("javac", ["-version"])) && (await answering("mvn", ["-v"]));

/** `pkcs11-tool` has no command that only tells its version. */
async function findToken(): Promise<string | undefined> {
  const module = await softHsmModule();
  return module && (await answering("pkcs11-tool", ["--module", module, "--show-info"]));
}

/** The program, where it can be run so. */
async function answering(program: string, args: readonly string[]): Promise<string | undefined> {
  return runQuietly(program, args).then(
    () => program,
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
