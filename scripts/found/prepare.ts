/** Before a municipality is founded: its people are known, their acts of appointment kept, and a founding id drawn. */
import { randomBytes, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { attach, storeUpload } from "@/features/documents/service";
import { parseMunicipalities } from "@/features/municipalities/rules";
import { enterMunicipality, importMunicipalities } from "@/features/municipalities/service";
import { introducePerson } from "@/features/people/service";
import { db } from "@/lib/db";
import { pathnames } from "@/lib/language/pathnames";
import type { Act } from "@/protocol/primitives";
import type { Register } from "@/protocol/transactions/register";
import type { ActOnPaper, Description, OriginOf, Owner, PersonInOffice, Preparation } from "./description";

/**
 * @param folder where the paths of files begin
 * @throws Error for a municipality that is not in the list, or a file that the site would not take
 */
export async function prepareFounding(description: Description, folder: string): Promise<Preparation> {
  const { municipality, place, casaBody, settings, day, organisations } = description;
  const list = await readFile(join("prisma", "seed", "data", "municipalities.csv"), "utf8");
  await importMunicipalities(db, list);
  if (place && parseMunicipalities(list).some(({ istatCode }) => istatCode === municipality))
    throw new Error(`${municipality} is in prisma/seed/data/municipalities.csv: leave "place" out`);
  if (place) await enterMunicipality(db, { istatCode: municipality, ...place });
  const known = await db.municipality.findUnique({ where: { istatCode: municipality } });
  if (!known)
    throw new Error(
      `${municipality} is not in prisma/seed/data/municipalities.csv: say in "place" its name, IPA code, lat and lon`,
    );
  const { offices, people } = await enterPeople(municipality, description.people, folder);
  const register = { founding: randomBytes(16).toString("hex"), organisations, offices };
  const founding = { municipality, name: known.name, casaBody, settings, day, register };
  return { command: randomUUID(), cosignerCommand: randomUUID(), founding, people };
}

/** Makes people known to the site, and keeps their acts of appointment. @param folder where the paths of files begin */
export async function enterPeople(
  municipality: string,
  given: readonly PersonInOffice[],
  folder: string,
): Promise<{ offices: Register["offices"]; people: Owner[] }> {
  const offices: Register["offices"] = [];
  const people: Owner[] = [];
  for (const { offices: own, organisation, ...official } of given) {
    const person = await introducePerson(official);
    people.push({ person, name: `${official.givenName} ${official.familyName}`, organisation });
    for (const { act, ...terms } of own)
      offices.push({
        ...{ id: randomUUID(), person, organisation, ...terms },
        act: await keepAct({ municipality, person }, act, folder),
      });
  }
  return { offices, people };
}

/** Keeps an act with the municipality, for everybody to read. */
export async function keepAct(
  uploader: { municipality: string; person: string },
  { file, ...act }: ActOnPaper,
  folder: string,
): Promise<Act> {
  const stream = createReadStream(join(folder, file));
  const { id, hash } = await storeUpload(uploader, { name: basename(file), stream });
  await attach(db, uploader, id, { type: "municipality", id: uploader.municipality, public: true });
  return { ...act, file: hash };
}

/** Where each person makes their first key: on the origin of their own organisation. */
export function firstKeyLinks(
  founding: string,
  people: readonly Owner[],
  originOf: OriginOf,
): { name: string; link: string }[] {
  return people.map(({ person, name, organisation }) => {
    const query = new URLSearchParams({ founding, person, name });
    return { name, link: `${originOf(organisation)}${pathnames["/first-key"].it}?${query}` };
  });
}
