"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { receiveField } from "@/features/documents/service";
import { formAction } from "@/lib/action-client";
import { InvalidInputError } from "@/lib/errors";
import * as emblems from "./emblem-service";
import { emblemSchema } from "./schema";

export const saveEmblem = formAction({
  name: "saveEmblem",
  permission: "site:manage",
  schema: emblemSchema,
  run: async ({ alternativeText }, { municipality, viewer, form }) => {
    const uploader = { municipality: municipality.istatCode, person: viewer.id };
    const upload = await receiveField(uploader, form, "file");
    if (!upload) throw new InvalidInputError({ file: "file_missing" });
    await emblems.saveEmblem(uploader, alternativeText, upload);
    return { done: (await getTranslations("pictures.emblem"))("saved") };
  },
});

export const removeEmblem = formAction({
  name: "removeEmblem",
  permission: "site:manage",
  schema: z.object({}),
  run: async (_, { municipality }) => {
    await emblems.removeEmblem(municipality.istatCode);
    return { done: (await getTranslations("pictures.emblem"))("removed") };
  },
});
