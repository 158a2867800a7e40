/** Torino's story: one of everything, each stage with something in it, dates counted from today. */

import {
  declareConflict,
  requestIntegration,
  scoreProposal,
  startAssessment,
} from "@/features/assessment/service";
import { noMoreLimits } from "@/features/rounds/service";
import { parseRule } from "@/voting/allocation/rule-spec";
import { settleAxto } from "./axto";
import { inventedBallots } from "./invented-ballots";
import { tellLine } from "./pacts";
import { settleRoll } from "./people";
import { type KnownCommons, readCommons, settleCommons, settleHouses } from "./places";
import { tellAnnouncement, tellSealedOpening } from "./sealed";
import {
  criteria,
  pointsAddingTo,
  tellAdhesions,
  tellCall,
  tellDecision,
  tellPublication,
  tellScores,
} from "./steps";
import type { Story } from "./story";
import { tellTalk } from "./talk";
import { FIRST_MONEY, type Lines, tellFirstMoney, tellPacts, tellSecondMoney } from "./torino-money";
import { callValues, pick, tellProposal } from "./torino-proposals";
import { tellOfYears } from "./turn-of-year";
import { tellBallots, tellFunding, tellOpening, tellResult } from "./voting";

type Say = (line: string) => void;

/** Invented people, enough for a roll as long as a district's. */
const PEOPLE_ON_ROLL = 9600;

export async function tellTorino(story: Story, say: Say): Promise<void> {
  await settleRoll(story.municipality, PEOPLE_ON_ROLL);
  await settleHouses(story.municipality);
  const known = await readCommons();
  const { first: firstLines, current: lines } = await tellOfYears(story, FIRST_MONEY, (year, suffix) =>
    tellLines(story, year, suffix),
  );
  say("Torino: 34 beni comuni / commons");
  await Promise.all(known.map((commons) => settleCommons(story, { ...commons, facts: factsOf(commons) })));
  await settleAxto(story);
  say("Torino: un bando finito / a finished call");
  const first = await tellFirstCall(story, known, firstLines);
  say("Torino: patti e denaro / pacts and money");
  const pacts = await tellPacts(story, first.funded, first.proponents);
  const money = await tellFirstMoney(story, pacts, firstLines);
  say("Torino: una votazione da aprire / a round to come");
  const votes = await tellVotedCalls(story, known, lines);
  // Its keys are gathered while the story goes on.
  const sealed = await tellAnnouncement(story, "segreto", sealedRound(story, votes.sealed));
  await tellSecondMoney(story, money);
  const assessed = await tellAssessedCall(story, known);
  await tellOpenCall(story, known, lines);
  await tellAssessments(story, assessed);
  say("Torino: votazione aperta / voting open");
  await tellOpenRound(story, votes.open);
  say("Torino: votazione segreta aperta / sealed voting open");
  await tellSealedOpening(story, "segreto", sealed);
  await story.advanceTo(story.day(0));
}

async function tellLines(story: Story, year: number, suffix: string): Promise<Lines> {
  const [works, care] = [`Lavori sui beni comuni${suffix}`, `Cura e attività${suffix}`];
  return {
    works: await tellLine(story, {
      ...{ name: works, fund: "Co-City", year, kind: "investment", budgetCents: 62_000_000 },
    }),
    care: await tellLine(story, {
      ...{ name: care, fund: "Bilancio comunale", year, kind: "current", budgetCents: 18_000_000 },
    }),
  };
}

