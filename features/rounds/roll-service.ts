/** The copy of a municipality's roll that a round is frozen with, a page at a time: a roll has up to a million people. */
import { randomBytes } from "node:crypto";
import type { Prisma } from "@/generated/prisma/client";
import { ConflictError } from "@/lib/errors";
import { RollTree } from "./roll";

/** Prisma keeps the arguments of its last hundred statements: larger pages take more than 500 MB for 700,000 people. */
const PAGE = 2_000;

/**
 * Copies the roll as it stands, each entry with a new salt, in the order of the hashes. Whoever changes the roll
 * meanwhile waits for the end of the transaction.
 * @returns how many there are and the root of their tree
 * @throws ConflictError `roll_empty`
 */
export async function copyRoll(
  tx: Prisma.TransactionClient,
  municipality: string,
  round: string,
): Promise<{ size: number; root: string }> {
  await tx.$executeRaw`LOCK TABLE public."RollPerson" IN SHARE MODE`;
  // A freeze that came to nothing on the ledger may have left its copy.
  await tx.rollEntry.deleteMany({ where: { municipality, round } });
  const tree = new RollTree();
  for (let after = ""; ; ) {
    const people = await tx.rollPerson.findMany({
      where: { municipality, fiscalNumberHash: { gt: after } },
      orderBy: { fiscalNumberHash: "asc" },
      take: PAGE,
      select: { fiscalNumberHash: true },
    });
    const last = people.at(-1);
    if (!last) break;
    after = last.fiscalNumberHash;
    const salts = randomBytes(32 * people.length).toString("hex");
    const leaves = people.map(({ fiscalNumberHash }, index) => ({
      fiscalNumberHash,
      salt: salts.slice(64 * index, 64 * (index + 1)),
    }));
    await tx.$executeRaw`
      INSERT INTO public."RollEntry" (municipality, round, position, "fiscalNumberHash", salt)
      SELECT ${municipality}, ${round}, ${tree.size} + place - 1, hash, salt
      FROM unnest(${leaves.map(({ fiscalNumberHash }) => fiscalNumberHash)}::text[],
                  ${leaves.map(({ salt }) => salt)}::text[]) WITH ORDINALITY AS entry (hash, salt, place)`;
    for (const leaf of leaves) tree.add(leaf);
  }
  if (tree.size === 0) throw new ConflictError("roll_empty");
  return { size: tree.size, root: tree.root() };
}
