/** Every duty of a municipality with the people for whom it waits. */
import { db } from "@/lib/db";
import { rolesHeldIn } from "@/lib/roles-held";
import { keysOf, personKey } from "./duties";
import { freshDuties } from "./duty-index-service";

export type DutyPeople = {
  transaction: string;
  record: string;
  title: string;
  since: string;
  dueOn: string | null;
  /** For whom it waits as who proposed or signed. */
  own: string[];
  /** For whom it waits by their office. */
  office: string[];
};

export async function dutiesWithPeople(municipality: string): Promise<{ day: string; duties: DutyPeople[] }> {
  const day = await freshDuties(municipality);
  const [rows, roles] = await Promise.all([
    db.duty.findMany({
      where: { municipality, OR: [{ startsAt: null }, { startsAt: { lte: new Date() } }] },
    }),
    rolesHeldIn(municipality),
  ]);
  const officials = [...Map.groupBy(roles, ({ person }) => person)].map(([person, held]) => ({
    person,
    keys: keysOf({ id: person, roles: held }, municipality).filter((key) => key !== personKey(person)),
  }));
  const personal = personKey("");
  const duties = rows.map(({ transaction, record, title, since, dueOn, audience, barred }) => {
    const own = audience
      .filter((key) => key.startsWith(personal))
      .map((key) => key.slice(personal.length))
      .filter((person) => !barred.includes(person));
    const office = officials
      .filter(({ person, keys }) => !barred.includes(person) && keys.some((key) => audience.includes(key)))
      .map(({ person }) => person)
      .filter((person) => !own.includes(person));
    return { transaction, record, title, since, dueOn, own, office };
  });
  return { day, duties };
}
