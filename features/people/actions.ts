"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { preferencesSchema } from "./schema";
import { changePreferences } from "./service";

export const savePreferences = formAction({
  name: "savePreferences",
  permission: "own:write",
  schema: preferencesSchema,
  run: async (preferences, { viewer }) => {
    await changePreferences(viewer.id, preferences);
    const t = await getTranslations("people.preferences");
    return { done: t(preferences.notifyByEmail ? "savedWithMail" : "saved") };
  },
});
