"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { confirmMapSchema, discardMapSchema, removeMapSchema } from "./schema";
import * as maps from "./service";

export const confirmMap = formAction({
  name: "confirmMap",
  permission: "site:manage",
  schema: confirmMapSchema,
  run: async ({ draft, credit }, { municipality, viewer }) => {
    await maps.confirmMap({ municipality: municipality.istatCode, person: viewer.id }, draft, credit);
    return { done: (await getTranslations("map"))("confirmed") };
  },
});

export const discardMap = formAction({
  name: "discardMap",
  permission: "site:manage",
  schema: discardMapSchema,
  run: async ({ draft }, { municipality, viewer }) => {
    await maps.discardMap({ municipality: municipality.istatCode, person: viewer.id }, draft);
    return { done: (await getTranslations("map"))("discarded") };
  },
});

export const removeMap = formAction({
  name: "removeMap",
  permission: "site:manage",
  schema: removeMapSchema,
  run: async ({ part }, { municipality }) => {
    await maps.removeMap(municipality.istatCode, part);
    return { done: (await getTranslations("map"))("removed") };
  },
});
