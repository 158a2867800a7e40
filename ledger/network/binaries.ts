import { constants } from "node:fs";
import { access, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./command";
import { networkSources } from "./folders";
import { fabricPatches, type Patch, patched } from "./patches";

/** Versions of the two tools modules, and of our patches: part of the cache folder's name. */
const FABRIC_VERSION = "695dd57e01c2-mended3";
const FABRIC_CA_VERSION = "1.5.12";

const FABRIC = ["peer", "orderer", "configtxgen", "configtxlator", "osnadmin"] as const;
const FABRIC_CA = ["fabric-ca-server", "fabric-ca-client"] as const;

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
  await build("fabric", FABRIC, fabric, from.log, fabricPatches);
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

async function build(
  module: string,
  names: readonly string[],
  target: string,
  log: (line: string) => void,
  patches: readonly Patch[] = [],
): Promise<void> {
  const present = await Promise.all(names.map((name) => isExecutable(join(target, name))));
  if (present.every(Boolean)) return;
  log(`Building ${names.join(", ")} with Go, once for this machine: about a minute…`);
  await mkdir(join(target, ".."), { recursive: true });
  // Built aside and renamed: an interrupted or concurrent build never leaves half a folder behind.
  const aside = await mkdtemp(`${target}-building-`);
  try {
    const source = join(aside, "source");
    await cp(join(networkSources, "tools", module), source, { recursive: true });
    if (patches.length > 0) await mend(source, `github.com/hyperledger/${module}`, patches);
    const built = join(aside, "programs");
    await mkdir(built);
    await run("go", ["build", "-trimpath", "-o", built, "tool"], { cwd: source, timeoutMs: 20 * 60_000 });
    await rm(target, { recursive: true, force: true });
    await rename(built, target);
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

/** Has the tools module in `source` build a copy of a module that it needs, patched. */
async function mend(source: string, module: string, patches: readonly Patch[]): Promise<void> {
  const go = (...args: string[]) => run("go", args, { cwd: source, timeoutMs: 10 * 60_000 });
  await go("mod", "download", module);
  const original = (await go("list", "-m", "-f", "{{.Dir}}", module)).trim();
  const copy = join(source, "mended");
  await cp(original, copy, { recursive: true });
  // The module cache is read-only, and so is a copy of it.
  await run("chmod", ["-R", "u+w", copy]);
  for (const patch of patches) {
    const file = join(copy, patch.file);
    const text = await readFile(file, "utf8");
    await writeFile(file, patched(text, patch));
  }
  await go("mod", "edit", `-replace=${module}=${copy}`);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
