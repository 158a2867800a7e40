import { z } from "zod";

/** How a person is written to. A box that is not ticked is absent from the form. */
export const preferencesSchema = z
  .object({
    language: z.enum(["it", "en"]),
    notifyByEmail: z.stringbool({ truthy: ["on"], falsy: [] }).default(false),
    email: z.email().max(254).optional(),
  })
  .refine(({ notifyByEmail, email }) => !notifyByEmail || email !== undefined, {
    path: ["email"],
    error: "email_needed",
  });

export type Preferences = z.output<typeof preferencesSchema>;
export type PreferencesInput = z.input<typeof preferencesSchema>;

/** Nothing is erased without the box ticked. */
export const erasureSchema = z.object({
  confirm: z.stringbool({ truthy: ["on"], falsy: [], error: "confirmation_needed" }),
});
