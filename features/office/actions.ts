"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { requestedPath } from "@/lib/request-path";
import { forgetDone } from "./done-service";
import { assignDuty, setProtocolNumber } from "./duty-service";
import { assignmentSchema, nothingSchema, protocolNumberSchema } from "./schema";

export const assign = formAction({
  name: "assign",
  permission: "duties:assign",
  schema: assignmentSchema,
  run: async ({ transaction, record, revision, assignee }, { viewer, municipality }) => {
    const change = { of: { transaction, record }, assignee: assignee || null, revision };
    await assignDuty(viewer, municipality.istatCode, change);
    const t = await getTranslations("office.duty");
    if (!assignee) return { done: t("givenBack") };
    return { done: assignee === viewer.id ? t("taken") : t("assigned") };
  },
});

export const writeProtocolNumber = formAction({
  name: "writeProtocolNumber",
  permission: "duties:assign",
  schema: protocolNumberSchema,
  run: async ({ transaction, record, revision, number }, { viewer, municipality }) => {
    const change = { of: { transaction, record }, number, revision };
    await setProtocolNumber(viewer, municipality.istatCode, change);
    return { done: (await getTranslations("office.duty"))(number ? "numberSaved" : "numberRemoved") };
  },
});

export const putDoneAway = formAction({
  name: "putDoneAway",
  permission: "own:read",
  schema: nothingSchema,
  run: async () => {
    await forgetDone();
    return { backTo: await requestedPath() };
  },
});
