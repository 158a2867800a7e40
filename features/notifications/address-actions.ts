"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import * as service from "./mail-service";
import { addressSchema, removeAddressSchema } from "./schema";

export const saveAddress = formAction({
  name: "saveAddress",
  permission: "own:write",
  schema: addressSchema,
  run: async ({ address }, { viewer, municipality }) => {
    await service.setAddress(viewer, municipality.istatCode, address);
    return { done: (await getTranslations("notifications.mailPages"))("addressSaved"), clear: true };
  },
});

export const removeAddress = formAction({
  name: "removeAddress",
  permission: "own:write",
  schema: removeAddressSchema,
  run: async (_, { viewer }) => {
    await service.removeAddress(viewer);
    return { done: (await getTranslations("notifications.mailPages"))("removed") };
  },
});
