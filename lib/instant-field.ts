import { z } from "zod";
import { instantAt } from "./local-time";

/** As many days as one meeting or event lasts at most. */
const MOST_DAYS = 31;

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

/** What begins before it ends, and lasts no longer than a meeting or an event does. */
export function lasting<Shape extends z.ZodType<{ startsAt: Date; endsAt: Date }>>(schema: Shape): Shape {
  return schema
    .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ["endsAt"], error: "dates_out_of_order" })
    .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= MOST_DAYS * 86_400_000, {
      path: ["endsAt"],
      error: "event_too_long",
    });
}
