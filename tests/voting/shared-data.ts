import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the reference data, which lies beside the repository, or where COCITY_TEST_SHARED says, and is not part of it. */
export function sharedData(path: string): string {
  const elsewhere = process.env.COCITY_TEST_SHARED;
  if (elsewhere) return join(elsewhere, path);
  return fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
}

/**
 * Whether the reference data is there. With CI=true it has to be; elsewhere its absence is said, and the
 * small files of our own in `fixtures` still cover every rule and every feature of the format.
 */
export function hasSharedData(folder = "pabulib/expected"): boolean {
  if (existsSync(sharedData(folder))) return true;
  if (process.env.CI === "true")
    throw new Error("../shared/data is absent: the reference outcomes cannot be checked");
  console.warn(`NOT RUN: comparison with ${folder}, because ../shared/data is absent`);
  return false;
}
