import "server-only";
import { boundsOf } from "@/components/map/bounds";
import type { Bounds } from "@/components/map/types";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { Outline } from "./outlines";
import { TILES } from "./rules";
import type { TilesView } from "./tiles";

export type MapDraftView = { id: string; fileName: string; bytes: number; leftOut: number } & (
  | { kind: "outlines"; outlines: Outline[]; bounds: Bounds }
  | { kind: "tiles"; tiles: TilesView }
);

/** What this person has read from a file and neither confirmed nor put aside. */
export async function mapDraftOf(municipality: string, viewer: Viewer): Promise<MapDraftView | undefined> {
  const row = await db.mapDraft.findFirst({
    where: { municipality, person: viewer.id },
    orderBy: { createdAt: "desc" },
  });
  if (!row) return undefined;
  const { id, fileName, bytes, leftOut } = row;
  const file = { id, fileName, bytes, leftOut };
  if (row.kind === "tiles") return { ...file, kind: "tiles", tiles: row.content as unknown as TilesView };
  const outlines = row.content as unknown as Outline[];
  const bounds = boundsOf(
    [],
    outlines.map(({ geometry }) => geometry),
  );
  return bounds && { ...file, kind: "outlines", outlines, bounds };
}

export type MapInForce = {
  outlines: { municipality: boolean; districts: number; credit: string } | undefined;
  tiles: { fileName: string; bytes: number; credit: string; changedAt: Date; by: string } | undefined;
};

export async function mapInForce(municipality: string): Promise<MapInForce> {
  const [rows, background] = await Promise.all([
    db.boundary.findMany({ where: { municipality }, select: { kind: true, credit: true } }),
    db.mapBackground.findUnique({ where: { municipality } }),
  ]);
  const author =
    background &&
    (await db.person.findUnique({ where: { id: background.changedBy }, select: { displayName: true } }));
  return {
    outlines:
      rows.length === 0
        ? undefined
        : {
            municipality: rows.some(({ kind }) => kind === "municipality"),
            districts: rows.filter(({ kind }) => kind === "district").length,
            credit: [...new Set(rows.map(({ credit }) => credit).filter(Boolean))].join(" · "),
          },
    tiles: background
      ? {
          ...{ fileName: background.fileName, bytes: background.bytes, credit: background.credit },
          ...{ changedAt: background.changedAt, by: author?.displayName ?? "" },
        }
      : undefined,
  };
}

/** Whether the file with this digest is the background of this municipality's maps. */
export async function isBackground(municipality: string, hash: string): Promise<boolean> {
  const found = await db.attachment.findFirst({
    where: { municipality, hash, aboutType: TILES, public: true },
    select: { id: true },
  });
  return found !== null;
}
