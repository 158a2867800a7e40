"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { findPerson } from "@/features/people/person-service";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import {
  officeProposalSchema,
  officeSchema,
  originConfirmationSchema,
  originProposalSchema,
  originSchema,
  recoveryStopSchema,
  suspensionSchema,
} from "./schema";
import * as service from "./service";

export const proposeOffice = formAction({
  name: "proposeOffice",
  permission: "offices:propose",
  schema: officeProposalSchema,
  run: async (
    { command, person: typed, actKind, actNumber, actDate, actBody, actFile, ...terms },
    context,
  ) => {
    const actor = actorOf(context);
    const person = await findPerson(actor.municipality, typed);
    const form = { actKind, actNumber, actDate, actBody, actFile };
    const { act, upload } = await receiveAct(actor, form, todayInItaly());
    await service.proposeOffice(actor, { ...terms, person: person.id, act, upload: upload.id }, command);
    return { done: await said("proposeDone") };
  },
});

export const confirmOffice = formAction({
  name: "confirmOffice",
  permission: "offices:confirm",
  schema: officeSchema,
  run: async ({ command, id }, context) => {
    await service.confirmOffice(actorOf(context), id, command);
    return { done: await said("confirmDone") };
  },
});

/** An administrator takes back what the own organisation has only proposed. */
export const takeOfficeBack = formAction({
  name: "takeOfficeBack",
  permission: "offices:propose",
  schema: officeSchema,
  run: async ({ command, id }, context) => {
    await service.withdrawOffice(actorOf(context), id, command);
    return { done: await said("takeBackDone") };
  },
});

export const giveUpOffice = formAction({
  name: "giveUpOffice",
  permission: "offices:withdraw",
  schema: officeSchema,
  run: async ({ command, id }, context) => {
    await service.withdrawOffice(actorOf(context), id, command);
    return { done: await said("giveUpDone") };
  },
});

export const suspendOffice = formAction({
  name: "suspendOffice",
  permission: "offices:suspend",
  schema: suspensionSchema,
  run: async ({ command, id, reason }, context) => {
    await service.suspendOffice(actorOf(context), id, reason, command);
    return { done: await said("suspendDone") };
  },
});

export const proposeOrigin = formAction({
  name: "proposeOrigin",
  permission: "municipality:proposeOrigin",
  schema: originProposalSchema,
  run: async ({ command, origin, ...form }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, form, todayInItaly());
    await service.proposeOrigin(actor, { origin, act, upload: upload.id }, command);
    return originDone("proposeDone");
  },
});

export const confirmOrigin = formAction({
  name: "confirmOrigin",
  permission: "municipality:confirmOrigin",
  schema: originConfirmationSchema,
  run: async ({ command, part, origin }, context) => {
    await service.confirmOrigin(actorOf(context), { part, origin }, command);
    return originDone("confirmDone");
  },
});

export const retireOrigin = formAction({
  name: "retireOrigin",
  permission: "municipality:retireOrigin",
  schema: originSchema,
  run: async ({ command, origin }, context) => {
    await service.retireOrigin(actorOf(context), origin, command);
    return originDone("retireDone");
  },
});

async function originDone(what: "proposeDone" | "confirmDone" | "retireDone"): Promise<{ done: string }> {
  return { done: (await getTranslations("register.origins"))(what) };
}

export const stopRecovery = formAction({
  name: "stopRecovery",
  permission: "recovery:stop",
  irreversible: true,
  schema: recoveryStopSchema,
  run: async ({ command, id, reason }, context) => {
    await service.stopRecovery(actorOf(context), id, reason, command);
    return { done: (await getTranslations("register.recovery"))("stopDone") };
  },
});

export const confirmWithdrawal = formAction({
  name: "confirmWithdrawal",
  permission: "offices:confirmWithdrawal",
  schema: officeSchema,
  run: async ({ command, id }, context) => {
    await service.confirmWithdrawal(actorOf(context), id, command);
    return { done: await said("confirmWithdrawalDone") };
  },
});

async function said(
  what:
    | "proposeDone"
    | "confirmDone"
    | "takeBackDone"
    | "giveUpDone"
    | "suspendDone"
    | "confirmWithdrawalDone",
): Promise<string> {
  return (await getTranslations("register"))(what);
}
