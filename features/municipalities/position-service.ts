import { db } from "@/lib/db";
import { geometrySchema } from "./boundary-rules";
import { type Point, positionProblem } from "./position-rules";

/** The code of what is wrong with a position as a place of a municipality; undefined where it may be right. */
export async function positionProblemIn(
  istatCode: string,
  point: Point,
): Promise<"position_swapped" | "position_outside" | undefined> {
  const [centre, rows] = await Promise.all([
    db.municipality.findUniqueOrThrow({ where: { istatCode }, select: { lat: true, lon: true } }),
    db.boundary.findMany({ where: { municipality: istatCode } }),
  ]);
  const whole = rows.filter(({ kind }) => kind === "municipality");
  const outlines = (whole.length > 0 ? whole : rows).map(({ geometry }) => geometrySchema.parse(geometry));
  return positionProblem(point, { centre, outlines });
}
