"use server";

import { getTranslations } from "next-intl/server";
import { type ActionContext, formAction } from "@/lib/action-client";
import { personOf } from "@/lib/actor";
import { nextStep, stepPath } from "./dossier";
import {
  attachmentSchema,
  draftSchema,
  saveStepSchema,
  startDraftSchema,
  stepValues,
  submitSchema,
  withdrawSchema,
} from "./schema";
import * as proposals from "./service";
import { withdrawProposal as withdraw } from "./withdrawal-service";

const stepHref = ({ municipality }: ActionContext, draft: string, step: Parameters<typeof stepPath>[0]) => ({
  pathname: "/[municipality]/propose/[draft]/[step]" as const,
  params: { municipality: municipality.slug, draft, step: stepPath(step) },
});

export const startDraft = formAction({
  name: "startDraft",
  permission: "drafts:write",
  schema: startDraftSchema,
  run: async ({ call, commons, command }, context) => {
    const draft = await proposals.startDraft(personOf(context), call, commons, command);
    return { redirectTo: stepHref(context, draft, "where") };
  },
});

/** Keeps a screen and goes on to the next. */
export const saveStep = formAction({
  name: "saveStep",
  permission: "drafts:write",
  schema: saveStepSchema,
  run: async ({ draft, step, revision, ...parsed }, context) => {
    await proposals.saveStep(personOf(context), draft, { step, revision, values: stepValues(step, parsed) });
    return { redirectTo: stepHref(context, draft, nextStep(step)) };
  },
});

/** Keeps a screen while it is being typed; answers with the number of this saving. */
export const autosaveStep = formAction({
  name: "autosaveStep",
  permission: "drafts:write",
  schema: saveStepSchema,
  run: async ({ draft, step, revision, ...parsed }, context) => {
    const save = { step, revision, values: stepValues(step, parsed) };
    const saved = await proposals.saveStep(personOf(context), draft, save);
    const t = await getTranslations("propose");
    return { done: t("saved"), still: true, values: { revision: String(saved) } };
  },
});

export const removeAttachment = formAction({
  name: "removeAttachment",
  permission: "drafts:write",
  schema: attachmentSchema,
  run: async ({ draft, attachment }, context) => {
    await proposals.removeAttachment(personOf(context), draft, attachment);
    return { done: (await getTranslations("propose"))("attachments.removed") };
  },
});

export const discardDraft = formAction({
  name: "discardDraft",
  permission: "drafts:write",
  schema: draftSchema,
  run: async ({ draft }, context) => {
    await proposals.discardDraft(personOf(context), draft);
    return { done: (await getTranslations("propose"))("discard.done") };
  },
});

export const restoreDraft = formAction({
  name: "restoreDraft",
  permission: "drafts:write",
  schema: draftSchema,
  run: async ({ draft }, context) => {
    await proposals.restoreDraft(personOf(context), draft);
    return { done: (await getTranslations("propose"))("restored") };
  },
});

export const submitProposal = formAction({
  name: "submitProposal",
  permission: "proposals:submit",
  schema: submitSchema,
  run: async ({ draft, command }, context) => {
    await proposals.submitProposal(personOf(context), draft, command);
    return { done: (await getTranslations("propose"))("preview.submitted") };
  },
});

export const withdrawProposal = formAction({
  name: "withdrawProposal",
  permission: "proposals:withdraw",
  irreversible: true,
  schema: withdrawSchema,
  run: async ({ draft, command }, context) => {
    await withdraw(personOf(context), draft, command);
    return { done: (await getTranslations("propose"))("after.withdrawn") };
  },
});
