import { z } from "zod";
import { todayInItaly } from "./local-time";

/** Before it nothing that is recorded here can have happened: an earlier day is a slip. */
export const EARLIEST_DAY = "2000-01-01";

/** A calendar day, `YYYY-MM-DD`. */
export const day = z.iso.date("date_invalid");

/** A day on which something has happened already. */
export const dayGone = day
  .refine((value) => value <= todayInItaly(), "date_in_future")
  .refine((value) => value >= EARLIEST_DAY, { error: "date_before", params: { day: EARLIEST_DAY } });

/** A day until which something holds or may be done. */
export const dayAhead = day.refine((value) => value >= todayInItaly(), "date_past");
