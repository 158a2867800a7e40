import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { FolderLockedError, lockFolder } from "@/services/database/lock";
import { controlFile } from "./control";
import { StartFailure } from "./failure";
import { openSockets, type Sockets } from "./sockets";
import { words } from "./words";

/** The layout that this version writes. An older one is brought here step by step by `steps`. */
export const currentFormat = 2;

/** The sealed vote that a trial holds by itself after its first start. */
const trialVoteSchema = z.discriminatedUnion("state", [
  /** Not final yet: the next start goes on with it, unless it has failed too often. */
  z.object({ state: z.literal("waits"), failures: z.number().int().min(0) }),
  z.object({
    state: z.literal("final"),
    /** Of one of its invented voters, to try the check of a ballot with; none where nobody's ballot was cast. */
    words: z.string().optional(),
  }),
]);

const descriptionSchema = z.object({
  formatVersion: z.number().int().min(1),
  /** When the trial data had been written, all of it. */
  seeded: z.iso.datetime().optional(),
  /** When the trial data's municipalities had their register of people in office. */
  registered: z.iso.datetime().optional(),
  trialVote: trialVoteSchema.optional(),
});
export type FolderDescription = z.infer<typeof descriptionSchema>;

/** What takes a folder from the format of its index to the next; each step may be tried again after a crash. */
const steps: Readonly<Record<number, (folder: string) => Promise<void>>> = {
  1: (folder) => makeSecrets(join(folder, "secrets"), sealedSecretNames),
};

/** Of the parts of sealed rounds, each known to its part alone, and of the client by which people sign in for a credential. */
export const sealedSecretNames = [
  ...(["issuer-comune", "issuer-case", "issuer-garanti"] as const),
  ...(["relay", "copy-keeper", "opener", "voting-client"] as const),
] as const;

export const secretNames = [
  "nextauth-secret",
  "key-encryption-key",
  "fiscal-number-key",
  "oidc-client-secret",
  "database-password",
  ...sealedSecretNames,
] as const;
export type Secrets = Record<(typeof secretNames)[number], string>;

export type DataFolder = {
  path: string;
  description: FolderDescription;
  secrets: Secrets;
  sockets: Sockets;
  made: boolean;
  release(): Promise<void>;
};

/**
 * Makes the data folder or checks and migrates the one that is there, and takes its lock.
 * @throws StartFailure with a sentence for a folder that cannot be used as it is.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  let lock: Awaited<ReturnType<typeof lockFolder>> | undefined;
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const entries = await readdir(path);
    const made = entries.every((name) => beforeDescription.includes(name));
    if (!made && !entries.includes(descriptionFile)) throw new StartFailure(words.failed.folderNotOurs(path));
    const held = await lockFolder(join(path, "lock"));
    lock = held;
    // Of a supervisor that was killed, perhaps of another version: nobody answers where it says.
    await rm(controlFile(path), { force: true });
    for (const name of entries.filter((entry) => entry.startsWith(stagingPrefix)))
      await rm(join(path, name), { recursive: true });
    const description = made ? await initialise(path) : await migrateFolder(path);
    const secrets = await openSecrets(join(path, "secrets"), made);
    for (const name of ["files", "logs", "sealed/announced", "sealed/rolls"])
      await mkdir(join(path, name), { recursive: true, mode: 0o700 });
    const sockets = await openSockets(path);
    return {
      ...{ path, description, secrets, sockets, made },
      async release() {
        await sockets.remove();
        await held.release();
      },
    };
  } catch (error) {
    await lock?.release();
    if (error instanceof FolderLockedError) throw new StartFailure(words.failed.folderBusy(path));
    throw isDenied(error) ? new StartFailure(words.failed.folderDenied(path)) : error;
  }
}

export async function readDescription(path: string): Promise<FolderDescription> {
  const broken = (what: string) => new StartFailure(words.failed.folderBroken(path, what));
  const entries = await readdir(path).catch(() => []);
  if (entries.length === 0) throw new StartFailure(words.failed.folderEmpty(path));
  let content: unknown;
  try {
    content = JSON.parse(await readFile(join(path, descriptionFile), "utf8"));
  } catch {
    throw broken(descriptionFile);
  }
  const parsed = descriptionSchema.safeParse(content);
  if (!parsed.success) throw broken(descriptionFile);
  return parsed.data;
}

export async function writeDescription(path: string, description: FolderDescription): Promise<void> {
  await writeDurably(join(path, descriptionFile), `${JSON.stringify(description, null, 2)}\n`);
}

async function initialise(path: string): Promise<FolderDescription> {
  const description = { formatVersion: currentFormat };
  // The secrets come first: a folder with a description has all of them.
  await openSecrets(join(path, "secrets"), true);
  await writeDescription(path, description);
  return description;
}

async function migrateFolder(path: string): Promise<FolderDescription> {
  let description = await readDescription(path);
  const from = description.formatVersion;
  if (from > currentFormat) throw new StartFailure(words.failed.folderNewer(path, from, currentFormat));
  while (description.formatVersion < currentFormat) {
    await steps[description.formatVersion]?.(path);
    description = { ...description, formatVersion: description.formatVersion + 1 };
    await writeDescription(path, description);
  }
  if (from < currentFormat) console.log(words.folderMigrated(from, currentFormat));
  return description;
}

/** Secrets are made with the folder. One that is missing later is never made anew: what it encrypts would be lost. */
async function openSecrets(folder: string, make: boolean): Promise<Secrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entries = await Promise.all(
    secretNames.map(async (name) => {
      const file = join(folder, name);
      const found = await readFile(file, "utf8").catch(() => undefined);
      if (found === undefined && !make)
        throw new StartFailure(words.failed.folderBroken(join(folder, ".."), `secrets/${name}`));
      const secret = found?.trim() || randomBytes(32).toString("hex");
      if (found === undefined) await writeDurably(file, `${secret}\n`);
      else if ((await stat(file)).mode & 0o077)
        throw new StartFailure(
          words.failed.folderBroken(join(folder, ".."), `secrets/${name} is readable by others`),
        );
      return [name, secret] as const;
    }),
  );
  return Object.fromEntries(entries) as Secrets;
}

/** Secrets that an earlier version had no use for. One that is there already stays. */
async function makeSecrets(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = join(folder, name);
    if (!(await stat(file).catch(() => undefined)))
      await writeDurably(file, `${randomBytes(32).toString("hex")}\n`);
  }
}

/** A file that is either whole or, after a crash, as it was before. */
async function writeDurably(path: string, content: string): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

function isDenied(error: unknown): boolean {
  const codes = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Folders in which backups are put together; one that is left over was cut short. */
export const stagingPrefix = "backup-";

/** What the parts of sealed rounds keep. */
export function partsFolder(data: string): string {
  return join(data, "sealed");
}

const descriptionFile = "cocity.json";
/**
 * What a folder may hold that is new, or whose making was cut short: a Fabric network and the recovery keys it is
 * configured with are there before the first start.
 */
const beforeDescription = [
  ...["lock", "secrets", "signer", "fabric", "lost+found"],
  `${descriptionFile}.new`,
];
