/** A latitude or a longitude as a person types it, with a comma or a point; in degrees, null where it is left empty. */
import { z } from "zod";

export const coordinateIfAny = (most: number) =>
  z
    .string()
    .trim()
    .default("")
    .refine((value) => value === "" || /^[-+]?\d{1,3}(?:[.,]\d{1,20})?$/.test(value), "coordinate_invalid")
    .transform((value) => (value === "" ? null : Number(value.replace(",", "."))))
    .refine((value) => value === null || Math.abs(value) <= most, "coordinate_invalid");

/** One coordinate alone is no position. */
export function isWholePosition({ lat, lon }: { lat: number | null; lon: number | null }): boolean {
  return (lat === null) === (lon === null);
}

export const halfPosition = { path: ["lat"], error: "coordinate_half" };
