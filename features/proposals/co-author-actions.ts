"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { personOf } from "@/lib/actor";
import { joinSchema, removeCoAuthorSchema, takeBackSchema } from "./co-author-schema";
import * as service from "./co-author-service";
import { stepPath } from "./dossier";
import { draftSchema } from "./schema";

export const inviteCoAuthor = formAction({
  name: "inviteCoAuthor",
  permission: "drafts:write",
  schema: draftSchema,
  run: async ({ draft }, context) => {
    await service.inviteCoAuthor(personOf(context), draft);
    return { done: (await getTranslations("propose.together"))("invited") };
  },
});

export const takeBackInvitation = formAction({
  name: "takeBackInvitation",
  permission: "drafts:write",
  schema: takeBackSchema,
  run: async ({ draft, invitation }, context) => {
    await service.takeBackInvitation(personOf(context), draft, invitation);
    return { done: (await getTranslations("propose.together"))("takenBack") };
  },
});

export const joinProposal = formAction({
  name: "joinProposal",
  permission: "drafts:claim",
  schema: joinSchema,
  run: async (input, { viewer, municipality }) => {
    const draft = await service.joinByCode(viewer, municipality.istatCode, input);
    const params = { municipality: municipality.slug, draft, step: stepPath("preview") };
    return { redirectTo: { pathname: "/[municipality]/propose/[draft]/[step]", params } };
  },
});

export const leaveProposal = formAction({
  name: "leaveProposal",
  permission: "drafts:write",
  schema: draftSchema,
  run: async ({ draft }, context) => {
    await service.leaveProposal(personOf(context), draft);
    const params = { municipality: context.municipality.slug };
    return { redirectTo: { pathname: "/[municipality]/mine", params } };
  },
});

export const removeCoAuthor = formAction({
  name: "removeCoAuthor",
  permission: "drafts:write",
  schema: removeCoAuthorSchema,
  run: async ({ draft, coAuthor }, context) => {
    await service.removeCoAuthor(personOf(context), draft, coAuthor);
    return { done: (await getTranslations("propose.together"))("removed") };
  },
});
