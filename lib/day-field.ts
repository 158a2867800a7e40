import { z } from "zod";
import { todayInItaly } from "./local-time";

/** Before it nothing that is recorded here can have happened: an earlier day is a slip. */
export const EARLIEST_DAY = "2000-01-01";

/** A calendar day, `YYYY-MM-DD`; where a browser has no calendar people type `22/11/2026` or `22.11.2026`. */
export const day = z
  .string()
  .transform((typed) =>
    typed
      .trim()
      .replace(/^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/, (_, d: string, m: string, year: string) =>
        [year, m.padStart(2, "0"), d.padStart(2, "0")].join("-"),
      ),
  )
  .pipe(z.iso.date({ error: "date_invalid", abort: true }));

/** A day on which something has happened already. */
export const dayGone = day
  .refine((value) => value <= todayInItaly(), "date_in_future")
  .refine((value) => value >= EARLIEST_DAY, { error: "date_before", params: { day: EARLIEST_DAY } });

/** A day until which something holds or may be done. */
export const dayAhead = day.refine((value) => value >= todayInItaly(), "date_past");
