/** A small Comune: one commons cared for by a pact, one call open, one assembly to vote. Two clerks do it all. */
import { parseRule } from "@/voting/allocation/rule-spec";
import {
  tellActivation,
  tellApproval,
  tellCoDesign,
  tellCommitment,
  tellDraftPact,
  tellLine,
  tellMilestone,
  tellPayee,
  tellPayment,
  tellSignatures,
} from "./pacts";
import { settleRoll } from "./people";
import {
  criteria,
  demoAnswers,
  tellAdhesions,
  tellCall,
  tellDecision,
  tellPublication,
  tellScores,
  tellSubmission,
} from "./steps";
import type { Story } from "./story";
import { tellBallots, tellFunding, tellOpening, tellResult } from "./voting";

const places = [
  {
    name: "Lavatoio di prova",
    description: "Un lavatoio coperto da riaprire. (Luogo dimostrativo.)",
    ...{ kind: "building", address: "via di prova 1, Agliè", lat: 45.3672, lon: 7.7688 },
  },
  {
    name: "Orto della scuola di prova",
    description: "Un orto dietro la scuola, da curare insieme. (Luogo dimostrativo.)",
    ...{ kind: "building", address: "via di prova 12, Agliè", lat: 45.3651, lon: 7.7703 },
  },
] as const;

export async function tellAglie(story: Story): Promise<void> {
  await settleRoll(story.municipality, 220);
  const year = Number(story.today.slice(0, 4));
  const line = await tellLine(story, {
    ...{
      name: "Beni comuni di Agliè",
      fund: "Bilancio comunale",
      year,
      kind: "current",
      budgetCents: 1_500_000,
    },
  });
  const values = {
    objectives: "Curare insieme i luoghi del paese.",
    whoMay: "Chi abita, studia o lavora ad Agliè, dai 16 anni.",
    documentsAsked: "",
    scopes: ["B" as const, "C" as const],
    threshold: 70,
    requiredScores: 2,
    lines: [line],
    criteria,
    maxCostCents: 800_000n,
  };
  const call = await tellCall(story, "assemblea", {
    ...values,
    title: "Agliè si prende cura",
    summary: "Due proposte, votate in assemblea. (Bando di prova.)",
    ...{ opensOn: story.day(-200), closesOn: story.day(-170), rolling: false },
  });
  await story.advanceTo(story.day(-190));
  const proposals = await Promise.all(
    places.map(async (place, index) => {
      const proponent = story.resident(index);
      const id = await tellSubmission(story, {
        ...{ name: place.name, call, commons: place, proponent, costCents: index ? 310_000n : 640_000n },
        subject: { kind: "association", name: `Gruppo di prova ${place.name}` },
        answers: demoAnswers(place.name, `Una proposta per ${place.name}.`),
      });
      await tellPublication(story, place.name, id);
      await tellAdhesions(story, place.name, id, 2);
      return { id, proponent, name: place.name };
    }),
  );
  await story.advanceTo(story.day(-165));
  for (const [index, { name, id }] of proposals.entries()) {
    await tellScores(story, name, id, [7600 + index * 100, 7900], criteria);
    await tellDecision(story, name, id, true);
  }
  const round = await tellOpening(story, "assemblea", {
    call,
    values: {
      title: "Assemblea di Agliè",
      summary: "Una scelta fra due proposte. (Votazione di prova.)",
      ...{ ballotType: "choice", least: 1, most: 1, budgetCents: 800_000n },
      rule: parseRule({ rule: "greedy" }),
      proposals: proposals.map(({ id }) => id),
      opensOn: story.day(-150),
      closesAt: new Date(`${story.day(-143)}T20:00:00Z`),
      requiredAttestations: 2,
      objectionDays: 5,
    },
  });
  const ballots = Array.from({ length: 61 }, (_, index) => [index % 3 === 0 ? 2 : 1]);
  await tellBallots(story, "assemblea", round, ballots);
  await tellResult(story, "assemblea", round, { close: story.day(-143), final: story.day(-137) });
  const { funded } = await tellFunding(story, "assemblea", round);
  const proposal = proposals.find(({ id }) => id === funded[0]);
  if (proposal) await tellLavatoio(story, proposal, line);
  await tellOpenCall(story, values);
  await story.advanceTo(story.day(0));
}

async function tellLavatoio(
  story: Story,
  { id, proponent }: { id: string; proponent: ReturnType<Story["resident"]> },
  line: string,
): Promise<void> {
  await tellCoDesign(story, "lavatoio", id);
  await story.advanceTo(story.day(-100));
  const pact = await tellDraftPact(story, {
    ...{ name: "lavatoio", proposal: id, title: "Patto per il lavatoio (prova)" },
    ...{ startsOn: story.day(-90), endsOn: story.day(-90 + 730) },
  });
  await tellApproval(story, "lavatoio", pact, false);
  await story.advanceTo(story.day(-90));
  await tellSignatures(story, "lavatoio", pact, proponent);
  await tellActivation(story, "lavatoio", pact, story.day(300));
  const payee = await tellPayee(story, "Artigiano di prova");
  const [first] = await tellCommitment(story, {
    ...{ name: "lavatoio", line, pact, payee, amountCents: 640_000, investment: false },
    milestones: [
      {
        title: "Tetto",
        deliverable: "Il tetto è riparato. (Testo dimostrativo.)",
        ...{ dueOn: story.day(-60), amountCents: 400_000 },
      },
      {
        title: "Apertura",
        deliverable: "Il lavatoio è aperto. (Testo dimostrativo.)",
        ...{ dueOn: story.day(45), amountCents: 200_000 },
      },
    ],
    reports: [{ kind: "annual", dueOn: story.day(250) }],
  });
  if (!first) return;
  await story.advanceTo(story.day(-58));
  await tellMilestone(story, "lavatoio.1", first, proponent, "accepted");
  await tellPayment(story, "lavatoio.1", {
    milestone: first,
    amountCents: 400_000,
    proponent,
    stage: "paid",
  });
}

async function tellOpenCall(
  story: Story,
  values: Omit<Parameters<typeof tellCall>[2], "title" | "summary" | "opensOn" | "closesOn" | "rolling">,
) {
  await story.advanceTo(story.day(-15));
  const call = await tellCall(story, "aperto", {
    ...values,
    title: "Agliè, bando aperto",
    summary: "Proponi un luogo del paese di cui prendersi cura. (Bando di prova.)",
    ...{ opensOn: story.day(-15), closesOn: story.day(60), rolling: true },
  });
  await story.advanceTo(story.day(-12));
  const id = await tellSubmission(story, {
    ...{ name: "sentiero", call, proponent: story.resident(2), costCents: 180_000n },
    commons: {
      name: "Sentiero di prova",
      description: "Un sentiero da tenere pulito. (Luogo dimostrativo.)",
      ...{ kind: "green_area", address: "regione di prova, Agliè", lat: 45.3701, lon: 7.7621 },
    },
    subject: { kind: "informal_group", name: "Gruppo di prova del sentiero" },
    answers: demoAnswers("Sentiero di prova", "Una proposta per il sentiero."),
  });
  await tellPublication(story, "sentiero", id);
}
