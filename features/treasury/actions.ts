"use server";

import { getTranslations } from "next-intl/server";
import { formAction } from "@/lib/action-client";
import { actorOf } from "@/lib/actor";
import { treasuryCodesSchema } from "./codes-schema";
import * as imports from "./import-service";
import { filesSchema, importSchema, proposalSchema } from "./schema";

/** The files are read and forgotten: what is kept names nobody. */
export const readTreasuryFiles = formAction({
  name: "readTreasuryFiles",
  permission: "treasury:import",
  schema: filesSchema,
  run: async ({ files }, context) => {
    const bytes = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
    const id = await imports.prepareImport(actorOf(context), bytes);
    const params = { municipality: context.municipality.slug, import: id };
    return { redirectTo: { pathname: "/[municipality]/office/treasury/[import]", params } };
  },
});

export const confirmImport = formAction({
  name: "confirmImport",
  permission: "treasury:import",
  schema: importSchema,
  run: async ({ id, command }, context) => {
    await imports.confirmImport(actorOf(context), id, command);
    return { redirectTo: treasuryOf(context.municipality.slug) };
  },
});

export const discardImport = formAction({
  name: "discardImport",
  permission: "treasury:import",
  schema: importSchema,
  run: async ({ id }, context) => {
    await imports.discardImport(actorOf(context), id);
    return { redirectTo: treasuryOf(context.municipality.slug) };
  },
});

export const withdrawImport = formAction({
  name: "withdrawImport",
  permission: "treasury:import",
  schema: importSchema,
  run: async ({ id }, context) => {
    await imports.withdrawImport(actorOf(context), id);
    return { redirectTo: treasuryOf(context.municipality.slug) };
  },
});

/** Acts that earlier imports ask for. */
export const proposeOutcomes = formAction({
  name: "proposeOutcomes",
  permission: "treasury:import",
  schema: proposalSchema,
  run: async ({ command }, context) => {
    const count = await imports.proposeOutcomes(actorOf(context), command);
    const t = await getTranslations("treasury");
    return { done: t("proposed", { count }) };
  },
});

export const saveTreasuryCodes = formAction({
  name: "saveTreasuryCodes",
  permission: "treasury:codes",
  schema: treasuryCodesSchema,
  run: async (codes, context) => {
    await imports.saveTreasuryCodes(actorOf(context), codes);
    const t = await getTranslations("treasury");
    return { done: t("codesSaved") };
  },
});

function treasuryOf(municipality: string) {
  return { pathname: "/[municipality]/office/treasury", params: { municipality } } as const;
}
