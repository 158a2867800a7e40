"use server";

import { getTranslations } from "next-intl/server";
import { receiveAct } from "@/features/documents/act-service";
import { formAction } from "@/lib/action-client";
import { actorOf, residentOf } from "@/lib/actor";
import { todayInItaly } from "@/lib/local-time";
import type { Actor } from "@/protocol/primitives";
import { outcomeOnLedger } from "./count-service";
import * as freezing from "./freeze-service";
import * as outcomes from "./outcome-service";
import {
  endSchema,
  finaliseSchema,
  freezeSchema,
  fundingSchema,
  objectionDecisionSchema,
  objectionSchema,
  roundSchema,
  ruleOfChoice,
  stepSchema,
} from "./schema";
import * as rounds from "./service";

export const saveRound = formAction({
  name: "saveRound",
  permission: "rounds:freeze",
  schema: roundSchema,
  run: async (input, context) => {
    const { id, command, call, rule, leastVotes, budget, ...rest } = input;
    const { mostCents = null, pointsEach = null, pointsTotal = null } = input;
    const { mostOfDistrict = null, mostOfKind = null } = input;
    const limits = { mostCents, pointsEach, pointsTotal, mostOfDistrict, mostOfKind };
    const values = { ...rest, ...limits, rule: ruleOfChoice(rule, leastVotes), budgetCents: budget ?? 0n };
    const actor = actorOf(context);
    const { slug } = context.municipality;
    if (id) await rounds.changeRound(actor, id, values);
    const saved = id || (await rounds.createRound(actor, call, values, command));
    return {
      redirectTo: {
        pathname: "/[municipality]/office/rounds/[round]",
        params: { municipality: slug, round: saved },
      },
    };
  },
});

export const freezeRound = formAction({
  name: "freezeRound",
  permission: "rounds:freeze",
  schema: freezeSchema,
  irreversible: true,
  run: async (input, context) => {
    const actor = actorOf(context);
    const { id, command } = input;
    if (!("reason" in input)) {
      await freezing.freezeRound(actor, id, command);
      return done("freezeRound");
    }
    const { reason, ...given } = input;
    const { act, upload } = await receiveAct(actor, given, todayInItaly());
    await freezing.freezeRound(actor, id, command, { act, reason, upload: upload.id });
    return done("freezeRound");
  },
});
export const openRound = stepAction("openRound", "rounds:open", rounds.openRound);
export const closeRound = stepAction("closeRound", "rounds:close", rounds.closeRound);

/** Counts the ballots on the ledger and records what comes out. */
export const recordCount = stepAction("recordCount", "rounds:count", async (actor, id, command) => {
  const outcome = await outcomeOnLedger(actor.municipality, id);
  await outcomes.recordCount(actor, id, outcome, command);
});

/** Counts again, for the organisation that attests, before it puts its name to the result. */
export const attestRound = stepAction("attestRound", "rounds:attest", async (actor, id, command) => {
  const { digest } = await outcomeOnLedger(actor.municipality, id);
  await outcomes.attestRound(actor, id, digest, command);
});

export const finaliseRound = formAction({
  name: "finaliseRound",
  permission: "rounds:finalise",
  irreversible: true,
  schema: finaliseSchema,
  run: async ({ id, command, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    await outcomes.finaliseRound(actor, id, received.act, command, received.upload.id);
    return done("finaliseRound");
  },
});

/** The Giunta's or the officer's decision on one project of a final round. */
export const decideProposal = formAction({
  name: "decideProposal",
  permission: "proposals:fund",
  schema: fundingSchema,
  run: async ({ id, command, proposal, funded, ...act }, context) => {
    const actor = actorOf(context);
    const received = await receiveAct(actor, act, todayInItaly());
    const decision = { proposal, funded: funded === "yes", act: received.act };
    await outcomes.decideProposal(actor, id, decision, command, received.upload.id);
    return done("decideProposal");
  },
});

export const objectToRound = formAction({
  name: "objectToRound",
  permission: "rounds:object",
  schema: objectionSchema,
  run: async ({ id, command, text }, context) => {
    await outcomes.objectTo(residentOf(context), id, text, command);
    return done("objectToRound");
  },
});

export const decideObjection = formAction({
  name: "decideObjection",
  permission: "rounds:decideObjection",
  schema: objectionDecisionSchema,
  run: async ({ id, command, upheld, reason }, context) => {
    await outcomes.decideObjection(actorOf(context), id, { upheld: upheld === "yes", reason }, command);
    return done("decideObjection");
  },
});

/** A guarantor ends a round without a result. */
export const annulRound = formAction({
  name: "annulRound",
  permission: "rounds:annul",
  irreversible: true,
  schema: endSchema,
  run: async ({ id, command, reason, ...given }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, given, todayInItaly());
    await rounds.annulRound(actor, id, { act, reason, upload: upload.id }, command);
    return done("annulRound");
  },
});

/** Gives up a proposal that was funded or waits in the reserve. */
export const abandonProposal = formAction({
  name: "abandonProposal",
  permission: "proposals:abandon",
  irreversible: true,
  schema: endSchema,
  run: async ({ id, command, reason, ...given }, context) => {
    const actor = actorOf(context);
    const { act, upload } = await receiveAct(actor, given, todayInItaly());
    await outcomes.abandonProposal(actor, id, { act, reason, upload: upload.id }, command);
    return done("abandonProposal");
  },
});

type StepName = "freezeRound" | "openRound" | "closeRound" | "recordCount" | "attestRound";
type StepPermission = "rounds:open" | "rounds:close" | "rounds:count" | "rounds:attest";

function stepAction(
  name: StepName,
  permission: StepPermission,
  step: (actor: Actor, id: string, command: string) => Promise<void>,
) {
  return formAction({
    name,
    permission,
    irreversible: name === "closeRound",
    schema: stepSchema,
    run: async ({ id, command }, context) => {
      await step(actorOf(context), id, command);
      return done(name);
    },
  });
}

async function done(
  name:
    | StepName
    | "finaliseRound"
    | "decideProposal"
    | "objectToRound"
    | "decideObjection"
    | "annulRound"
    | "abandonProposal",
) {
  const t = await getTranslations("rounds.done");
  return { done: t(name) };
}
