import { z } from "zod";
import { Assertion } from "@/protocol/acts/carried";

/** As many acts as one gesture signs on a page; the addresses that lead to it stay short enough for every server. */
export const MOST_AT_ONCE = 60;

const idsSchema = z
  .string()
  .max(MOST_AT_ONCE * 37)
  .transform((text) => [...new Set(text.split(",").filter(Boolean))])
  .pipe(z.array(z.uuid()).min(1).max(MOST_AT_ONCE));

/** Which acts were signed, by their commands, and with what. */
export const signatureSchema = z.object({
  ...Assertion.shape,
  ids: idsSchema,
  next: z.string().max(2000).optional(),
});

/** What the trial signer hands back beside the address it was given. */
export const handedBackSchema = z.object({ ...Assertion.shape, ids: idsSchema });

export const putAsideSchema = z.object({ id: z.uuid() });

/** The commands of an address, those that are none left out. */
export function idsOf(text: string | null | undefined): string[] {
  const parsed = idsSchema.safeParse(text ?? "");
  return parsed.success ? parsed.data : [];
}
