"use server";

import { getTranslations } from "next-intl/server";
import { storeFile, type Uploaded } from "@/features/documents/service";
import { formAction } from "@/lib/action-client";
import {
  cancelMeetingSchema,
  changeMeetingSchema,
  conveneSchema,
  meetingIdSchema,
  minutesSchema,
} from "./schema";
import * as meetings from "./service";

export const conveneMeeting = formAction({
  name: "conveneMeeting",
  permission: "meetings:convene",
  schema: conveneSchema,
  run: async ({ aboutType, aboutId, command, ...words }, { viewer, municipality }) => {
    const about = { type: aboutType, id: aboutId };
    const meeting = await meetings.conveneMeeting(viewer, municipality.istatCode, about, words, command);
    return toMeeting(municipality.slug, meeting);
  },
});

export const changeMeeting = formAction({
  name: "changeMeeting",
  permission: "meetings:convene",
  schema: changeMeetingSchema,
  run: async ({ meeting, revision, reason, ...words }, { viewer, municipality }) => {
    await meetings.changeMeeting(viewer, municipality.istatCode, meeting, revision, words, reason);
    return toMeeting(municipality.slug, meeting);
  },
});

export const cancelMeeting = formAction({
  name: "cancelMeeting",
  permission: "meetings:convene",
  schema: cancelMeetingSchema,
  run: async ({ meeting, revision, reason }, { viewer, municipality }) => {
    await meetings.cancelMeeting(viewer, municipality.istatCode, meeting, revision, reason);
    return toMeeting(municipality.slug, meeting);
  },
});

export const writeMinutes = formAction({
  name: "writeMinutes",
  permission: "meetings:convene",
  schema: minutesSchema,
  run: async ({ meeting, revision, ...minutes }, { viewer, municipality, form }) => {
    const uploader = { municipality: municipality.istatCode, person: viewer.id };
    // A field that nobody has touched is sent as a file of no bytes.
    const chosen = form.getAll("files").filter((file): file is File => file instanceof File && file.size > 0);
    await meetings.requireRoomForMinutes(viewer, municipality.istatCode, meeting, chosen.length);
    const files: Uploaded[] = [];
    for (const file of chosen) files.push(await storeFile(uploader, file, "files"));
    await meetings.writeMinutes(viewer, municipality.istatCode, meeting, revision, minutes, files);
    return toMeeting(municipality.slug, meeting);
  },
});

export const registerForMeeting = formAction({
  name: "registerForMeeting",
  permission: "meetings:register",
  schema: meetingIdSchema,
  run: async ({ meeting }, { viewer, municipality }) => {
    const { isWaiting } = await meetings.registerForMeeting(viewer, municipality.istatCode, meeting);
    return { done: (await getTranslations("meetings"))(isWaiting ? "waitingDone" : "registered") };
  },
});

export const leaveMeeting = formAction({
  name: "leaveMeeting",
  permission: "own:write",
  schema: meetingIdSchema,
  run: async ({ meeting }, { viewer, municipality }) => {
    await meetings.leaveMeeting(viewer, municipality.istatCode, meeting);
    return { done: (await getTranslations("meetings"))("left") };
  },
});

function toMeeting(municipality: string, meeting: string) {
  const pathname = "/[municipality]/meetings/[meeting]" as const;
  return { redirectTo: { pathname, params: { municipality, meeting } } };
}
