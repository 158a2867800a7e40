"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { ConflictError, UnavailableError } from "@/lib/errors";
import {
  closeStationSchema,
  confirmSheetsSchema,
  enterSheetsSchema,
  openStationSchema,
  seeDeviceSchema,
  seePersonSchema,
  tellBalanceSchema,
} from "./schema";
import * as desk from "./service";

export const openStation = formAction({
  name: "openStation",
  permission: "desk:openStation",
  schema: openStationSchema,
  run: async ({ id, station, sheets, command }, context) => {
    await desk.openStation(actorOf(context), id, station, sheets, command);
    return done("opened");
  },
});

export const seePerson = formAction({
  name: "seePerson",
  permission: "desk:vouch",
  schema: seePersonSchema,
  // Nobody's fiscal number waits in a browser.
  keptForSignIn: false,
  run: async ({ id, station, fiscalNumber, command }, context) => {
    const seen = await desk.seePerson(actorOf(context), id, station, fiscalNumber, command);
    if (seen.step !== "asked") return done(seen.step);
    if (seen.mayVote) return done("mayVote");
    if (Object.values(seen.markings).every((one) => one === "issued"))
      throw new ConflictError("credential_taken");
    throw new UnavailableError("issuers_away");
  },
});

export const seeDevice = formAction({
  name: "seeDevice",
  permission: "desk:vouch",
  schema: seeDeviceSchema,
  keptForSignIn: false,
  run: async ({ id, station, fiscalNumber, deskCode, command }, context) => {
    const seen = await desk.seeDevice(actorOf(context), id, station, fiscalNumber, deskCode, command);
    return done(seen === "confirmed" ? "deviceConfirmed" : seen === "complete" ? "mayTake" : seen);
  },
});

export const tellBalance = formAction({
  name: "tellBalance",
  permission: "desk:tellBalance",
  schema: tellBalanceSchema,
  run: async ({ id, station, incidents, command, ...sheets }, context) => {
    await desk.tellBalance(actorOf(context), id, station, sheets, incidents, command);
    return done("told");
  },
});

export const closeStation = formAction({
  name: "closeStation",
  permission: "desk:closeStation",
  schema: closeStationSchema,
  run: async ({ id, station, command }, context) => {
    await desk.closeStation(actorOf(context), id, station, command);
    return done("closed");
  },
});

export const enterSheets = formAction({
  name: "enterSheets",
  permission: "desk:enterSheets",
  schema: enterSheetsSchema,
  run: async ({ id, bundle, sheets, command }, context) => {
    await desk.enterSheets(actorOf(context), id, bundle, sheets, command);
    return done("entered");
  },
});

export const confirmSheets = formAction({
  name: "confirmSheets",
  permission: "desk:confirmSheets",
  schema: confirmSheetsSchema,
  run: async ({ id, bundle, command }, context) => {
    await desk.confirmSheets(actorOf(context), id, bundle, command);
    return done("confirmedSheets");
  },
});

type Done =
  | "opened"
  | "vouched"
  | "confirmed"
  | "waiting"
  | "mayVote"
  | "deviceConfirmed"
  | "mayTake"
  | "told"
  | "closed"
  | "entered"
  | "confirmedSheets";

async function done(what: Done) {
  const t = await getTranslations("desk.done");
  return { done: t(what) };
}
