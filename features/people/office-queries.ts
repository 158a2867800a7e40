import "server-only";
import { db } from "@/lib/db";
import { rolesHeldIn } from "@/lib/roles-held";
import type { Organisation, Role } from "@/protocol/primitives";

export type RoleView = {
  id: string;
  person: string;
  name: string;
  organisation: Organisation;
  role: Role;
  house: string | null;
  district: number | null;
  since: Date;
  until: Date | null;
  givenBy: string | null;
};

/** Every role that is or was held in a municipality, by name; those that ended, latest first. */
export async function rolesIn(municipality: string): Promise<{ active: RoleView[]; ended: RoleView[] }> {
  const [rows, houses] = await Promise.all([
    db.roleAssignment.findMany({
      where: { municipality },
      include: { holder: { select: { displayName: true } } },
      orderBy: [{ since: "asc" }, { id: "asc" }],
    }),
    db.house.findMany({ where: { municipality }, select: { slug: true, name: true } }),
  ]);
  const givers = await db.person.findMany({
    where: { id: { in: rows.flatMap(({ givenBy }) => givenBy ?? []) } },
    select: { id: true, displayName: true },
  });
  const now = new Date();
  const isActive = ({ until }: { until: Date | null }) => until === null || until > now;
  const views = rows.map((row): RoleView => {
    const { id, person, house, district, since, until } = row;
    return {
      ...{ id, person, district, since, until, name: row.holder.displayName ?? "" },
      ...{ organisation: row.organisation as Organisation, role: row.role as Role },
      house: house && (houses.find(({ slug }) => slug === house)?.name ?? house),
      givenBy: givers.find((giver) => giver.id === row.givenBy)?.displayName ?? null,
    };
  });
  return {
    active: views.filter(isActive).sort((a, b) => a.name.localeCompare(b.name, "it")),
    ended: views
      .filter((view) => !isActive(view))
      .sort((a, b) => (b.until?.getTime() ?? 0) - (a.until?.getTime() ?? 0)),
  };
}

/** How many people the voters' roll of a municipality has. */
export async function rollSize(municipality: string): Promise<number> {
  return db.rollPerson.count({ where: { municipality } });
}

/** Houses a role can be given for. */
export async function housesOf(municipality: string): Promise<{ slug: string; name: string }[]> {
  return db.house.findMany({
    where: { municipality },
    orderBy: { name: "asc" },
    select: { slug: true, name: true },
  });
}

/** Whether there are district councils: where there are none, the Giunta approves pacts by itself. */
export async function hasDistrictCouncils(municipality: string): Promise<boolean> {
  return (await rolesHeldIn(municipality)).some(({ role }) => role === "district_council");
}
