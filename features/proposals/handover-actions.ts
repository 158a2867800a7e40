"use server";

import { getTranslations } from "next-intl/server";
import { type ActionContext, formAction } from "@/lib/action-client";
import { personOf } from "@/lib/actor";
import { stepPath } from "./dossier";
import { claimSchema, startHelpSchema } from "./handover-schema";
import * as handover from "./handover-service";
import { draftSchema } from "./schema";

const stepHref = ({ municipality }: ActionContext, draft: string, step: "where" | "preview") => ({
  pathname: "/[municipality]/propose/[draft]/[step]" as const,
  params: { municipality: municipality.slug, draft, step: stepPath(step) },
});

export const startForSomebody = formAction({
  name: "startForSomebody",
  permission: "drafts:help",
  schema: startHelpSchema,
  run: async ({ call, command }, context) => {
    const draft = await handover.startForSomebody(personOf(context), call, command);
    return { redirectTo: stepHref(context, draft, "where") };
  },
});

export const makeHandoverCode = formAction({
  name: "makeHandoverCode",
  permission: "drafts:help",
  schema: draftSchema,
  run: async ({ draft }, context) => {
    await handover.makeHandoverCode(personOf(context), draft);
    return { done: (await getTranslations("propose.handover"))("made") };
  },
});

export const claimDraft = formAction({
  name: "claimDraft",
  permission: "drafts:claim",
  schema: claimSchema,
  run: async ({ code }, context) => {
    const draft = await handover.claimDraft(personOf(context), code);
    return { redirectTo: stepHref(context, draft, "preview") };
  },
});
