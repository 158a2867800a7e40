import { ClassicLevel } from "classic-level";

/** Another process already has the folder. */
export class FolderLockedError extends Error {
  override readonly name = "FolderLockedError";
}

/**
 * Takes an exclusive lock that the kernel lets go when the process ends, however it ends. Node has no file lock
 * of its own; LevelDB's is a real one, so an empty LevelDB serves as the lock.
 * @throws FolderLockedError when another process, or another part of this one, holds it.
 */
export async function lockFolder(path: string): Promise<{ release(): Promise<void> }> {
  const level = new ClassicLevel(path);
  try {
    await level.open();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && "code" in cause && cause.code === "LEVEL_LOCKED")
      throw new FolderLockedError(`another process is using ${path}`);
    throw error;
  }
  return { release: () => level.close() };
}
