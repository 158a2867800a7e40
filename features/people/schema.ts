import { z } from "zod";

/** What a person says of themselves. */
export const preferencesSchema = z.object({ language: z.enum(["it", "en"]) });

export type Preferences = z.output<typeof preferencesSchema>;
export type PreferencesInput = z.input<typeof preferencesSchema>;

/** Nothing is erased without the box ticked. */
export const erasureSchema = z.object({
  confirm: z.stringbool({ truthy: ["on"], falsy: [], error: "confirmation_needed" }),
});
