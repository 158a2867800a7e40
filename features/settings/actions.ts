"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import { settingsConfirmationSchema, settingsProposalSchema } from "./schema";
import * as service from "./service";

export const proposeSettings = formAction({
  name: "proposeSettings",
  permission: "municipality:proposeSettings",
  schema: settingsProposalSchema,
  run: async ({ command, actKind, actNumber, actDate, actBody, actFile, ...settings }, context) => {
    const actor = actorOf(context);
    const form = { actKind, actNumber, actDate, actBody, actFile };
    const { act, upload } = await receiveAct(actor, form, todayInItaly());
    await service.proposeSettings(actor, { settings, act, upload: upload.id }, command);
    return { done: (await getTranslations("settings"))("proposeDone") };
  },
});

export const confirmSettings = formAction({
  name: "confirmSettings",
  permission: "municipality:confirmSettings",
  schema: settingsConfirmationSchema,
  run: async ({ command, transactionId }, context) => {
    await service.confirmSettings(actorOf(context), transactionId, command);
    return { done: (await getTranslations("settings"))("confirmDone") };
  },
});
