import { z } from "zod";
import { longTextIfAny, oneLine, oneLineIfAny } from "@/lib/text-field";

const emailIfAny = oneLineIfAny(200).refine(
  (value) => value === "" || z.email().safeParse(value).success,
  "email_invalid",
);

const addressIfAny = oneLineIfAny(300).refine(
  (value) => value === "" || (URL.canParse(value) && new URL(value).protocol === "https:"),
  "not_url",
);

/** Where AgID publishes the declarations of accessibility of public bodies. */
const AGID = "https://form.agid.gov.it/";

export const profileSchema = z.object({
  website: addressIfAny,
  address: oneLine(200),
  phone: oneLineIfAny(60),
  email: emailIfAny,
  pec: emailIfAny,
  taxCode: oneLineIfAny(20).refine((value) => value === "" || /^\d{11}$/.test(value), "tax_code_invalid"),
  offices: longTextIfAny(1500),
  accessibilityUrl: addressIfAny.refine(
    (value) => value === "" || value.startsWith(AGID),
    "accessibility_declaration_elsewhere",
  ),
  privacyContact: oneLineIfAny(200),
});

export type ProfileValues = z.output<typeof profileSchema>;

export const profileFields = [
  ...(["address", "phone", "email", "pec", "website", "taxCode", "offices"] as const),
  ...(["accessibilityUrl", "privacyContact"] as const),
] as const satisfies readonly (keyof ProfileValues)[];