async function tellFirstCall(story: Story, known: readonly KnownCommons[], lines: Lines) {
  const call = await tellCall(
    story,
    "primo",
    callValues(story, {
      title: "Riapriamo: edifici e piazze da curare insieme",
      summary:
        "Il primo bando: otto proposte, un voto, cinque patti. Da qui si segue che fine hanno fatto i soldi. (Bando inventato.)",
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
      title: "Riapriamo: quali luoghi per primi",
      summary:
        "Ognuno poteva approvare fino a quattro progetti; il denaro è diviso in parti uguali fra chi vota. (Votazione inventata.)",
      ...{ ballotType: "approval", least: 1, most: 4, budgetCents: 25_000_000n },
      ...noMoreLimits,
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
  const proponents = new Map(
    proposals.map(({ id, proponent, words }) => [id, { proponent, title: words.pact }]),
  );
  return { funded, proponents };
}

type Vote = { call: string; proposals: string[] };

/** The calls whose proposals are voted these days: one with open ballots, one with sealed ones. */
const voted = {
  open: {
    name: "secondo",
    title: "Più ombra, più panchine: giardini e piazze",
    summary:
      "Sei luoghi all'aperto, arrivati al voto di questi giorni: alberi, sedute, un palco, una rampa. (Bando inventato.)",
    places: [15, 17, 18, 19, 22, 24],
    euros: [14_000, 8_500, 22_000, 6_400, 11_200, 17_500],
  },
  sealed: {
    name: "segreto",
    title: "Prati e orti di periferia",
    summary:
      "Tre luoghi verdi, scelti con un voto segreto: nessun ente da solo può sapere chi ha scelto che cosa. (Bando inventato.)",
    places: [25, 28, 33],
    euros: [9_000, 7_200, 12_800],
  },
} as const;

async function tellVotedCalls(
  story: Story,
  known: readonly KnownCommons[],
  lines: Lines,
): Promise<Record<keyof typeof voted, Vote>> {
  const values = { opens: -120, closes: -90, lines: [lines.care] };
  const calls = await Promise.all(
    Object.values(voted).map(({ name, title, summary }) =>
      tellCall(story, name, callValues(story, { title, summary, ...values })),
    ),
  );
  await story.advanceTo(story.day(-110));
  const votes = await Promise.all(
    Object.values(voted).map(async ({ places, euros }, at) => {
      const call = calls[at] ?? "";
      const proposals = await Promise.all(
        pick(known, places).map(async (commons, index) => {
          const proposal = await tellProposal(story, commons, call, index + 2 - at, euros[index] ?? 9000);
          await tellPublication(story, proposal.name, proposal.id);
          await tellAdhesions(story, proposal.name, proposal.id, at === 0 ? (index % 3) + 2 : 1);
          return proposal;
        }),
      );
      return { call, proposals };
    }),
  );
  await story.advanceTo(story.day(-85));
  await Promise.all(
    votes.flatMap(({ proposals }) =>
      proposals.map(async ({ name, id }, index) => {
        await tellScores(story, name, id, [7050 + index * 200, 7400 + index * 120], criteria);
        await tellDecision(story, name, id, true);
      }),
    ),
  );
  const [open, sealed] = votes.map(({ call, proposals }) => ({
    ...{ call, proposals: proposals.map(({ id }) => id) },
  }));
  if (!open || !sealed) throw new Error("two calls are voted");
  return { open, sealed };
}

async function tellAssessedCall(story: Story, known: readonly KnownCommons[]) {
  const call = await tellCall(
    story,
    "terzo",
    callValues(story, {
      title: "Scuole aperte anche il pomeriggio",
      summary:
        "Cortili e aule da aprire al quartiere quando le lezioni sono finite. La commissione sta leggendo le proposte. (Bando inventato.)",
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
        "Lavoro da due anni con una delle persone che propongono: non sarei imparziale. (Testo inventato.)",
        command,
      ),
    );
    await story.tell(`score ${conflicted.name} 1`, (command) =>
      scoreProposal(
        story.official("assessor", 1),
        conflicted.id,
        {
          points: pointsAddingTo(criteria, 6900),
          reason:
            "Bella idea, ma chi apre il palco la sera? La scuola non ha ancora detto di sì. (Testo inventato.)",
        },
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
        {
          reason:
            "Togliere l'asfalto costa più di quanto scritto: serve una stima firmata da un tecnico, con il prezzo dello smaltimento. (Testo inventato.)",
          dueOn: story.day(12),
        },
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
      title: "Hai un luogo in mente? Sportello sempre aperto",
      summary:
        "Un edificio vuoto, un'aiuola, un cortile: raccontalo. Non c'è da aspettare la fine del bando, la commissione legge le proposte man mano che arrivano. (Bando inventato.)",
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
    await tellTalk(story, proposal, { withReport: index === 0 });
  }
  if (waiting) await tellProposal(story, waiting, call, 5, 7_800);
}

async function tellOpenRound(story: Story, vote: Vote): Promise<void> {
  const round = await tellOpening(story, "aperto", {
    call: vote.call,
    values: {
      title: "Giardini e piazze: scegli tu",
      summary: "Sei luoghi, 40.000 euro: approvane fino a quattro. (Votazione inventata.)",
      ...{ ballotType: "approval", least: 1, most: 4, budgetCents: 4_000_000n },
      ...noMoreLimits,
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

function sealedRound(story: Story, { call, proposals }: Vote) {
  return {
    call,
    values: {
      title: "Prati e orti: un voto segreto",
      summary:
        "Tre luoghi, 18.000 euro: approvane fino a due. Prendi la credenziale e vota: è una prova, chiunque degli abitanti inventati può farlo. (Votazione inventata.)",
      ...{ ballotType: "approval" as const, least: 1, most: 2, budgetCents: 1_800_000n },
      ...noMoreLimits,
      rule: parseRule({ rule: "mes", completion: "add1u" }),
      proposals,
      opensOn: story.day(-5),
      closesAt: new Date(`${story.day(9)}T18:00:00Z`),
      requiredAttestations: 2,
      objectionDays: 10,
    },
  };
}

function factsOf(commons: KnownCommons): Record<string, unknown> {
  const { scope, stage, score, durationYears, amountEuro, note, proponents, andOthers } = commons;
  return { scope, stage, score, durationYears, amountEuro, note, proponents, andOthers };
}
