import { z } from "zod";
import { coordinateIfAny, halfPosition, isWholePosition } from "@/lib/coordinate-field";
import { oneLine, oneLineIfAny } from "@/lib/text-field";

/** What a Casa is called and where it is. Without `house` it is a new one. */
export const housePlaceSchema = z
  .object({
    house: oneLineIfAny(100),
    /** Of what the form showed, so that nobody overwrites what they have not seen. */
    revision: z.coerce.number().int().min(0).max(1_000_000).default(0),
    name: oneLine(120),
    address: oneLine(200),
    district: z
      .string()
      .trim()
      .default("")
      .refine((value) => value === "" || /^[1-9]\d?$/.test(value), "district_invalid")
      .transform((value) => (value === "" ? null : Number(value))),
    lat: coordinateIfAny(90),
    lon: coordinateIfAny(180),
  })
  .refine(isWholePosition, halfPosition);

export type HousePlace = z.output<typeof housePlaceSchema>;

export const houseSchema = z.object({ house: oneLine(100) });
