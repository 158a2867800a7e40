"use server";

import { getTranslations } from "next-intl/server";
import { type ActionContext, formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { passkeyCodeSchema, passkeyOfferSchema, passkeySchema, passkeyWithdrawalSchema } from "./schema";
import * as service from "./service";

export const offerPasskey = formAction({
  name: "offerPasskey",
  permission: "own:offerPasskey",
  schema: passkeyOfferSchema,
  run: async (key, context) => {
    await service.offerPasskey(holderOf(context), key);
    return { done: (await getTranslations("passkeys"))("offered") };
  },
});

export const discardPasskey = formAction({
  name: "discardPasskey",
  permission: "own:offerPasskey",
  schema: passkeySchema,
  run: async ({ id }, context) => {
    await service.discardPasskey(holderOf(context), id);
    return { done: (await getTranslations("passkeys"))("discarded") };
  },
});

/** The owner signs with a key that counts already. */
export const proposeOwnPasskey = formAction({
  name: "proposeOwnPasskey",
  permission: "passkeys:propose",
  schema: passkeyCodeSchema,
  run: async ({ command, id, code }, context) => {
    await service.proposePasskey(actorOf(context), id, code, command);
    return { done: (await getTranslations("passkeys"))("proposed") };
  },
});

/** An administrator signs for somebody of the own organisation. */
export const proposePasskey = formAction({
  name: "proposePasskey",
  permission: "offices:propose",
  schema: passkeyCodeSchema,
  run: async ({ command, id, code }, context) => {
    await service.proposePasskey(actorOf(context), id, code, command);
    return { done: (await getTranslations("passkeys"))("proposed") };
  },
});

/** A witness signs for a party who is there. */
export const proposePartyPasskey = formAction({
  name: "proposePartyPasskey",
  permission: "papers:record",
  recent: true,
  schema: passkeyCodeSchema,
  run: async ({ command, id, code }, context) => {
    await service.proposePasskey(actorOf(context), id, code, command);
    return { done: (await getTranslations("passkeys"))("proposed") };
  },
});

/** Somebody who confirms offices signs for a person in office of another organisation. */
export const confirmPasskey = formAction({
  name: "confirmPasskey",
  permission: "offices:confirm",
  schema: passkeyCodeSchema,
  run: async ({ command, id, code }, context) => {
    await service.confirmPasskey(actorOf(context), id, code, command);
    return { done: (await getTranslations("passkeys"))("confirmed") };
  },
});

/** A second witness signs for a party who is there. */
export const confirmPartyPasskey = formAction({
  name: "confirmPartyPasskey",
  permission: "passkeys:confirm",
  schema: passkeyCodeSchema,
  run: async ({ command, id, code }, context) => {
    await service.confirmPasskey(actorOf(context), id, code, command);
    return { done: (await getTranslations("passkeys"))("confirmed") };
  },
});

export const withdrawOwnPasskey = formAction({
  name: "withdrawOwnPasskey",
  permission: "passkeys:withdraw",
  schema: passkeyWithdrawalSchema,
  run: async ({ command, id }, context) => {
    await service.withdrawPasskey(actorOf(context), id, command);
    return { done: (await getTranslations("passkeys"))("withdrawn") };
  },
});

/** An administrator withdraws a key of somebody of the own organisation. */
export const withdrawPasskey = formAction({
  name: "withdrawPasskey",
  permission: "offices:suspend",
  schema: passkeyWithdrawalSchema,
  run: async ({ command, id }, context) => {
    await service.withdrawPasskey(actorOf(context), id, command);
    return { done: (await getTranslations("passkeys"))("withdrawn") };
  },
});

/** A witness withdraws a key of a party who has lost it. */
export const withdrawPartyPasskey = formAction({
  name: "withdrawPartyPasskey",
  permission: "papers:record",
  recent: true,
  schema: passkeyWithdrawalSchema,
  run: async ({ command, id }, context) => {
    await service.withdrawPasskey(actorOf(context), id, command);
    return { done: (await getTranslations("passkeys"))("withdrawn") };
  },
});

function holderOf({ municipality, viewer }: ActionContext): service.KeyHolder {
  return { municipality: municipality.istatCode, person: viewer.id };
}
