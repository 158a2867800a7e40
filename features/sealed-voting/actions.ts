"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import { announceSchema, prolongSchema, releaseSchema, trusteeKeySchema } from "./schema";
import * as sealed from "./service";

export const announceSealed = formAction({
  name: "announceSealed",
  permission: "sealed:announce",
  schema: announceSchema,
  run: async ({ id, command, ...terms }, context) => {
    await sealed.announceSealed(actorOf(context), id, terms, command);
    return done("announced");
  },
});

export const prolongSealed = formAction({
  name: "prolongSealed",
  permission: "sealed:prolong",
  schema: prolongSchema,
  run: async ({ id, command, closesAt, reason, ...given }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, given, todayInItaly());
    await sealed.prolongSealed(actor, id, closesAt, { reason, act, upload: upload.id }, command);
    return done("prolonged");
  },
});

export const offerTrusteeKey = formAction({
  name: "offerTrusteeKey",
  permission: "sealed:offerTrusteeKey",
  schema: trusteeKeySchema,
  run: async ({ id, command, key }, context) => {
    await sealed.offerTrusteeKey(actorOf(context), id, key, command);
    return done("offered");
  },
});

export const releaseTrusteeKey = formAction({
  name: "releaseTrusteeKey",
  permission: "sealed:release",
  schema: releaseSchema,
  // A secret key waits in no browser for somebody to sign in again.
  keptForSignIn: false,
  run: async ({ id, command, key }, context) => {
    await sealed.releaseTrusteeKey(actorOf(context), id, key, command);
    return done("released");
  },
});

async function done(what: "announced" | "prolonged" | "offered" | "released") {
  const t = await getTranslations("sealedOffice.done");
  return { done: t(what) };
}
