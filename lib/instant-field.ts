import { z } from "zod";
import { instantAt } from "./local-time";

/** Wall clock of Italy as `datetime-local` gives it. */
export const italianInstant = z
  .string()
  .max(40)
  .transform((value, context) => {
    const instant = instantAt(value);
    if (instant instanceof Date) return instant;
    context.addIssue({ code: "custom", message: instant });
    return z.NEVER;
  });
