import { z } from "zod";

/** A text of one line that is needed, such as a name or a number of an act: the ledger takes no control character. */
export const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "required")
    .max(most, "too_long")
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "character_not_taken");
