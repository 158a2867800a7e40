"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { changeSchema, discardSchema, sendSchema, testSchema, writeSchema } from "./schema";
import * as service from "./service";

export const writeNewsletter = formAction({
  name: "writeNewsletter",
  permission: "site:manage",
  schema: writeSchema,
  run: async (input, { viewer, municipality: { istatCode, slug } }) => {
    await service.writeNewsletter(viewer, istatCode, input);
    const params = { municipality: slug, newsletter: input.command };
    return { redirectTo: { pathname: "/[municipality]/office/newsletters/[newsletter]", params } };
  },
});

export const changeNewsletter = formAction({
  name: "changeNewsletter",
  permission: "site:manage",
  schema: changeSchema,
  run: async (input, { municipality }) => {
    await service.changeNewsletter(municipality.istatCode, input);
    return { done: (await getTranslations("newsletters"))("changed") };
  },
});

export const discardNewsletter = formAction({
  name: "discardNewsletter",
  permission: "site:manage",
  schema: discardSchema,
  run: async ({ id }, { municipality: { istatCode, slug } }) => {
    await service.discardNewsletter(istatCode, id);
    return { redirectTo: { pathname: "/[municipality]/office/newsletters", params: { municipality: slug } } };
  },
});

/** One mail to whoever writes it. */
export const testNewsletter = formAction({
  name: "testNewsletter",
  permission: "site:manage",
  schema: testSchema,
  run: async (input, { viewer, municipality }) => {
    await service.testNewsletter(viewer, municipality.istatCode, input);
    return { done: (await getTranslations("newsletters"))("tested") };
  },
});

export const sendNewsletter = formAction({
  name: "sendNewsletter",
  permission: "site:manage",
  schema: sendSchema,
  irreversible: true,
  run: async (input, { viewer, municipality }) => {
    const { people } = await service.sendNewsletter(viewer, municipality.istatCode, input);
    return { done: (await getTranslations("newsletters"))("sentTo", { count: people }) };
  },
});
