"use server";

import { getTranslations } from "next-intl/server";
import { type ActionContext, formAction } from "@/lib/action-client";
import {
  adhereSchema,
  commentSchema,
  followSchema,
  moderationSchema,
  ownCommentSchema,
  withdrawAdhesionSchema,
} from "./engagement-schema";
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

export const writeComment = formAction({
  name: "writeComment",
  permission: "comments:write",
  schema: commentSchema,
  run: async ({ proposal, command, text, replyTo }, context) => {
    await engagement.comment(who(context), proposal, text, replyTo, command);
    return { done: (await getTranslations("engagement"))("commented"), clear: true };
  },
});

export const withdrawComment = formAction({
  name: "withdrawComment",
  permission: "own:write",
  schema: ownCommentSchema,
  run: async ({ comment }, context) => {
    await engagement.withdrawComment(who(context), comment);
    return { done: (await getTranslations("engagement"))("commentWithdrawn") };
  },
});

export const restoreComment = formAction({
  name: "restoreComment",
  permission: "own:write",
  schema: ownCommentSchema,
  run: async ({ comment }, context) => {
    await engagement.restoreComment(who(context), comment);
    return { done: (await getTranslations("engagement"))("commentRestored") };
  },
});

export const hideComment = formAction({
  name: "hideComment",
  permission: "comments:moderate",
  schema: moderationSchema,
  run: async ({ comment, reason }, { municipality }) => {
    await engagement.moderateComment(municipality.istatCode, comment, reason);
    return { done: (await getTranslations("engagement"))("commentHidden") };
  },
});

export const showComment = formAction({
  name: "showComment",
  permission: "comments:moderate",
  schema: ownCommentSchema,
  run: async ({ comment }, { municipality }) => {
    await engagement.moderateComment(municipality.istatCode, comment, null);
    return { done: (await getTranslations("engagement"))("commentShown") };
  },
});

export const followCommons = formAction({
  name: "followCommons",
  permission: "own:write",
  schema: followSchema,
  run: async ({ commons }, context) => {
    await engagement.follow(who(context), commons);
    return { done: (await getTranslations("engagement"))("followed") };
  },
});

export const unfollowCommons = formAction({
  name: "unfollowCommons",
  permission: "own:write",
  schema: followSchema,
  run: async ({ commons }, context) => {
    await engagement.unfollow(who(context), commons);
    return { done: (await getTranslations("engagement"))("unfollowed") };
  },
});
