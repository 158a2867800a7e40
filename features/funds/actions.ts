"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { storeFile } from "@/features/documents/service";
import * as papers from "@/features/papers/service";
import { formAction } from "@/lib/action-client";
import { actorOf, residentOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import * as disbursement from "./disbursement-service";
import * as forms from "./schema";
import * as funds from "./service";

export const openLine = formAction({
  name: "openLine",
  permission: "funds:openLine",
  schema: forms.lineSchema,
  run: async ({ command, fund, name, year, kind, budget, later, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    const values = { fund, name, year, kind, budgetCents: budget, later, act: received.act };
    await funds.openLine(actor, values, command, received.upload.id);
    return { ...(await done("openLine")), clear: true };
  },
});

export const registerPayee = formAction({
  name: "registerPayee",
  permission: "subjects:registerPayee",
  schema: forms.payeeSchema,
  run: async ({ command, ...payee }, context) => {
    await funds.registerPayee(actorOf(context), payee, command);
    return { ...(await done("registerPayee")), clear: true };
  },
});

export const changeBudget = formAction({
  name: "changeBudget",
  permission: "funds:changeBudget",
  schema: forms.budgetSchema,
  run: async ({ id, command, budget, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    const change = { budgetCents: budget, act: received.act };
    await funds.changeBudget(actor, id, change, command, received.upload.id);
    return { ...(await done("changeBudget")), clear: true };
  },
});

export const recogniseEligibility = formAction({
  name: "recogniseEligibility",
  permission: "subjects:recogniseEligibility",
  schema: forms.eligibilitySchema,
  run: async ({ id, command, code, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    const recognition = { act: received.act, code };
    await funds.recogniseEligibility(actor, id, recognition, command, received.upload.id);
    return { ...(await done("recogniseEligibility")), clear: true };
  },
});

export const commitMoney = formAction({
  name: "commitMoney",
  permission: "funds:commit",
  schema: forms.commitmentSchema,
  run: async ({ command, pact, line, payee, type, amount, later, cup, cig, ...act }, context) => {
    const actor = actorOf(context);
    const beneficiary = await funds.beneficiaryOf(actor.municipality, pact);
    const received = await receiveAct(actor, act, todayInItaly());
    const values = {
      ...{ line, pact, beneficiary, payee, type, amountCents: amount, later, act: received.act },
      ...(cup && { cup }),
      ...(cig && { cig }),
      // A contribution is granted by the act that commits it.
      ...(type === "contribution" && { grantAct: received.act }),
    };
    await funds.commit(actor, values, command, received.upload.id);
    return done("commitMoney");
  },
});

export const planMilestones = formAction({
  name: "planMilestones",
  permission: "funds:planMilestones",
  schema: forms.planSchema,
  run: async ({ id, command, milestones, reports }, context) => {
    await funds.planMilestones(actorOf(context), id, { milestones, reports }, command);
    return done("planMilestones");
  },
});

export const publishGrant = formAction({
  name: "publishGrant",
  permission: "funds:publishGrant",
  schema: forms.publicationSchema,
  run: async ({ id, command, ...row }, context) => {
    await funds.publishGrant(actorOf(context), id, row, command);
    return done("publishGrant");
  },
});

export const submitReport = formAction({
  name: "submitReport",
  permission: "reports:submit",
  schema: forms.reportSchema,
  run: async ({ id, command, text }, context) => {
    await funds.submitReport(residentOf(context), id, text, command);
    return done("submitReport");
  },
});

export const submitEvidence = formAction({
  name: "submitEvidence",
  permission: "milestones:submitEvidence",
  schema: forms.evidenceSchema,
  run: async ({ id, command, evidence }, context) => {
    const actor = residentOf(context);
    const file = await storeFile(actor, evidence, "evidence");
    await disbursement.submitEvidence(actor, id, [file], command);
    return done("submitEvidence");
  },
});

export const verifyMilestone = formAction({
  name: "verifyMilestone",
  permission: "milestones:verify",
  schema: forms.verificationSchema,
  run: async ({ id, command, report }, context) => {
    const actor = actorOf(context);
    await disbursement.verifyMilestone(actor, id, await storeFile(actor, report, "report"), command);
    return done("verifyMilestone");
  },
});

export const returnEvidence = formAction({
  name: "returnEvidence",
  permission: "milestones:returnEvidence",
  schema: forms.reasonSchema,
  run: async ({ id, command, reason }, context) => {
    await disbursement.returnEvidence(actorOf(context), id, reason, command);
    return done("returnEvidence");
  },
});

export const acceptMilestone = formAction({
  name: "acceptMilestone",
  permission: "milestones:accept",
  schema: forms.acceptanceSchema,
  run: async ({ id, command, amount, reason }, context) => {
    const actor = actorOf(context);
    await disbursement.acceptMilestone(actor, id, { acceptedCents: amount, reason }, command);
    return done("acceptMilestone");
  },
});

export const rejectMilestone = formAction({
  name: "rejectMilestone",
  permission: "milestones:reject",
  irreversible: true,
  schema: forms.reasonSchema,
  run: async ({ id, command, reason }, context) => {
    await disbursement.rejectMilestone(actorOf(context), id, reason, command);
    return done("rejectMilestone");
  },
});

export const requestPayment = formAction({
  name: "requestPayment",
  permission: "payments:request",
  schema: forms.requestSchema,
  run: async ({ milestone, command, amount }, context) => {
    await disbursement.requestPayment(residentOf(context), milestone, amount, command);
    return done("requestPayment");
  },
});

export const checkPayment = formAction({
  name: "checkPayment",
  permission: "payments:check",
  schema: forms.step,
  run: async ({ id, command }, context) => {
    await disbursement.checkPayment(actorOf(context), id, command);
    return done("checkPayment");
  },
});

export const reducePayment = formAction({
  name: "reducePayment",
  permission: "payments:reduce",
  schema: forms.reductionSchema,
  run: async ({ id, command, amount, reason }, context) => {
    await disbursement.reducePayment(actorOf(context), id, { amountCents: amount, reason }, command);
    return done("reducePayment");
  },
});

export const liquidatePayment = formAction({
  name: "liquidatePayment",
  permission: "payments:liquidate",
  schema: forms.liquidationSchema,
  run: async ({ id, command, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    await disbursement.liquidatePayment(actor, id, received.act, command, received.upload.id);
    return done("liquidatePayment");
  },
});

export const orderPayment = formAction({
  name: "orderPayment",
  permission: "payments:order",
  irreversible: true,
  schema: forms.orderSchema,
  run: async ({ id, command, orderNumber }, context) => {
    await disbursement.orderPayment(actorOf(context), id, orderNumber, command);
    return done("orderPayment");
  },
});

/** What the treasury says it did with an order. */
export const recordOutcome = formAction({
  name: "recordOutcome",
  permission: "payments:recordPaid",
  schema: forms.outcomeSchema,
  run: async ({ id, command, outcome, reference, on, document }, context) => {
    const actor = actorOf(context);
    const file = await storeFile(actor, document, "document");
    await disbursement.recordOutcome(
      actor,
      id,
      { reference, on, document: file, paid: outcome === "paid" },
      command,
    );
    return done("recordOutcome");
  },
});

/** What a party asks for on paper, recorded by a witness at a Casa. */
export const submitEvidenceOnPaper = formAction({
  name: "submitEvidenceOnPaper",
  permission: "papers:record",
  schema: forms.paperEvidenceSchema,
  run: async ({ id, command, evidence, scan }, context) => {
    const actor = actorOf(context);
    const person = await papers.partyOfMilestone(actor.municipality, id);
    const paper = await papers.receivePaper(actor, person, scan);
    const file = await storeFile(actor, evidence, "evidence");
    await disbursement.submitEvidence(actor, id, [file], command, paper);
    return paperRecorded();
  },
});

export const requestPaymentOnPaper = formAction({
  name: "requestPaymentOnPaper",
  permission: "papers:record",
  schema: forms.paperRequestSchema,
  run: async ({ milestone, command, amount, scan }, context) => {
    const actor = actorOf(context);
    const person = await papers.partyOfMilestone(actor.municipality, milestone);
    const paper = await papers.receivePaper(actor, person, scan);
    await disbursement.requestPayment(actor, milestone, amount, command, paper);
    return paperRecorded();
  },
});

export const submitReportOnPaper = formAction({
  name: "submitReportOnPaper",
  permission: "papers:record",
  schema: forms.paperReportSchema,
  run: async ({ id, command, text, scan }, context) => {
    const actor = actorOf(context);
    const person = await papers.partyOfReport(actor.municipality, id);
    const paper = await papers.receivePaper(actor, person, scan);
    await funds.submitReport(actor, id, text, command, paper);
    return paperRecorded();
  },
});

async function paperRecorded(): Promise<{ done: string }> {
  return { done: (await getTranslations("papers.done"))("recorded") };
}

async function done(name: string): Promise<{ done: string }> {
  const t = await getTranslations("funds.done");
  return { done: t(name as "openLine") };
}
