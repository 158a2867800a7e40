"use server";

import { getTranslations } from "next-intl/server";
import { chainDay } from "@/features/calls/queries";
import { receiveAct } from "@/features/documents/act-service";
import { type ActionContext, formAction } from "@/lib/action-client";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { criteriaOf } from "./queries";
import { pointsProblem } from "./rules";
import {
  admitSchema,
  conflictSchema,
  integrationSchema,
  mergeSchema,
  rejectSchema,
  scoreSchema,
  separateSchema,
  stepSchema,
} from "./schema";
import * as assessment from "./service";

const actorOf = ({ role, viewer }: ActionContext) => ({
  municipality: role.municipality,
  person: viewer.id,
  organisation: role.organisation,
  role: role.role,
});

export const publishProposal = formAction({
  name: "publishProposal",
  permission: "proposals:publish",
  schema: stepSchema,
  run: async ({ proposal, command }, context) => {
    await assessment.publishProposal(actorOf(context), proposal, command);
    return { done: (await getTranslations("assessment"))("publish.done") };
  },
});

export const startAssessment = formAction({
  name: "startAssessment",
  permission: "proposals:startAssessment",
  schema: stepSchema,
  run: async ({ proposal, command }, context) => {
    await assessment.startAssessment(actorOf(context), proposal, command);
    return { done: (await getTranslations("assessment"))("start.done") };
  },
});

export const requestIntegration = formAction({
  name: "requestIntegration",
  permission: "proposals:requestIntegration",
  schema: integrationSchema,
  run: async ({ proposal, command, ...request }, context) => {
    const day = await chainDay(context.municipality.istatCode);
    if (request.dueOn <= day) throw new InvalidInputError({ dueOn: "date_not_later" }, "date_not_later");
    await assessment.requestIntegration(actorOf(context), proposal, request, command);
    return { done: (await getTranslations("assessment"))("integration.done") };
  },
});

export const declareConflict = formAction({
  name: "declareConflict",
  permission: "proposals:declareConflict",
  schema: conflictSchema,
  run: async ({ proposal, command, reason }, context) => {
    await assessment.declareConflict(actorOf(context), proposal, reason, command);
    return { done: (await getTranslations("assessment"))("conflict.done") };
  },
});

export const scoreProposal = formAction({
  name: "scoreProposal",
  permission: "proposals:score",
  schema: scoreSchema,
  run: async ({ proposal, command, reason, points }, context) => {
    const actor = actorOf(context);
    const criteria = await criteriaOf(actor.municipality, proposal);
    if (!criteria) throw new NotFoundError("proposal_not_found");
    const given = Object.fromEntries(
      criteria.flatMap(({ id }) => (id in points ? [[id, points[id] ?? 0]] : [])),
    );
    refuse(pointsProblem(criteria, given));
    await assessment.scoreProposal(actor, proposal, { points: given, reason }, command);
    return { done: (await getTranslations("assessment"))("points.done") };
  },
});

export const admitProposal = formAction({
  name: "admitProposal",
  permission: "proposals:admit",
  schema: admitSchema,
  run: async ({ proposal, command, ...input }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, input, await chainDay(actor.municipality));
    await assessment.admitProposal(actor, proposal, act, command, upload.id);
    return { done: (await getTranslations("assessment"))("decide.admitted") };
  },
});

export const rejectProposal = formAction({
  name: "rejectProposal",
  permission: "proposals:reject",
  irreversible: true,
  schema: rejectSchema,
  run: async ({ proposal, command, reason, ...input }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, input, await chainDay(actor.municipality));
    await assessment.rejectProposal(actor, proposal, { act, reason, upload: upload.id }, command);
    return { done: (await getTranslations("assessment"))("decide.rejected") };
  },
});

export const mergeProposals = formAction({
  name: "mergeProposals",
  permission: "proposals:merge",
  irreversible: true,
  schema: mergeSchema,
  run: async ({ proposal, command, into, ...input }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, input, await chainDay(actor.municipality));
    await assessment.mergeProposals(actor, proposal, { into, act, upload: upload.id }, command);
    return { done: (await getTranslations("assessment"))("merge.done") };
  },
});

export const separateProposal = formAction({
  name: "separateProposal",
  permission: "proposals:separate",
  schema: separateSchema,
  run: async ({ proposal, command, ...input }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, input, await chainDay(actor.municipality));
    await assessment.separateProposal(actor, proposal, act, command, upload.id);
    return { done: (await getTranslations("assessment"))("separate.done") };
  },
});

function refuse(problem: ReturnType<typeof pointsProblem>): void {
  if (!problem) return;
  if (problem.code === "score_over_weight")
    throw new InvalidInputError({ [`points.${problem.criterion}`]: problem.code }, problem.code, {
      weight: problem.weight,
    });
  const fields = Object.fromEntries(problem.criteria.map((id) => [`points.${id}`, problem.code]));
  throw new InvalidInputError(fields, problem.code);
}
