"use server";

import { getTranslations } from "next-intl/server";
import { sendTestMail } from "@/features/notifications/test-mail-service";
import { formAction } from "@/lib/action-client";
import { count } from "@/lib/rate-limit";
import { signInCheckSchema, testMailSchema } from "./schema";
import { checkSignIn } from "./sign-in-service";

/** One message to the administrator's own address, as all mail goes. */
export const testMail = formAction({
  name: "testMail",
  permission: "site:manage",
  schema: testMailSchema,
  run: async ({ command }, { viewer, municipality }) => {
    await count("tests", viewer.id);
    await sendTestMail(viewer, municipality.istatCode, command);
    return { done: (await getTranslations("firstHour.mailTest"))("queued") };
  },
});

/** Asks the providers by which people sign in here what they say of themselves. */
export const tryingSignIn = formAction({
  name: "tryingSignIn",
  permission: "site:manage",
  schema: signInCheckSchema,
  run: async (_, { viewer, municipality }) => {
    await count("tests", viewer.id);
    await checkSignIn(municipality.istatCode, viewer.id);
    return { done: (await getTranslations("firstHour.signInTest"))("tried") };
  },
});
