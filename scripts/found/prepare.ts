/** Before a municipality is founded: its people are known, their acts of appointment kept, and a founding id drawn. */
import { randomBytes, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { attach, storeUpload } from "@/features/documents/service";
import { importMunicipalities } from "@/features/municipalities/service";
import { introducePerson } from "@/features/people/service";
import { db } from "@/lib/db";
import { pathnames } from "@/lib/language/pathnames";
import type { Act } from "@/protocol/primitives";
import type { Description, PersonInOffice, Preparation } from "./description";

/**
 * @param folder where the paths of files begin
 * @throws Error for a municipality that is not in the list, or a file that the site would not take
 */
export async function prepareFounding(description: Description, folder: string): Promise<Preparation> {
  const { municipality, casaBody, settings, day, organisations } = description;
  await importMunicipalities(
    db,
    await readFile(join("prisma", "seed", "data", "municipalities.csv"), "utf8"),
  );
  const known = await db.municipality.findUnique({ where: { istatCode: municipality } });
  if (!known) throw new Error(`${municipality} is not in prisma/seed/data/municipalities.csv`);
  const offices: Preparation["founding"]["register"]["offices"] = [];
  const people: Preparation["people"] = [];
  for (const { offices: own, organisation, ...official } of description.people) {
    const person = await introducePerson(official);
    people.push({ person, name: `${official.givenName} ${official.familyName}`, organisation });
    for (const { act, ...terms } of own)
      offices.push({
        ...{ id: randomUUID(), person, organisation, ...terms },
        act: await keepAct({ municipality, person }, act, folder),
      });
  }
  const register = { founding: randomBytes(16).toString("hex"), organisations, offices };
  const founding = { municipality, name: known.name, casaBody, settings, day, register };
  return { command: randomUUID(), cosignerCommand: randomUUID(), founding, people };
}

/** Keeps an act of appointment with the municipality, for everybody to read. */
async function keepAct(
  uploader: { municipality: string; person: string },
  { file, ...act }: PersonInOffice["offices"][number]["act"],
  folder: string,
): Promise<Act> {
  const stream = createReadStream(join(folder, file));
  const { id, hash } = await storeUpload(uploader, { name: basename(file), stream });
  await attach(db, uploader, id, { type: "municipality", id: uploader.municipality, public: true });
  return { ...act, file: hash };
}

/** Where each person makes their first key: on the origin of their own organisation. */
export function firstKeyLinks({
  founding: { register },
  people,
}: Preparation): { name: string; link: string }[] {
  return people.map(({ person, name, organisation }) => {
    const own = register.organisations.find(({ part }) => part === organisation);
    if (!own) throw new Error(`${organisation} is not among the organisations`);
    const query = new URLSearchParams({ founding: register.founding, person, name });
    return { name, link: `${own.origin}${pathnames["/first-key"].it}?${query}` };
  });
}
