"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import type { HouseChangeKind } from "./change-service";
import { housePlaceSchema, houseSchema } from "./place-schema";
import * as places from "./place-service";
import { houseEventSchema, houseItemSchema, housePageSchema, housePersonSchema } from "./schema";
import * as service from "./service";

export const saveHousePage = formAction({
  name: "saveHousePage",
  permission: "houses:edit",
  schema: housePageSchema,
  run: async (page, { viewer, municipality }) => {
    await service.saveHousePage(viewer, municipality.istatCode, page);
    return done("page");
  },
});

export const addHousePerson = formAction({
  name: "addHousePerson",
  permission: "houses:edit",
  schema: housePersonSchema,
  run: async ({ agreed: _, ...named }, { viewer, municipality }) => {
    await service.addHousePerson(viewer, municipality.istatCode, named);
    return { ...(await done("person_added")), clear: true };
  },
});

export const removeHousePerson = formAction({
  name: "removeHousePerson",
  permission: "houses:edit",
  schema: houseItemSchema,
  run: async (item, { viewer, municipality }) => {
    await service.removeHousePerson(viewer, municipality.istatCode, item);
    return done("person_removed");
  },
});

export const addHouseEvent = formAction({
  name: "addHouseEvent",
  permission: "houses:edit",
  schema: houseEventSchema,
  run: async (happening, { viewer, municipality }) => {
    await service.addHouseEvent(viewer, municipality.istatCode, happening);
    return { ...(await done("event_added")), clear: true };
  },
});

export const cancelHouseEvent = formAction({
  name: "cancelHouseEvent",
  permission: "houses:edit",
  schema: houseItemSchema,
  run: async (item, { viewer, municipality }) => {
    await service.cancelHouseEvent(viewer, municipality.istatCode, item);
    return done("event_cancelled");
  },
});

export const saveHousePlace = formAction({
  name: "saveHousePlace",
  permission: "site:manage",
  schema: housePlaceSchema,
  run: async (place, { viewer, municipality }) => {
    await places.saveHousePlace(viewer, municipality.istatCode, place);
    return place.house ? done("place") : { ...(await done("added")), clear: true };
  },
});

export const removeHouse = formAction({
  name: "removeHouse",
  permission: "site:manage",
  schema: houseSchema,
  run: async (item, { viewer, municipality }) => {
    await places.removeHouse(viewer, municipality.istatCode, item);
    return {
      redirectTo: { pathname: "/[municipality]/office/houses", params: { municipality: municipality.slug } },
    };
  },
});

async function done(kind: HouseChangeKind) {
  return { done: (await getTranslations("houses.edit.changes"))(kind) };
}
