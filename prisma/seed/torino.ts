/** Torino's story: one of everything, each stage with something in it, dates counted from today. */

import {
  declareConflict,
  requestIntegration,
  scoreProposal,
  startAssessment,
} from "@/features/assessment/service";
import type { CallValues } from "@/features/calls/schema";
import { comment } from "@/features/proposals/engagement-service";
import { parseRule } from "@/voting/allocation/rule-spec";
import { AXTO_ROLL, tellAxto } from "./axto";
import { tellLine } from "./pacts";
import { settleRoll } from "./people";
import { type KnownCommons, readCommons, settleCommons, settleHouses } from "./places";
import {
  criteria,
  demoAnswers,
  pointsAddingTo,
  tellAdhesions,
  tellCall,
  tellDecision,
  tellPublication,
  tellScores,
  tellSubmission,
} from "./steps";
import type { Story } from "./story";
import { type Lines, tellFirstMoney, tellPacts, tellSecondMoney } from "./torino-money";
import { tellBallots, tellFunding, tellOpening, tellResult } from "./voting";

type Say = (line: string) => void;

export async function tellTorino(story: Story, say: Say): Promise<void> {
  await settleRoll(story.municipality, AXTO_ROLL);
  await settleHouses(story.municipality);
  const known = await readCommons();
  const lines = await tellLines(story);
  say("Torino: 34 beni comuni / commons");
  await Promise.all(known.map((commons) => settleCommons(story, { ...commons, facts: factsOf(commons) })));
  await tellAxto(story, say);
  say("Torino: un bando finito / a finished call");
  const first = await tellFirstCall(story, known, lines);
  say("Torino: patti e denaro / pacts and money");
  const pacts = await tellPacts(story, first.funded, first.proponents);
  const money = await tellFirstMoney(story, pacts, lines);
  say("Torino: una votazione da aprire / a round to come");
  const vote = await tellBallotCall(story, known, lines);
  await tellSecondMoney(story, money);
  const assessed = await tellAssessedCall(story, known);
  await tellOpenCall(story, known, lines);
  await tellAssessments(story, assessed);
  say("Torino: votazione aperta / voting open");
  await tellOpenRound(story, vote);
  await story.advanceTo(story.day(0));
}

async function tellLines(story: Story): Promise<Lines> {
  const year = Number(story.today.slice(0, 4));
  const works = await tellLine(story, {
    ...{ name: "Lavori sui beni comuni", fund: "Co-City", year, kind: "investment", budgetCents: 62_000_000 },
  });
  const care = await tellLine(story, {
    ...{ name: "Cura e attività", fund: "Bilancio comunale", year, kind: "current", budgetCents: 18_000_000 },
  });
  return { works, care };
}

function callValues(
  story: Story,
  call: Pick<CallValues, "title" | "summary"> & {
    opens: number;
    closes: number;
    lines: string[];
    scores?: number;
  },
): CallValues {
  return {
    title: call.title,
    summary: call.summary,
    objectives: "Riaprire luoghi, prendersene cura insieme, tenere i conti sotto gli occhi di tutti.",
    whoMay: "Residenti e city user dai 16 anni, gruppi informali, associazioni, scuole.",
    documentsAsked: "Una fotografia del luogo; se ci sono lavori, una stima.",
    scopes: ["A", "B", "C", "schools"],
    opensOn: story.day(call.opens),
    closesOn: story.day(call.closes),
    rolling: false,
    threshold: 70,
    requiredScores: call.scores ?? 2,
    lines: call.lines,
    criteria,
    maxCostCents: 15_000_000n,
  };
}

/** Submits and publishes one proposal on a known commons. */
async function tellProposal(story: Story, commons: KnownCommons, call: string, index: number, euro: number) {
  const name = `${call.slice(0, 8)} ${commons.id}`;
  const proponent = story.resident(index);
  const id = await tellSubmission(story, {
    ...{ name, call, commons: commons.id, proponent, costCents: BigInt(euro) * 100n },
    subject: {
      kind: index % 3 === 2 ? "informal_group" : "association",
      name: `Gruppo di prova ${commons.name}`,
    },
    answers: demoAnswers(`Prendiamoci cura: ${commons.name}`, `Una proposta per ${commons.name}.`),
  });
  return { name, id, proponent };
}

function pick(known: readonly KnownCommons[], numbers: readonly number[]): KnownCommons[] {
  return numbers.flatMap(
    (number) => known.find(({ id }) => id === `co-city-${String(number).padStart(2, "0")}`) ?? [],
  );
}

