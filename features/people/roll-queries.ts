import "server-only";
import { db } from "@/lib/db";

/** How many people the voters' roll of a municipality has. */
export async function rollSize(municipality: string): Promise<number> {
  return db.rollPerson.count({ where: { municipality } });
}
