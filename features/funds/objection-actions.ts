"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { actorOf, residentOf } from "@/lib/actor";
import { objectionDecisionSchema, objectionSchema } from "./objection-schema";
import * as objections from "./objection-service";

export const objectToMilestone = formAction({
  name: "objectToMilestone",
  permission: "milestones:object",
  schema: objectionSchema,
  run: async ({ id, command, text }, context) => {
    await objections.objectToMilestone(residentOf(context), id, text, command);
    return done("objectToMilestone");
  },
});

export const decideMilestoneObjection = formAction({
  name: "decideMilestoneObjection",
  permission: "milestones:decideObjection",
  schema: objectionDecisionSchema,
  run: async ({ id, command, objection, upheld, reason }, context) => {
    const decision = { objection, upheld: upheld === "yes", reason };
    await objections.decideMilestoneObjection(actorOf(context), id, decision, command);
    return done("decideMilestoneObjection");
  },
});

async function done(name: "objectToMilestone" | "decideMilestoneObjection"): Promise<{ done: string }> {
  return { done: (await getTranslations("funds.done"))(name) };
}
