"use server";

import { getTranslations } from "next-intl/server";
import { receiveField } from "@/features/documents/service";
import { filesStep } from "@/features/proposals/rules";
import { formAction } from "@/lib/action-client";
import { InvalidInputError } from "@/lib/errors";
import type { Href } from "@/lib/language/navigation";
import {
  addPictureSchema,
  changePictureSchema,
  firstPictureSchema,
  keepPictureSchema,
  removePictureSchema,
  reportPictureSchema,
} from "./schema";
import * as pictures from "./service";

/** A field that nobody has touched is sent as a file of no bytes. */
function isFilled(value: FormDataEntryValue | null): boolean {
  return value instanceof File && value.size > 0;
}

export const addPicture = formAction({
  name: "addPicture",
  permission: "pictures:add",
  schema: addPictureSchema,
  run: async ({ target, command, ...words }, { municipality, viewer, form }) => {
    const by = { municipality: municipality.istatCode, viewer };
    const uploader = { municipality: municipality.istatCode, person: viewer.id };
    // A telephone offers its camera in a field of its own: whichever of the two holds something counts.
    const field = isFilled(form.get("camera")) ? "camera" : "file";
    const upload = isFilled(form.get(field)) ? await receiveField(uploader, form, field) : undefined;
    if (!upload) throw new InvalidInputError({ [field]: "file_missing" });
    const picture = await pictures.addPicture(by, target, words, upload, { command, field });
    if (target.type === "draft") return { redirectTo: draftPictures(municipality.slug, target.id) };
    const params = { municipality: municipality.slug, picture };
    return { redirectTo: { pathname: "/[municipality]/pictures/[picture]", params, query: { nuova: "1" } } };
  },
});

/** Back to the dossier, which goes on after its pictures. */
function draftPictures(municipality: string, draft: string): Exclude<Href, string> {
  return {
    pathname: "/[municipality]/propose/[draft]/[step]",
    params: { municipality, draft, step: filesStep },
    query: { foto: "1" },
  };
}

export const changePicture = formAction({
  name: "changePicture",
  permission: "pictures:add",
  schema: changePictureSchema,
  run: async ({ picture, ...words }, { municipality, viewer }) => {
    await pictures.changePicture({ municipality: municipality.istatCode, viewer }, picture, words);
    return { done: (await getTranslations("pictures.change"))("done") };
  },
});

/** Of one's own picture, which asks for less than removing another's. */
export const removeOwnPicture = formAction({
  name: "removeOwnPicture",
  permission: "own:write",
  schema: removePictureSchema,
  run: async ({ picture, ground, note }, { municipality, viewer }) => {
    const by = { municipality: municipality.istatCode, viewer };
    await pictures.requireUploader(by, picture);
    await pictures.removePicture(by, picture, ground, note);
    return { done: (await getTranslations("pictures.remove"))("done") };
  },
});

export const removePicture = formAction({
  name: "removePicture",
  permission: "pictures:moderate",
  schema: removePictureSchema,
  run: async ({ picture, ground, note }, { municipality, viewer }) => {
    await pictures.removePicture({ municipality: municipality.istatCode, viewer }, picture, ground, note);
    return { done: (await getTranslations("pictures.remove"))("done") };
  },
});

export const showPictureFirst = formAction({
  name: "showPictureFirst",
  permission: "pictures:moderate",
  schema: firstPictureSchema,
  run: async ({ picture }, { municipality, viewer }) => {
    await pictures.showFirst({ municipality: municipality.istatCode, viewer }, picture);
    return { done: (await getTranslations("pictures.first"))("done") };
  },
});

export const reportPicture = formAction({
  name: "reportPicture",
  permission: "pictures:report",
  schema: reportPictureSchema,
  run: async ({ picture, command, ground, text }, { municipality, viewer }) => {
    const by = { municipality: municipality.istatCode, viewer };
    await pictures.reportPicture(by, picture, ground, text, command);
    return { done: (await getTranslations("pictures.report"))("done") };
  },
});

export const keepPicture = formAction({
  name: "keepPicture",
  permission: "pictures:moderate",
  schema: keepPictureSchema,
  run: async ({ pictureReport, answer }, { municipality, viewer }) => {
    await pictures.keepPicture({ municipality: municipality.istatCode, viewer }, pictureReport, answer);
    return { done: (await getTranslations("pictures.keep"))("done") };
  },
});
