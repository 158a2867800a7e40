"use server";

import { getTranslations } from "next-intl/server";
import { type ActionContext, formAction } from "@/lib/action-client";
import { adhereSchema, withdrawAdhesionSchema } from "./engagement-schema";
import * as engagement from "./engagement-service";

const who = ({ municipality, viewer }: ActionContext) => ({
  municipality: municipality.istatCode,
  person: viewer.id,
});

export const adhere = formAction({
  name: "adhere",
  permission: "proposals:adhere",
  schema: adhereSchema,
  run: async ({ proposal, kind, command }, context) => {
    await engagement.adhere(who(context), proposal, kind, command);
    return { done: (await getTranslations("engagement"))("adhered") };
  },
});

export const withdrawAdhesion = formAction({
  name: "withdrawAdhesion",
  permission: "proposals:withdrawAdhesion",
  schema: withdrawAdhesionSchema,
  run: async ({ proposal, command }, context) => {
    await engagement.withdrawAdhesion(who(context), proposal, command);
    return { done: (await getTranslations("engagement"))("adhesionWithdrawn") };
  },
});
