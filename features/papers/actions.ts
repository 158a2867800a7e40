"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import * as forms from "./schema";
import * as papers from "./service";

export const confirmPaper = formAction({
  name: "confirmPaper",
  permission: "papers:confirm",
  schema: forms.paperConfirmationSchema,
  run: async ({ id, command }, context) => {
    await papers.confirmPaper(actorOf(context), id, command);
    return done("confirmed");
  },
});

export const withdrawPaper = formAction({
  name: "withdrawPaper",
  permission: "papers:withdraw",
  schema: forms.paperSchema,
  run: async ({ id, command }, context) => {
    await papers.withdrawPaper(actorOf(context), id, command);
    return done("withdrawn");
  },
});

async function done(what: "confirmed" | "withdrawn"): Promise<{ done: string }> {
  return { done: (await getTranslations("papers.done"))(what) };
}
