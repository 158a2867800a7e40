import { createHash } from "node:crypto";
import { access, cp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

/** A chaincode that is built and ready to run. */
export interface Code {
  /** Folder with `package.json` and the files that run. */
  folder: string;
  /** `package.json`'s version and the first 12 hex digits of `digest`: what organisations approve by name. */
  version: string;
  /** SHA-256, hex, over the names and bytes of all files that run. */
  digest: string;
  /** Definition of the private data collections, if there are any. */
  collections: string | undefined;
}

/** The folder holds no chaincode that could be deployed. */
export class CodeError extends Error {
  override readonly name = "CodeError";
}

const packageSchema = z.object({
  version: z.string().regex(/^[0-9A-Za-z.+-]+$/),
  main: z.string().default("index.js"),
});

/** Looks at a built chaincode. @throws CodeError */
export async function readCode(folder: string): Promise<Code> {
  const description = packageSchema.safeParse(await parsePackage(folder));
  if (!description.success) throw new CodeError(`${folder}/package.json gives no version or main file`);
  const { version, main } = description.data;
  if (!(await exists(join(folder, main))))
    throw new CodeError(
      `${folder}/${main} is missing: build the chaincode first (npm run build -w chaincode)`,
    );
  const hash = createHash("sha256");
  for (const file of await codeFiles(folder, main)) {
    const bytes = await readFile(join(folder, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  const digest = hash.digest("hex");
  const collections = join(folder, "collections.json");
  return {
    folder,
    version: `${version}+${digest.slice(0, 12)}`,
    digest,
    collections: (await exists(collections)) ? collections : undefined,
  };
}

/** Copies what runs to `target`, so that a version in use does not change under the process that runs it. */
export async function copyCode(code: Code, target: string): Promise<void> {
  const { main } = packageSchema.parse(await parsePackage(code.folder));
  await rm(target, { recursive: true, force: true });
  for (const file of await codeFiles(code.folder, main))
    await cp(join(code.folder, file), join(target, file), { recursive: true });
  if (code.collections) await cp(code.collections, join(target, "collections.json"));
  // Its libraries stay where they are installed.
  await symlink(await librariesOf(code.folder), join(target, "node_modules"));
}

/** The files that run: `package.json` and the folder of the main file, in the order of their names. */
async function codeFiles(folder: string, main: string): Promise<string[]> {
  const top = dirname(main);
  if (top === ".") return ["package.json", main].sort();
  const found = await readdir(join(folder, top), { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return ["package.json", ...files].sort();
}

/** The nearest `node_modules`, upwards, that has the chaincode server. @throws CodeError */
async function librariesOf(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const libraries = join(at, "node_modules");
    if (await exists(join(libraries, "fabric-shim"))) return libraries;
    if (dirname(at) === at) throw new CodeError(`fabric-shim is not installed for ${folder}`);
  }
}

async function parsePackage(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  } catch (error) {
    throw new CodeError(`${folder} holds no chaincode: its package.json cannot be read`, { cause: error });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
