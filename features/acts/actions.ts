"use server";

import { getTranslations } from "next-intl/server";
import { rememberDone } from "@/features/office/done-service";
import { formAction } from "@/lib/action-client";
import { putAsideSchema, signatureSchema } from "./schema";
import * as service from "./service";

export const signActs = formAction({
  name: "signActs",
  permission: "acts:sign",
  schema: signatureSchema,
  keptForSignIn: false,
  run: async ({ ids, next, ...assertion }, { viewer, municipality }) => {
    const texts = await service.preparedTexts(viewer, municipality.istatCode, ids);
    await service.acceptSignature(viewer, municipality.istatCode, { texts, assertion });
    const path = next ?? `/${municipality.slug}`;
    await rememberDone(viewer, municipality.istatCode, { ids, path });
    return { backTo: path };
  },
});

export const putActAside = formAction({
  name: "putActAside",
  permission: "acts:sign",
  schema: putAsideSchema,
  run: async ({ id }, { viewer, municipality }) => {
    await service.putAside(viewer, municipality.istatCode, id);
    return { done: (await getTranslations("signing"))("putAsideDone") };
  },
});
