import { z } from "zod";
import { oneLine } from "@/lib/text-field";

const proposal = z.string().min(1).max(64);

/** One contact, the one that the person wants to be reached by. */
export const consentSchema = z
  .object({ proposal, channel: z.enum(["email", "phone"]), contact: oneLine(200) })
  .refine(({ channel, contact }) => channel !== "email" || z.email().safeParse(contact).success, {
    path: ["contact"],
    error: "email_invalid",
  })
  .refine(({ channel, contact }) => channel !== "phone" || /^\+?[\d ./()-]{5,40}$/.test(contact), {
    path: ["contact"],
    error: "phone_invalid",
  });

export const withdrawConsentSchema = z.object({ proposal });
