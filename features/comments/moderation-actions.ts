"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import * as moderation from "./moderation-service";
import { appealSchema, decideAppealSchema, hideSchema, keepSchema, reportSchema } from "./schema";

export const reportComment = formAction({
  name: "reportComment",
  permission: "comments:report",
  schema: reportSchema,
  run: async ({ comment, command, reason, text }, { municipality, viewer }) => {
    const by = { municipality: municipality.istatCode, viewer };
    const report = await moderation.reportComment(by, comment, { reason, text }, command);
    const params = { municipality: municipality.slug };
    return { redirectTo: { pathname: "/[municipality]/mine/reports", params, query: { ricevuta: report } } };
  },
});

export const hideComment = formAction({
  name: "hideComment",
  permission: "comments:moderate",
  schema: hideSchema,
  run: async ({ comment, command, ...decision }, { municipality, viewer }) => {
    await moderation.hideComment(
      { municipality: municipality.istatCode, viewer },
      comment,
      decision,
      command,
    );
    return { done: (await getTranslations("comments.hide"))("done") };
  },
});

export const keepComment = formAction({
  name: "keepComment",
  permission: "comments:moderate",
  schema: keepSchema,
  run: async ({ inCase, command, reasons }, { municipality, viewer }) => {
    await moderation.keepComment({ municipality: municipality.istatCode, viewer }, inCase, reasons, command);
    return { done: (await getTranslations("comments.keep"))("done") };
  },
});

export const appealHiding = formAction({
  name: "appealHiding",
  permission: "own:write",
  schema: appealSchema,
  run: async ({ comment, command, text }, { municipality, viewer }) => {
    await moderation.appealHiding({ municipality: municipality.istatCode, viewer }, comment, text, command);
    return { done: (await getTranslations("comments.appeal"))("done") };
  },
});

export const decideAppeal = formAction({
  name: "decideAppeal",
  permission: "comments:decideAppeal",
  schema: decideAppealSchema,
  run: async ({ appeal, outcome, reasons }, { municipality, viewer }) => {
    const by = { municipality: municipality.istatCode, viewer };
    await moderation.decideAppeal(by, appeal, { outcome, reasons });
    return { done: (await getTranslations("comments.decideAppeal"))("done") };
  },
});
