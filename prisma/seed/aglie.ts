/** A small Comune: one commons cared for by a pact, one call open, one assembly to vote. Two clerks do it all. */

import type { Answers } from "@/features/proposals/dossier";
import { noMoreLimits } from "@/features/rounds/service";
import { parseRule } from "@/voting/allocation/rule-spec";
import { tellMeeting } from "./meetings";
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
  tellAdhesions,
  tellCall,
  tellDecision,
  tellPublication,
  tellScores,
  tellSubmission,
} from "./steps";
import type { Story } from "./story";
import { tellOfYears, tellTurnOfYear } from "./turn-of-year";
import { tellBallots, tellFunding, tellOpening, tellResult } from "./voting";

const places = [
  {
    name: "Il vecchio lavatoio",
    description:
      "Un lavatoio coperto, chiuso da quando il tetto perde. L'acqua arriva ancora. (Luogo inventato.)",
    ...{ kind: "building", address: "via inventata 1, Agliè", lat: 45.3672, lon: 7.7688 },
    group: "Acqua Chiara (gruppo inventato)",
    title: "Riapriamo il lavatoio",
    summary:
      "Ripariamo il tetto, rimettiamo le panche e lo teniamo aperto il fine settimana: un posto fresco dove fermarsi.",
    needs: "In paese non c'è un luogo coperto dove trovarsi senza dover consumare.",
  },
  {
    name: "L'orto dietro la scuola",
    description: "Mezzo campo di terra buona, con un pozzo e nessuno che lo lavora. (Luogo inventato.)",
    ...{ kind: "building", address: "via inventata 12, Agliè", lat: 45.3651, lon: 7.7703 },
    group: "Zappa e Quaderno (gruppo inventato)",
    title: "Un orto che insegna",
    summary: "Nonni e bambini coltivano insieme; quello che cresce va alla mensa e a chi ne ha bisogno.",
    needs: "La scuola ha la terra ma non le braccia; molti pensionati hanno le braccia ma non la terra.",
  },
] as const;

/** What is proposed for the path that the open call is about. */
const sentiero = {
  group: "Passi Lenti (gruppo inventato)",
  title: "Togliamo i rovi dal sentiero",
  summary:
    "Quattro domeniche di lavoro, segnavia nuovi e un ponticello rifatto, per andare a piedi fino alla frazione.",
  needs: "Chi va a piedi oggi cammina sul bordo della provinciale.",
} as const;

export function aglieAnswers(words: { title: string; summary: string; needs: string }): Answers {
  const { title, summary, needs } = words;
  return {
    ...{ title, needs },
    summary: `${summary} (Proposta inventata per la prova.)`,
    recipients: "Chi abita in paese, i bambini della scuola, chi passa in bicicletta.",
    objectives: "Rimettere a posto il luogo entro l'anno e tenerlo così.",
    activities:
      "Giornate di lavoro la domenica, una festa di apertura, poi turni di cura ogni due settimane.",
    economicPlan: "Materiali e artigiano per i due terzi, attrezzi e assicurazione per il resto.",
    governance: "Decidiamo insieme la prima domenica del mese, dopo il mercato. Tutti possono venire.",
    involvement: "Ne abbiamo parlato alla festa patronale e casa per casa nelle vie vicine.",
    risks: "Siamo in pochi: se uno si ammala i lavori slittano di una settimana.",
  };
}

/** What Agliè's calls have in common. */
export const callTerms = {
  objectives: "Curare insieme i luoghi del paese.",
  whoMay: "Chi abita, studia o lavora ad Agliè, dai 16 anni.",
  documentsAsked: "",
  scopes: ["B" as const, "C" as const],
  threshold: 70,
  requiredScores: 2,
  criteria,
  maxCostCents: 800_000n,
};

