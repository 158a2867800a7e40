"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { allReadSchema, preferencesSchema, readSchema, subscriptionSchema } from "./schema";
import * as service from "./service";

export const subscribe = formAction({
  name: "subscribe",
  permission: "own:write",
  schema: subscriptionSchema,
  run: async (subject, { viewer, municipality }) => {
    await service.subscribe(viewer, municipality.istatCode, subject);
    const isNewsletter = subject.kind === "newsletter";
    return {
      done: (await getTranslations("notifications"))(isNewsletter ? "mailPages.newsletterAsked" : "followed"),
    };
  },
});

export const unsubscribe = formAction({
  name: "unsubscribe",
  permission: "own:write",
  schema: subscriptionSchema,
  run: async (subject, { viewer, municipality }) => {
    await service.unsubscribe(viewer, municipality.istatCode, subject);
    const isNewsletter = subject.kind === "newsletter";
    return {
      done: (await getTranslations("notifications"))(
        isNewsletter ? "mailPages.newsletterLeft" : "unfollowed",
      ),
    };
  },
});

export const markRead = formAction({
  name: "markRead",
  permission: "own:write",
  schema: readSchema,
  run: async ({ event }, { viewer, municipality }) => {
    await service.markRead(viewer, municipality.istatCode, event);
    return { done: (await getTranslations("notifications"))("markedRead") };
  },
});

export const markAllRead = formAction({
  name: "markAllRead",
  permission: "own:write",
  schema: allReadSchema,
  run: async ({ until }, { viewer, municipality }) => {
    await service.markAllRead(viewer, municipality.istatCode, new Date(until));
    return { done: (await getTranslations("notifications"))("allMarkedRead") };
  },
});

export const saveFrequencies = formAction({
  name: "saveFrequencies",
  permission: "own:write",
  schema: preferencesSchema,
  run: async (wanted, { viewer, municipality }) => {
    await service.saveFrequencies(viewer, municipality.istatCode, wanted);
    return { done: (await getTranslations("notifications"))("frequenciesSaved") };
  },
});
