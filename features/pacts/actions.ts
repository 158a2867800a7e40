"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { storeFile } from "@/features/documents/service";
import * as papers from "@/features/papers/service";
import { formAction } from "@/lib/action-client";
import { actorFor, actorOf } from "@/lib/actor";
import { ConflictError } from "@/lib/errors";
import { todayInItaly } from "@/lib/local-time";
import type { PactContent } from "./content";
import { sections } from "./content";
import { pactDocument } from "./document";
import { pactUnderWay, partiesOf } from "./queries";
import { renewablePact } from "./renewal-queries";
import * as renewals from "./renewal-service";
import * as forms from "./schema";
import * as pacts from "./service";

export const startCoDesign = formAction({
  name: "startCoDesign",
  permission: "proposals:startCoDesign",
  schema: forms.step,
  run: async ({ id, command }, context) => {
    await pacts.startCoDesign(actorOf(context), id, command);
    return done("startCoDesign");
  },
});

export const finishCoDesign = formAction({
  name: "finishCoDesign",
  permission: "proposals:readyForPact",
  schema: forms.finishCoDesignSchema,
  run: async ({ id, command, document }, context) => {
    const actor = actorOf(context);
    await pacts.finishCoDesign(actor, id, await storeFile(actor, document, "document"), command);
    return done("finishCoDesign");
  },
});

/** Saves the working text; nothing goes to the ledger until a version is issued. */
export const savePact = formAction({
  name: "savePact",
  permission: "pacts:draft",
  schema: forms.pactSchema,
  run: async (input, context) => {
    const actor = actorOf(context);
    const { proposal, title, form, startsOn, endsOn, withCase, ...rest } = input;
    const parties = await partiesOf(context.municipality, proposal, withCase);
    const texts = rest as Record<string, string>;
    const content = Object.fromEntries(
      sections.map((section) => [section, texts[section] ?? ""]),
    ) as PactContent;
    const values = { title, form, content, parties, startsOn, endsOn };
    const { draft } = await pactUnderWay(context.municipality.istatCode, proposal);
    if (draft) await pacts.changePact(actor, draft.id, values);
    else {
      const earlier = await renewablePact(context.municipality.istatCode, proposal);
      if (earlier?.isInForce) throw new ConflictError("pact_moved_on", { state: earlier.state });
      await pacts.startPact(actor, proposal, values);
    }
    return done("savePact");
  },
});

/** Opens the working text of the pact that takes the place of the one in force, or of one that has ended. */
export const renewPact = formAction({
  name: "renewPact",
  permission: "pacts:draft",
  schema: forms.step,
  run: async ({ id, command }, context) => {
    await renewals.startRenewal(actorOf(context), id, command);
    return done("renewPact");
  },
});

/** Renders the working text, keeps the PDF and puts its hash on the ledger. */
export const issueVersion = formAction({
  name: "issueVersion",
  permission: "pacts:draft",
  schema: forms.step,
  run: async ({ id, command }, context) => {
    const words = await pactDocument(context.municipality);
    await pacts.issueVersion(actorOf(context), id, words, command);
    return done("issueVersion");
  },
});

export const approvePact = formAction({
  name: "approvePact",
  permission: "pacts:approve",
  schema: forms.approvalSchema,
  run: async ({ id, command, transaction, ...act }, context) => {
    const actor = actorFor(context, transaction);
    const received = await receiveAct(actor, act, todayInItaly());
    await pacts.approvePact(actor, id, { transaction, act: received.act }, command, received.upload.id);
    return done("approvePact");
  },
});

/** Signs in the role the person holds for that party. */
export const signPact = formAction({
  name: "signPact",
  permission: "pacts:sign",
  schema: forms.signatureSchema,
  run: async ({ id, command, party, version, documentHash }, context) => {
    const actor = await pacts.signatory(actorOf(context), id, party, context.viewer.roles);
    await pacts.signPact(actor, id, { party, version, documentHash }, command);
    return done("signPact");
  },
});

/** A witness at a Casa has the paper that a party signed. */
export const signPactOnPaper = formAction({
  name: "signPactOnPaper",
  permission: "papers:record",
  schema: forms.paperSignatureSchema,
  run: async ({ id, command, party, version, documentHash, scan }, context) => {
    const actor = actorOf(context);
    const person = await papers.partyOfPact(actor.municipality, id, party);
    const paper = await papers.receivePaper(actor, person, scan);
    await pacts.signPact(actor, id, { party, version, documentHash }, command, paper);
    return { done: (await getTranslations("papers.done"))("recorded") };
  },
});

export const recordInsurance = formAction({
  name: "recordInsurance",
  permission: "pacts:recordInsurance",
  schema: forms.insuranceSchema,
  run: async ({ id, command, document, validUntil }, context) => {
    const actor = actorOf(context);
    const file = await storeFile(actor, document, "document");
    await pacts.recordInsurance(actor, id, { document: file, validUntil }, command);
    return done("recordInsurance");
  },
});

export const recordSafetyBriefing = formAction({
  name: "recordSafetyBriefing",
  permission: "pacts:recordSafetyBriefing",
  schema: forms.briefingSchema,
  run: async ({ id, command, document, heldOn }, context) => {
    const actor = actorOf(context);
    const file = await storeFile(actor, document, "document");
    await pacts.recordSafetyBriefing(actor, id, { document: file, heldOn }, command);
    return done("recordSafetyBriefing");
  },
});

export const activatePact = formAction({
  name: "activatePact",
  permission: "pacts:activate",
  schema: forms.step,
  run: async ({ id, command }, context) => {
    await pacts.activatePact(actorOf(context), id, command);
    return done("activatePact");
  },
});

export const interruptPact = formAction({
  name: "interruptPact",
  permission: "pacts:suspend",
  irreversible: ({ transaction }) => transaction === "pacts:terminate",
  schema: forms.interruptionSchema,
  run: async ({ id, command, transaction, reason }, context) => {
    await pacts.interruptPact(actorFor(context, transaction), id, { transaction, reason }, command);
    return done("interruptPact");
  },
});

export const withdrawPact = formAction({
  name: "withdrawPact",
  permission: "pacts:withdraw",
  irreversible: true,
  schema: forms.withdrawalSchema,
  run: async ({ id, command, reason, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    await pacts.withdrawPact(actor, id, { act: received.act, reason }, command, received.upload.id);
    return done("withdrawPact");
  },
});

export const declareInterest = formAction({
  name: "declareInterest",
  permission: "subjects:declareInterest",
  schema: forms.step,
  run: async ({ id, command }, context) => {
    await pacts.declareInterest(actorOf(context), id, command);
    return done("declareInterest");
  },
});

type Done =
  | "startCoDesign"
  | "finishCoDesign"
  | "savePact"
  | "renewPact"
  | "issueVersion"
  | "approvePact"
  | "signPact"
  | "recordInsurance"
  | "recordSafetyBriefing"
  | "activatePact"
  | "interruptPact"
  | "withdrawPact"
  | "declareInterest";

async function done(name: Done): Promise<{ done: string }> {
  const t = await getTranslations("pacts.done");
  return { done: t(name) };
}
