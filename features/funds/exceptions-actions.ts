"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { storeFile } from "@/features/documents/service";
import { findPerson } from "@/features/people/person-service";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import { recoverPayment as recover } from "./disbursement-service";
import * as forms from "./exceptions-schema";
import * as exceptions from "./exceptions-service";

export const releaseMoney = formAction({
  name: "releaseMoney",
  permission: "funds:release",
  schema: forms.releaseSchema,
  run: async ({ id, command, from, amount, reason, ...act }, context) => {
    const actor = actorOf(context);
    const authority = await received(actor, act);
    const release = { ...authority, milestone: from, amountCents: amount, reason };
    await exceptions.releaseMoney(actor, id, release, command);
    return done("releaseMoney");
  },
});

export const allowSettlement = formAction({
  name: "allowSettlement",
  permission: "funds:allowSettlement",
  schema: forms.settlementSchema,
  run: async ({ id, command, ...act }, context) => {
    const actor = actorOf(context);
    await exceptions.allowSettlement(actor, id, await received(actor, act), command);
    return done("allowSettlement");
  },
});

export const cancelMilestone = formAction({
  name: "cancelMilestone",
  permission: "milestones:cancel",
  irreversible: true,
  schema: forms.cancellationSchema,
  run: async ({ id, command, reason, ...act }, context) => {
    const actor = actorOf(context);
    const authority = await received(actor, act);
    await exceptions.cancelMilestone(actor, id, { ...authority, reason }, command);
    return done("cancelMilestone");
  },
});

export const countersignMilestone = formAction({
  name: "countersignMilestone",
  permission: "milestones:countersign",
  schema: forms.countersignatureSchema,
  run: async ({ id, command, report }, context) => {
    const actor = actorOf(context);
    const file = await storeFile(actor, report, "report");
    await exceptions.countersignMilestone(actor, id, file, command);
    return done("countersignMilestone");
  },
});

export const refusePayment = formAction({
  name: "refusePayment",
  permission: "payments:refuse",
  irreversible: true,
  schema: forms.refusalSchema,
  run: async ({ id, command, reason }, context) => {
    await exceptions.refusePayment(actorOf(context), id, reason, command);
    return done("refusePayment");
  },
});

export const recoverPayment = formAction({
  name: "recoverPayment",
  permission: "payments:recover",
  irreversible: true,
  schema: forms.recoverySchema,
  run: async ({ id, command, amount, reference, document }, context) => {
    const actor = actorOf(context);
    const file = await storeFile(actor, document, "document");
    await recover(actor, id, { amountCents: amount, reference, document: file }, command);
    return done("recoverPayment");
  },
});

export const allowBeyond = formAction({
  name: "allowBeyond",
  permission: "proposals:allowBeyond",
  schema: forms.beyondSchema,
  run: async ({ pact, command, cost, line, ...act }, context) => {
    const actor = actorOf(context);
    const authority = await received(actor, act);
    await exceptions.allowBeyond(actor, pact, { ...authority, costCents: cost, line }, command);
    return done("allowBeyond");
  },
});

export const replaceRepresentative = formAction({
  name: "replaceRepresentative",
  permission: "subjects:replaceRepresentative",
  schema: forms.representativeSchema,
  run: async ({ id, command, person, ...act }, context) => {
    const actor = actorOf(context);
    const { id: representative } = await findPerson(actor.municipality, person);
    const authority = await received(actor, act);
    await exceptions.replaceRepresentative(actor, id, { ...authority, representative }, command);
    return { ...(await done("replaceRepresentative")), clear: true };
  },
});

async function received(
  actor: Parameters<typeof receiveAct>[0],
  act: Parameters<typeof receiveAct>[1],
): Promise<{ act: Awaited<ReturnType<typeof receiveAct>>["act"]; upload: string }> {
  const { act: value, upload } = await receiveAct(actor, act, todayInItaly());
  return { act: value, upload: upload.id };
}

async function done(name: string): Promise<{ done: string }> {
  const t = await getTranslations("funds.done");
  return { done: t(name as "openLine") };
}
