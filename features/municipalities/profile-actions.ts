"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { profileSchema } from "./profile-schema";
import * as service from "./profile-service";

export const saveProfile = formAction({
  name: "saveProfile",
  permission: "site:manage",
  schema: profileSchema,
  run: async (values, { municipality, viewer }) => {
    await service.saveProfile(municipality.istatCode, values, viewer.id);
    return { done: (await getTranslations("profile"))("saved") };
  },
});
