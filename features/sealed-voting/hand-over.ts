import "server-only";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { encodeRoll, type RollPlace } from "@/voting/sealed/roll";

/**
 * Hands a round over to the parts that work on this machine: the roll to the issuers, the round's name to all. Done
 * before the round is announced; doing it again is harmless. An organisation that runs its parts elsewhere brings the
 * same two files there: docs/operating.md says where.
 */
export async function handOverRound(
  municipality: string,
  round: string,
  places: readonly RollPlace[],
): Promise<void> {
  const folder = join(env.COCITY_DATA, "sealed");
  await writeWhole(join(folder, "rolls"), `${round}.csv`, encodeRoll(places));
  await writeWhole(join(folder, "announced"), `${municipality}.${round}`, "");
}

/** Either whole or not there: the issuers look whenever they like. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}.new`);
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, name));
}
