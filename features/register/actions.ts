"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { findPerson } from "@/features/people/person-service";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import { officeProposalSchema, officeSchema, suspensionSchema } from "./schema";
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
