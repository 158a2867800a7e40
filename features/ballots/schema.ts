import { z } from "zod";

/** A ballot as its form sends it: the numbers ticked, none when none was. */
export const ballotSchema = z.object({
  round: z.string().min(1),
  command: z.uuid(),
  choices: z
    .array(z.coerce.number<string>("not_on_ballot").int("not_on_ballot").positive("not_on_ballot"))
    .default([]),
});
