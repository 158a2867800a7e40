"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { redirect } from "@/lib/language/navigation";
import { endSession } from "@/lib/session";
import { erasePerson } from "./erasure-service";
import { erasureSchema, preferencesSchema } from "./schema";
import { changePreferences } from "./service";

export const savePreferences = formAction({
  name: "savePreferences",
  permission: "own:write",
  schema: preferencesSchema,
  run: async (preferences, { viewer }) => {
    await changePreferences(viewer.id, preferences);
    return { done: (await getTranslations("people.preferences"))("saved") };
  },
});

/** Erases the person who asks, and ends their session: there is nobody to be signed in as any more. */
export const eraseMe = formAction({
  name: "eraseMe",
  permission: "own:write",
  recent: true,
  schema: erasureSchema,
  run: async (_, { viewer, locale }) => {
    await erasePerson(viewer.id);
    await endSession();
    // At once: the page the form is on is nobody's any more, and Next would draw it again.
    return redirect({ href: { pathname: "/sign-in", query: { cancellato: "1" } }, locale });
  },
});
