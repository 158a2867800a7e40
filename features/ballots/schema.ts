import { z } from "zod";
import { wholeNumber } from "@/lib/number-field";

/** A ballot as its form sends it: the numbers ticked, none when none was. */
export const ballotSchema = z.object({
  round: z.string().min(1),
  command: z.uuid(),
  choices: z.array(wholeNumber(1, 10_000, "not_on_ballot")).default([]),
});