async function tellFirstCall(story: Story, known: readonly KnownCommons[], lines: Lines) {
  const call = await tellCall(
    story,
    "primo",
    callValues(story, {
      title: "Co-City, primo bando di prova",
      summary: "Beni comuni da riaprire e da curare: otto proposte, un voto, i patti che ne sono nati.",
      ...{ opens: -365, closes: -335, lines: [lines.works, lines.care] },
    }),
  );
  await story.advanceTo(story.day(-360));
  const euros = [88_000, 61_500, 74_000, 46_000, 21_800, 12_400, 9_600, 29_900];
  const places = pick(known, [1, 2, 4, 5, 16, 20, 21, 27]);
  const proposals = await Promise.all(
    places.map(async (commons, index) => {
      const proposal = await tellProposal(story, commons, call, index, euros[index] ?? 10_000);
      await tellPublication(story, proposal.name, proposal.id);
      await tellAdhesions(story, proposal.name, proposal.id, (index % 4) + 1);
      return proposal;
    }),
  );
  await story.advanceTo(story.day(-330));
  await Promise.all(
    proposals.map(async ({ name, id }, index) => {
      await tellScores(story, name, id, [7200 + index * 150, 7600 + index * 90], criteria);
      await tellDecision(story, name, id, true);
    }),
  );
  const round = await tellOpening(story, "primo", {
    call,
    values: {
      title: "Co-City, primo voto di prova",
      summary:
        "Ognuno poteva approvare fino a quattro progetti; il denaro è diviso in parti uguali fra chi vota.",
      ...{ ballotType: "approval", least: 1, most: 4, budgetCents: 25_000_000n },
      rule: parseRule({ rule: "mes", completion: "add1u" }),
      proposals: proposals.map(({ id }) => id),
      opensOn: story.day(-315),
      closesAt: new Date(`${story.day(-300)}T20:00:00Z`),
      requiredAttestations: 2,
      objectionDays: 10,
    },
  });
  await tellBallots(story, "primo", round, inventedBallots(240, proposals.length, 4));
  await tellResult(story, "primo", round, { close: story.day(-300), final: story.day(-289) });
  const { funded } = await tellFunding(story, "primo", round);
  const proponents = new Map(proposals.map(({ id, proponent }) => [id, proponent]));
  return { funded, proponents };
}

type Vote = { call: string; proposals: string[] };

async function tellBallotCall(story: Story, known: readonly KnownCommons[], lines: Lines): Promise<Vote> {
  const call = await tellCall(
    story,
    "secondo",
    callValues(story, {
      title: "Co-City, giardini e piazze",
      summary: "Sei luoghi all'aperto, ammessi al voto di questi giorni. (Bando di prova.)",
      ...{ opens: -120, closes: -90, lines: [lines.care] },
    }),
  );
  await story.advanceTo(story.day(-110));
  const euros = [14_000, 8_500, 22_000, 6_400, 11_200, 17_500];
  const proposals = await Promise.all(
    pick(known, [15, 17, 18, 19, 22, 24]).map(async (commons, index) => {
      const proposal = await tellProposal(story, commons, call, index + 2, euros[index] ?? 9000);
      await tellPublication(story, proposal.name, proposal.id);
      await tellAdhesions(story, proposal.name, proposal.id, (index % 3) + 2);
      return proposal;
    }),
  );
  await story.advanceTo(story.day(-85));
  await Promise.all(
    proposals.map(async ({ name, id }, index) => {
      await tellScores(story, name, id, [7050 + index * 200, 7400 + index * 120], criteria);
      await tellDecision(story, name, id, true);
    }),
  );
  return { call, proposals: proposals.map(({ id }) => id) };
}

async function tellAssessedCall(story: Story, known: readonly KnownCommons[]) {
  const call = await tellCall(
    story,
    "terzo",
    callValues(story, {
      title: "Co-City, scuole aperte",
      summary:
        "Cortili e spazi delle scuole da aprire al quartiere: le proposte sono in valutazione. (Bando di prova.)",
      ...{ opens: -48, closes: -10, lines: [], scores: 3 },
    }),
  );
  await story.advanceTo(story.day(-40));
  return Promise.all(
    pick(known, [6, 7, 8, 9, 10, 14]).map(async (commons, index) => {
      const proposal = await tellProposal(story, commons, call, index + 1, 12_000 + index * 3100);
      await tellPublication(story, proposal.name, proposal.id);
      return proposal;
    }),
  );
}

/**
 * One under assessment with two scores of three, one with a conflict, one sent back, one not admitted, one not
 * begun, and one admitted that waits for its round.
 */
