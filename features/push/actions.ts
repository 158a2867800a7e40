"use server";

import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { deviceOf } from "@/lib/device";
import * as service from "./device-service";
import { deviceSchema, removeDeviceSchema } from "./schema";
import { deviceHere, forgetDeviceHere, rememberDevice } from "./this-browser";

export const addDevice = formAction({
  name: "addDevice",
  permission: "own:write",
  schema: deviceSchema,
  run: async (subscription, { viewer }) => {
    const names = deviceOf((await headers()).get("user-agent") ?? "");
    await rememberDevice(await service.addDevice(viewer, subscription, names));
    return { done: (await getTranslations("push"))("added") };
  },
});

export const removeDevice = formAction({
  name: "removeDevice",
  permission: "own:write",
  schema: removeDeviceSchema,
  run: async ({ id }, { viewer }) => {
    await service.removeDevice(viewer, id);
    if ((await deviceHere()) === id) await forgetDeviceHere();
    return { done: (await getTranslations("push"))("removed") };
  },
});
