"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import { carryOverSchema } from "./carry-over-schema";
import { carryOver as carry } from "./carry-over-service";

export const carryOver = formAction({
  name: "carryOver",
  permission: "funds:carryOver",
  schema: carryOverSchema,
  run: async ({ id, command, line, name, ...act }, context) => {
    const actor = actorOf(context);
    const { act: value, upload } = await receiveAct(actor, act, todayInItaly());
    await carry(actor, id, { line, name, act: value, upload: upload.id }, command);
    return { done: (await getTranslations("funds.done"))("carryOver") };
  },
});
