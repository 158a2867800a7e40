import "server-only";
import { cache } from "react";
import { variantPath } from "@/components/pictures/picture";
import { db } from "@/lib/db";

/** A coat of arms as the header shows it. */
export type Emblem = {
  src: string;
  srcTwice: string;
  width: number;
  height: number;
  alternativeText: string;
};

export const emblemOf = cache(
  async (municipality: { istatCode: string; slug: string }): Promise<Emblem | undefined> => {
    const row = await db.municipalityEmblem.findUnique({ where: { municipality: municipality.istatCode } });
    if (!row) return undefined;
    const { width, height, alternativeText } = row;
    const path = (hash: string) => variantPath(municipality.slug, { hash, format: "webp" });
    return { src: path(row.hash), srcTwice: path(row.hashTwice), width, height, alternativeText };
  },
);
