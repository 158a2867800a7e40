"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { consentSchema, withdrawConsentSchema } from "./schema";
import * as service from "./service";

export const agreeToContact = formAction({
  name: "agreeToContact",
  permission: "own:write",
  schema: consentSchema,
  run: async (consent, { viewer, municipality }) => {
    await service.agreeToContact(viewer, municipality.istatCode, consent);
    return { done: (await getTranslations("volunteers"))("agreed") };
  },
});

export const withdrawContact = formAction({
  name: "withdrawContact",
  permission: "own:write",
  schema: withdrawConsentSchema,
  run: async ({ proposal }, { viewer, municipality }) => {
    await service.withdrawContact(viewer, municipality.istatCode, proposal);
    return { done: (await getTranslations("volunteers"))("withdrawn") };
  },
});
