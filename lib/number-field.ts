import { z } from "zod";

/**
 * A whole number as a person types it: digits alone, between two limits. `1e3`, `0x10` and `10.0` are numbers to a
 * computer and slips to a person.
 */
export const wholeNumber = (least: number, most: number, error = "number_invalid") =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
