"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { personOf } from "@/lib/actor";
import { adhereSchema, withdrawAdhesionSchema } from "./engagement-schema";
import * as engagement from "./engagement-service";

export const adhere = formAction({
  name: "adhere",
  permission: "proposals:adhere",
  schema: adhereSchema,
  run: async ({ proposal, kind, command }, context) => {
    await engagement.adhere(personOf(context), proposal, kind, command);
    return { done: (await getTranslations("engagement"))("adhered") };
  },
});

export const withdrawAdhesion = formAction({
  name: "withdrawAdhesion",
  permission: "proposals:withdrawAdhesion",
  schema: withdrawAdhesionSchema,
  run: async ({ proposal, command }, context) => {
    await engagement.withdrawAdhesion(personOf(context), proposal, command);
    return { done: (await getTranslations("engagement"))("adhesionWithdrawn") };
  },
});