export async function tellAglie(story: Story): Promise<void> {
  await settleRoll(story.municipality, 220);
  const { first: line, current } = await tellOfYears(story, FIRST_MONEY, (year, suffix) =>
    tellLine(story, {
      ...{ name: `Beni comuni di Agliè${suffix}`, fund: "Bilancio comunale", year },
      ...{ kind: "current", budgetCents: 1_500_000 },
    }),
  );
  const values = { ...callTerms, lines: [line] };
  const call = await tellCall(story, "assemblea", {
    ...values,
    title: "Agliè si prende cura",
    summary: "Due proposte per il paese, scelte in assemblea con il voto di tutti. (Bando inventato.)",
    ...{ opensOn: story.day(-200), closesOn: story.day(-170), rolling: false },
  });
  await story.advanceTo(story.day(-190));
  const proposals = await Promise.all(
    places.map(async (place, index) => {
      const proponent = story.resident(index);
      const id = await tellSubmission(story, {
        ...{ name: place.name, call, commons: place, proponent, costCents: index ? 310_000n : 640_000n },
        subject: { kind: "association", name: place.group },
        answers: aglieAnswers(place),
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
      title: "Lavatoio oppure orto: sceglie l'assemblea",
      summary: "Una sola scelta fra due proposte, per 8.000 euro. (Votazione inventata.)",
      ...{ ballotType: "choice", least: 1, most: 1, budgetCents: 800_000n },
      ...noMoreLimits,
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
  await tellOpenCall(story, { ...values, lines: [current] });
  await story.advanceTo(story.day(0));
}

/** Days from today on which the money is committed. */
const FIRST_MONEY = -90;

async function tellLavatoio(
  story: Story,
  { id, proponent }: { id: string; proponent: ReturnType<Story["resident"]> },
  line: string,
): Promise<void> {
  await tellCoDesign(story, "lavatoio", id);
  await story.advanceTo(story.day(-100));
  const pact = await tellDraftPact(story, {
    ...{ name: "lavatoio", proposal: id, title: "Patto per il vecchio lavatoio" },
    ...{ startsOn: story.day(-90), endsOn: story.day(-90 + 730) },
  });
  await tellApproval(story, "lavatoio", pact, false);
  await story.advanceTo(story.day(FIRST_MONEY));
  await tellSignatures(story, "lavatoio", pact, proponent);
  await tellActivation(story, "lavatoio", pact, story.day(300));
  await tellMeeting(
    story,
    { name: "lavatoio", id: pact },
    {
      ...{ title: "Il tetto del lavatoio: si comincia", place: "Sala consiliare inventata, Agliè" },
      agenda:
        "Quando si chiude per i lavori, chi porta i ponteggi, dove si va intanto. (Incontro inventato.)",
      day: story.day(25),
    },
  );
  const payee = await tellPayee(story, "Lattoneria Canavese (ditta inventata)");
  const [first] = await tellCommitment(story, {
    ...{ name: "lavatoio", line, pact, payee, amountCents: 640_000 },
    ...{ investment: false, isGrant: false },
    milestones: [
      {
        title: "Il tetto non perde più",
        deliverable: "Coppi e grondaie sistemati; le foto di prima e dopo sono allegate. (Testo inventato.)",
        ...{ dueOn: story.day(-60), amountCents: 400_000 },
      },
      {
        title: "Il lavatoio riapre",
        deliverable: "Aperto il sabato e la domenica, con panche e una fontanella. (Testo inventato.)",
        ...{ dueOn: story.day(45), amountCents: 200_000 },
      },
    ],
    reports: [{ kind: "annual", dueOn: story.day(250) }],
  });
  if (!first) return;
  await story.advanceTo(story.day(-58));
  await tellTurnOfYear(story);
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
    title: "Un luogo del paese da curare",
    summary: "Un sentiero, una cappella, una fontana: dicci quale, e con chi. (Bando inventato.)",
    ...{ opensOn: story.day(-15), closesOn: story.day(60), rolling: true },
  });
  await story.advanceTo(story.day(-12));
  const id = await tellSubmission(story, {
    ...{ name: "sentiero", call, proponent: story.resident(2), costCents: 180_000n },
    commons: {
      name: "Il sentiero dei noccioli",
      description: "Due chilometri fra i noccioli, invasi dai rovi. (Luogo inventato.)",
      ...{ kind: "green_area", address: "regione inventata, Agliè", lat: 45.3701, lon: 7.7621 },
    },
    subject: { kind: "informal_group", name: sentiero.group },
    answers: aglieAnswers(sentiero),
  });
  await tellPublication(story, "sentiero", id);
}
