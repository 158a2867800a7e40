import { z } from "zod";

/** What is looked up, cut to what is read of it: whoever pastes a whole book gets an answer about its beginning. */
export const askedSchema = z.object({
  text: z
    .string()
    .default("")
    .catch("")
    .transform((text) => text.slice(0, 5000)),
  /** Of a key that is looked for among the ballots of one round. */
  round: z.string().max(100).optional().catch(undefined),
  language: z.enum(["it", "en"]).catch("it"),
});
