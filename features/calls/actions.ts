"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { type ActionContext, formAction } from "@/lib/action-client";
import { chainDay } from "./queries";
import { draftCallSchema, extendCallSchema, publishCallSchema } from "./schema";
import { changeCall, createCall, extendCall, publishCall } from "./service";

const actorOf = ({ role, viewer }: ActionContext) => ({
  municipality: role.municipality,
  person: viewer.id,
  organisation: role.organisation,
  role: role.role,
});

export const saveCall = formAction({
  name: "saveCall",
  permission: "calls:publish",
  schema: draftCallSchema,
  run: async ({ call, command, ...values }, context) => {
    const actor = actorOf(context);
    if (call) {
      await changeCall(actor, call, values);
      return { done: (await getTranslations("calls.office"))("saved") };
    }
    const made = await createCall(actor, values, command);
    const params = { municipality: context.municipality.slug, call: made };
    return { redirectTo: { pathname: "/[municipality]/office/calls/[call]", params } };
  },
});

export const publishCallAction = formAction({
  name: "publishCall",
  permission: "calls:publish",
  irreversible: true,
  schema: publishCallSchema,
  run: async ({ call, command, ...input }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, input, await chainDay(actor.municipality));
    await publishCall(actor, call, { act, upload: upload.id }, command);
    return { done: (await getTranslations("calls.office"))("published_done") };
  },
});

export const extendCallAction = formAction({
  name: "extendCall",
  permission: "calls:extend",
  schema: extendCallSchema,
  run: async ({ call, command, closesOn, ...input }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, input, await chainDay(actor.municipality));
    await extendCall(actor, call, { closesOn, act, upload: upload.id }, command);
    return { done: (await getTranslations("calls.office"))("extended") };
  },
});
