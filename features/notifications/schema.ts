/** What the forms about being told take. */
import { z } from "zod";
import { oneLine } from "@/lib/text-field";
import { frequencies, kinds, subscriptionKinds } from "./rules";

/** One subject; the whole municipality and its newsletter have no id. */
export const subscriptionSchema = z
  .object({ kind: z.enum(subscriptionKinds), subject: z.string().max(64).default("") })
  .refine(({ kind, subject }) => (kind === "municipality" || kind === "newsletter") === (subject === ""), {
    error: "not_valid",
  });
export type SubscriptionSubject = z.output<typeof subscriptionSchema>;

export const readSchema = z.object({ event: z.string().min(1).max(400) });
export const allReadSchema = z.object({ until: z.iso.datetime() });

export const preferencesSchema = z.object(
  Object.fromEntries(kinds.map((kind) => [kind, z.enum(frequencies)])) as {
    [K in (typeof kinds)[number]]: z.ZodEnum<{ [F in (typeof frequencies)[number]]: F }>;
  },
);
export type PreferencesByKind = z.output<typeof preferencesSchema>;

export const addressSchema = z.object({
  address: oneLine(254).refine((text) => z.email().safeParse(text).success, { error: "email_invalid" }),
});

/** What the centre shows, as it stands in the address of the page. */
export const centreSchema = z.object({
  tipo: z
    .enum(["duty", ...kinds])
    .optional()
    .catch(undefined),
  nuovi: z.literal("1").optional().catch(undefined),
  pagina: z.coerce.number().int().min(1).max(1_000).default(1).catch(1),
});
export type CentreFilter = z.output<typeof centreSchema>;

export const removeAddressSchema = z.object({ remove: z.literal("address") });

/** What a reader of news asks for. What cannot be read is no filter. */
export const feedSchema = z.object({
  lingua: z.enum(["it", "en"]).default("it").catch("it"),
  tipo: z
    .enum([...kinds, "newsletter"])
    .optional()
    .catch(undefined),
  bene: z.string().min(1).max(64).optional().catch(undefined),
  formato: z.enum(["atom", "rss"]).default("atom").catch("atom"),
});
