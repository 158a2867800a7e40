import { constants } from "node:fs";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./command";

/** Versions of the two tools modules: part of the cache folder's name. */
const FABRIC_VERSION = "695dd57e01c2";
const FABRIC_CA_VERSION = "1.5.12";

const FABRIC = ["peer", "orderer", "configtxgen", "configtxlator", "osnadmin"] as const;
const FABRIC_CA = ["fabric-ca-server"] as const;

export type Program = (typeof FABRIC)[number] | (typeof FABRIC_CA)[number];
export type Binaries = Readonly<Record<Program, string>>;

/** Fabric's programs are neither given, nor on the PATH, nor can they be built here. */
export class BinariesError extends Error {
  override readonly name = "BinariesError";
}

/**
 * Finds Fabric's programs: in `given` (FABRIC_BIN), else on the PATH, else built with Go from the two tools
 * modules beside this file into `cache`, outside the repository, one folder a version.
 * @throws BinariesError saying what is missing and how to supply it.
 */
export async function findBinaries(from: {
  given?: string;
  path?: string;
  cache: string;
  log: (line: string) => void;
}): Promise<Binaries> {
  if (from.given !== undefined) {
    const found = await locate([from.given]);
    if (found) return found;
    throw new BinariesError(`FABRIC_BIN is ${from.given}, but not all of ${programs.join(", ")} are there`);
  }
  const onPath = await locate((from.path ?? "").split(delimiter).filter(Boolean));
  if (onPath) return onPath;
  const fabric = join(from.cache, `fabric-${FABRIC_VERSION}`);
  const fabricCa = join(from.cache, `fabric-ca-${FABRIC_CA_VERSION}`);
  await build("fabric", FABRIC, fabric, from.log);
  await build("fabric-ca", FABRIC_CA, fabricCa, from.log);
  const built = await locate([fabric, fabricCa]);
  if (built) return built;
  throw new BinariesError(`The build left no programs in ${from.cache}`);
}

const programs: readonly Program[] = [...FABRIC, ...FABRIC_CA];

async function locate(folders: readonly string[]): Promise<Binaries | undefined> {
  const found: Partial<Record<Program, string>> = {};
  for (const program of programs) {
    for (const folder of folders) {
      const file = join(folder, program);
      if (await isExecutable(file)) {
        found[program] = file;
        break;
      }
    }
    if (found[program] === undefined) return undefined;
  }
  return found as Record<Program, string>;
}

async function build(module: string, names: readonly string[], target: string, log: (line: string) => void) {
  const present = await Promise.all(names.map((name) => isExecutable(join(target, name))));
  if (present.every(Boolean)) return;
  const source = fileURLToPath(new URL(`tools/${module}`, import.meta.url));
  log(`Building ${names.join(", ")} with Go, once for this machine: about a minute…`);
  await mkdir(join(target, ".."), { recursive: true });
  // Built aside and renamed: an interrupted or concurrent build never leaves half a folder behind.
  const aside = await mkdtemp(`${target}-building-`);
  try {
    await run("go", ["build", "-trimpath", "-o", aside, "tool"], { cwd: source, timeoutMs: 20 * 60_000 });
    await rm(target, { recursive: true, force: true });
    await rename(aside, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BinariesError(
      `Fabric's programs could not be built: ${reason}\nInstall Go 1.26 or later, or set FABRIC_BIN to a folder with ${programs.join(", ")}.`,
      { cause: error },
    );
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
