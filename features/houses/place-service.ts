/** What the houses of a municipality are called and where they are, as its administrator says. */
import { positionProblemIn } from "@/features/municipalities/position-service";
import { slugOf } from "@/features/proposals/rules";
import { type Database, db } from "@/lib/db";
import { ConflictError, InvalidInputError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { requireSeen, withHouseChange } from "./change-service";
import type { HousePlace } from "./place-schema";
import { isHouseInUse } from "./use-queries";

/** As many as a municipality has; Torino has eight Case del Quartiere. */
const MOST_HOUSES = 200;

/**
 * Adds a house, or changes the name, the address and the position of one. Its address on the web stays.
 * @throws NotFoundError, ConflictError where somebody else changed it meanwhile, InvalidInputError where another one has
 * its name or its position lies outside of the municipality
 */
export async function saveHousePlace(
  viewer: Viewer,
  municipality: string,
  housePlace: HousePlace,
): Promise<void> {
  const { house: slug, revision, ...place } = housePlace;
  const house = slug
    ? await db.house.findUnique({ where: { municipality_slug: { municipality, slug } } })
    : null;
  if (slug && !house) throw new NotFoundError("house_not_found");
  await requireWithin(municipality, place);
  // Sent a second time it is added once.
  if (!house && (await db.house.count({ where: { municipality, ...place } })) > 0) return;
  await withHouseChange({ municipality, by: viewer.id }, async (tx) => {
    await requireOwnName(tx, municipality, { name: place.name, id: house?.id });
    if (!house) {
      const id = await addHouse(tx, municipality, place);
      return { house: id, kind: "added" };
    }
    const where = { municipality_id: { municipality, id: house.id } };
    await requireSeen(tx, { municipality, house: house.id, kind: "place" }, revision);
    const before = placeOf(await tx.house.findUniqueOrThrow({ where }));
    await tx.house.update({ where, data: place });
    await tx.meeting.updateMany({
      where: { municipality, aboutType: "house", aboutId: house.id, endsAt: { gt: new Date() } },
      data: { district: place.district },
    });
    return { house: house.id, kind: "place", before };
  });
}

/**
 * Removes a house that was added by mistake: one of which nothing else speaks.
 * @throws NotFoundError, ConflictError where something of it is there
 */
export async function removeHouse(
  viewer: Viewer,
  municipality: string,
  item: { house: string },
): Promise<void> {
  const house = await db.house.findUnique({
    where: { municipality_slug: { municipality, slug: item.house } },
  });
  if (!house) throw new NotFoundError("house_not_found");
  await withHouseChange({ municipality, by: viewer.id }, async (tx) => {
    if (await isHouseInUse(tx, { municipality, house: house.id })) throw new ConflictError("house_in_use");
    await tx.house.delete({ where: { municipality_id: { municipality, id: house.id } } });
    return { house: house.id, kind: "removed", before: placeOf(house) };
  });
}

type Place = Omit<HousePlace, "house" | "revision">;

function placeOf({ name, address, district, lat, lon }: Place): Place {
  return { name, address, district, lat, lon };
}

async function addHouse(tx: Database, municipality: string, place: Place): Promise<string> {
  if ((await tx.house.count({ where: { municipality } })) >= MOST_HOUSES)
    throw new ConflictError("house_has_enough", { most: MOST_HOUSES });
  const slug = await freeSlug(tx, municipality, slugOf(place.name, "casa"));
  await tx.house.create({ data: { ...place, municipality, id: slug, slug } });
  return slug;
}

/** Ids of houses that were removed are not given again: their changes are kept under them. */
async function freeSlug(tx: Database, municipality: string, wanted: string): Promise<string> {
  const [houses, changes] = await Promise.all([
    tx.house.findMany({ where: { municipality, slug: { startsWith: wanted } }, select: { slug: true } }),
    tx.houseChange.findMany({
      where: { municipality, house: { startsWith: wanted } },
      distinct: ["house"],
      select: { house: true },
    }),
  ]);
  const taken = new Set([...houses.map(({ slug }) => slug), ...changes.map(({ house }) => house)]);
  let slug = wanted;
  for (let next = 2; taken.has(slug); next++) slug = `${wanted}-${next}`;
  return slug;
}

async function requireOwnName(
  tx: Database,
  municipality: string,
  { name, id }: { name: string; id: string | undefined },
): Promise<void> {
  const other = await tx.house.findFirst({
    where: {
      municipality,
      name: { equals: name, mode: "insensitive" },
      ...(id !== undefined && { NOT: { id } }),
    },
  });
  if (other) throw new InvalidInputError({ name: "house_name_taken" }, "house_name_taken");
}

async function requireWithin(municipality: string, { lat, lon }: Place): Promise<void> {
  if (lat === null || lon === null) return;
  const problem = await positionProblemIn(municipality, { lat, lon });
  if (problem) throw new InvalidInputError({ lat: problem }, problem);
}
