"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { personOf } from "@/lib/actor";
import { answerSchema, commentIdSchema, commentSchema, editSchema } from "./schema";
import * as comments from "./service";

export const writeComment = formAction({
  name: "writeComment",
  permission: "comments:write",
  schema: commentSchema,
  run: async ({ aboutType, aboutId, command, ...words }, context) => {
    await comments.writeComment(personOf(context), { type: aboutType, id: aboutId }, words, command);
    return { done: (await getTranslations("comments"))("written"), clear: true };
  },
});

/** In the name of the office that allows it, which stands beside the answer. */
export const answerForOffice = formAction({
  name: "answerForOffice",
  permission: "comments:answer",
  schema: answerSchema,
  run: async ({ aboutType, aboutId, command, ...words }, context) => {
    const { organisation, role } = context.role;
    const office = { organisation, role };
    const about = { type: aboutType, id: aboutId };
    await comments.writeComment(personOf(context), about, { kind: "remark", ...words, office }, command);
    return { done: (await getTranslations("comments"))("answered"), clear: true };
  },
});

export const editComment = formAction({
  name: "editComment",
  permission: "comments:write",
  schema: editSchema,
  run: async ({ comment, revision, text }, context) => {
    await comments.editComment(personOf(context), comment, revision, text);
    return { done: (await getTranslations("comments"))("edited") };
  },
});

export const withdrawComment = formAction({
  name: "withdrawComment",
  permission: "own:write",
  schema: commentIdSchema,
  run: async ({ comment }, context) => {
    await comments.withdrawComment(personOf(context), comment);
    return { done: (await getTranslations("comments"))("taken") };
  },
});

export const restoreComment = formAction({
  name: "restoreComment",
  permission: "own:write",
  schema: commentIdSchema,
  run: async ({ comment }, context) => {
    await comments.restoreComment(personOf(context), comment);
    return { done: (await getTranslations("comments"))("restored") };
  },
});

export const supportComment = formAction({
  name: "supportComment",
  permission: "comments:support",
  schema: commentIdSchema,
  run: async ({ comment }, context) => {
    await comments.supportComment(personOf(context), comment);
    return { done: (await getTranslations("comments"))("supported") };
  },
});

export const endSupport = formAction({
  name: "endSupport",
  permission: "own:write",
  schema: commentIdSchema,
  run: async ({ comment }, context) => {
    await comments.endSupport(personOf(context), comment);
    return { done: (await getTranslations("comments"))("supportEnded") };
  },
});
