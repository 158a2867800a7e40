import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, run } from "@/ledger/network/command";

/** A disk of its own below a folder, that can be full without the machine's being so. */
export interface Disk {
  /** Takes all that is left of it: whoever writes gets ENOSPC. */
  fill(): Promise<void>;
  clear(): Promise<void>;
  unmount(): Promise<void>;
}

/** Mounts an empty file system of so many MiB over a folder that is there. Needs root. */
export async function mountDisk(folder: string, mebibytes: number): Promise<Disk> {
  await run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=700`, "cocity-test", folder]);
  const filling = (size: number) => join(folder, `.filling-${size}`);
  /** From large to small: what is left in the end is less than the smallest. */
  const sizes = [256, 64, 16, 4, 1, 1 / 4, 1 / 16, 1 / 256].map((size) => size * 1024 * 1024);
  return {
    async fill() {
      for (const size of sizes)
        for (let count = 0; await take(`${filling(size)}-${count}`, size); count += 1);
    },
    async clear() {
      await run("find", [folder, "-maxdepth", "1", "-name", ".filling-*", "-delete"]);
    },
    async unmount() {
      await run("umount", [folder]);
    },
  };
}

/** @returns false, and takes nothing, where there is not as much left. */
async function take(file: string, bytes: number): Promise<boolean> {
  try {
    await run("fallocate", ["-l", String(bytes), file]);
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    await rm(file, { force: true });
    return false;
  }
}