async function tellAssessments(
  story: Story,
  proposals: Awaited<ReturnType<typeof tellAssessedCall>>,
): Promise<void> {
  await story.advanceTo(story.day(-9));
  const [scored, conflicted, returned, weak, , strong] = proposals;
  const officer = story.official("responsible_officer");
  if (scored) await tellScores(story, scored.name, scored.id, [7800, 7350], criteria);
  if (conflicted) {
    await story.tell(`assess ${conflicted.name}`, (command) =>
      startAssessment(officer, conflicted.id, command),
    );
    await story.tell(`conflict ${conflicted.name}`, (command) =>
      declareConflict(
        story.official("assessor", 0),
        conflicted.id,
        "Collaboro con il proponente. (Testo dimostrativo.)",
        command,
      ),
    );
    await story.tell(`score ${conflicted.name} 1`, (command) =>
      scoreProposal(
        story.official("assessor", 1),
        conflicted.id,
        { points: pointsAddingTo(criteria, 6900), reason: "Valutazione dimostrativa." },
        command,
      ),
    );
  }
  if (returned) {
    await story.tell(`assess ${returned.name}`, (command) => startAssessment(officer, returned.id, command));
    await story.tell(`return ${returned.name}`, (command) =>
      requestIntegration(
        officer,
        returned.id,
        { reason: "Manca la stima dei lavori in cortile. (Testo dimostrativo.)", dueOn: story.day(12) },
        command,
      ),
    );
  }
  if (weak) {
    await tellScores(story, weak.name, weak.id, [5200, 6100, 5800], criteria);
    await tellDecision(story, weak.name, weak.id, false);
  }
  if (strong) {
    await tellScores(story, strong.name, strong.id, [8100, 7650, 7900], criteria);
    await tellDecision(story, strong.name, strong.id, true);
  }
}

async function tellOpenCall(story: Story, known: readonly KnownCommons[], lines: Lines): Promise<void> {
  await story.advanceTo(story.day(-20));
  const call = await tellCall(story, "aperto", {
    ...callValues(story, {
      title: "Co-City, bando a sportello",
      summary:
        "Aperto ora: proponi un bene comune da riaprire o da curare. Le proposte si valutano man mano. (Bando di prova.)",
      ...{ opens: -20, closes: 40, lines: [lines.works, lines.care] },
    }),
    rolling: true,
  });
  await story.advanceTo(story.day(-18));
  const [published, talked, waiting] = pick(known, [11, 13, 30]);
  for (const [index, commons] of [published, talked].entries()) {
    if (!commons) continue;
    const proposal = await tellProposal(story, commons, call, index + 3, 19_000 + index * 7000);
    await tellPublication(story, proposal.name, proposal.id);
    await tellAdhesions(story, proposal.name, proposal.id, 3);
    await story.memory.once(`comments ${proposal.name}`, async () => {
      const words = [
        "Passo di qui ogni giorno: contate su di me per l'apertura. (Commento dimostrativo.)",
        "La sera manca la luce, ci avete pensato? (Commento dimostrativo.)",
      ];
      for (const [person, text] of words.entries())
        await comment(story.resident(person + 1), proposal.id, text);
      return "done";
    });
  }
  if (waiting) await tellProposal(story, waiting, call, 5, 7_800);
}

async function tellOpenRound(story: Story, vote: Vote): Promise<void> {
  const round = await tellOpening(story, "aperto", {
    call: vote.call,
    values: {
      title: "Giardini e piazze: scegli tu",
      summary: "Sei luoghi, 40.000 euro: approvane fino a quattro. (Votazione di prova.)",
      ...{ ballotType: "approval", least: 1, most: 4, budgetCents: 4_000_000n },
      rule: parseRule({ rule: "mes", completion: "add1u" }),
      proposals: vote.proposals,
      opensOn: story.day(-5),
      closesAt: new Date(`${story.day(9)}T20:00:00Z`),
      requiredAttestations: 2,
      objectionDays: 10,
    },
  });
  await tellBallots(story, "aperto", round, inventedBallots(37, vote.proposals.length, 4));
}

/** Ballots of nobody, always the same ones: a linear congruence picks them (Numerical Recipes, section 7.1). */
function inventedBallots(count: number, projects: number, most: number): number[][] {
  let state = 20170301;
  const next = (below: number) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  return Array.from({ length: count }, () => {
    const choices = new Set<number>();
    const wanted = 1 + next(most);
    while (choices.size < wanted) choices.add(1 + Math.min(next(projects), next(projects)));
    return [...choices].sort((a, b) => a - b);
  });
}

function factsOf(commons: KnownCommons): Record<string, unknown> {
  const { scope, stage, score, durationYears, amountEuro, note, proponents, andOthers } = commons;
  return { scope, stage, score, durationYears, amountEuro, note, proponents, andOthers };
}
