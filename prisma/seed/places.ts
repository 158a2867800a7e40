/** Houses and commons from their sources, with the position each source allows. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { newSalt, saltedDigest } from "@/features/documents/text-service";
import { slugOf } from "@/features/proposals/rules";
import { describe } from "@/features/proposals/service";
import { once, record } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import { commonsKinds } from "@/protocol/records/commons";
import type { Story } from "./story";

const folder = join(process.cwd(), "prisma", "seed", "data");

const houses = z.object({
  houses: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      address: z.string(),
      district: z.number().nullable(),
      lat: z.number().nullable(),
      lon: z.number().nullable(),
      source: z.string().nullable(),
    }),
  ),
});

const commonsFile = z.object({
  commons: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(commonsKinds),
      scope: z.string().nullable(),
      address: z.string().nullable(),
      district: z.number().nullable(),
      proponents: z.array(z.string()),
      /** The source names some of them alone. */
      andOthers: z.boolean().optional(),
      stage: z.string(),
      score: z.number().nullable(),
      durationYears: z.number().nullable(),
      amountEuro: z.number().nullable(),
      note: z.object({ it: z.string(), en: z.string() }).nullable(),
      sources: z.array(z.string()),
    }),
  ),
});
export type KnownCommons = z.infer<typeof commonsFile>["commons"][number];

export async function settleHouses(municipality: string): Promise<void> {
  const read = houses.parse(JSON.parse(await readFile(join(folder, "houses.json"), "utf8")));
  for (const house of read.houses)
    await db.house.upsert({
      where: { municipality_id: { municipality, id: house.id } },
      create: { ...house, municipality, slug: house.id },
      update: {},
    });
}

export async function readCommons(): Promise<KnownCommons[]> {
  return commonsFile.parse(JSON.parse(await readFile(join(folder, "commons.json"), "utf8"))).commons;
}

export type PlaceFacts = Pick<KnownCommons, "id" | "name" | "kind" | "address" | "district" | "sources"> & {
  facts: Record<string, unknown>;
  lat?: number;
  lon?: number;
};

/** Names a commons and puts the digest of its description on the ledger. */
export async function settleCommons(story: Story, place: PlaceFacts): Promise<void> {
  const { municipality } = story;
  const actor = story.official("administrator");
  const { id, name, kind, address, district, sources, facts } = place;
  const centre = place.lat === undefined && district ? (await districtCentres()).get(district) : undefined;
  const position = { lat: place.lat ?? centre?.lat ?? null, lon: place.lon ?? centre?.lon ?? null };
  const positionOf = place.lat === undefined ? "district" : "point";
  const row = await db.commons.upsert({
    where: { municipality_id: { municipality, id } },
    create: {
      ...{ municipality, id, name, kind, address, district, ...position, positionOf, sources },
      facts: facts as Record<string, string>,
      slug: slugOf(name),
      salt: newSalt(),
      publishedAt: new Date(),
      createdBy: actor.person,
    },
    update: {},
  });
  await story.tell(`commons ${id}`, (command) =>
    once(command, (tx) => {
      const input = { municipality, id, kind, digest: saltedDigest(row.salt, describe(row)) };
      return record(tx, actor, "commons:register", input, { type: "commons", id }, command);
    }),
  );
}

let centres: Promise<Map<number, { lat: number; lon: number }>> | undefined;

function districtCentres() {
  centres ??= readFile(join(folder, "torino-districts.csv"), "utf8").then((text) => {
    const rows = text.trim().split("\n").slice(1);
    return new Map(
      rows.map((row) => {
        const [number = "", , lat = "", lon = ""] = row.split(",");
        return [Number(number), { lat: Number(lat), lon: Number(lon) }];
      }),
    );
  });
  return centres;
}
