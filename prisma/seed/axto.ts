/**
 * AxTO, action 4.01, 2018: the ten published rows as a round of single choices. The totals of votes and the technical
 * scores are the published ones; the single ballots are a reconstruction that adds up to them, and says so.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { slugOf } from "@/features/proposals/rules";
import { parseRule } from "@/voting/allocation/rule-spec";
import { settleCommons } from "./places";
import {
  criteria,
  demoAnswers,
  tellCall,
  tellDecision,
  tellPublication,
  tellScores,
  tellSubmission,
} from "./steps";
import type { Story } from "./story";
import { tellBallots, tellFunding, tellOpening, tellResult } from "./voting";

const SOURCE =
  "http://www.quotidianopiemontese.it/2018/03/30/pubblicati-risultati-di-axto-ma-scoppia-la-polemica-sui-dati-di-chi-ha-votato/";
/** People enabled to vote, as published. */
export const AXTO_ROLL = 9637;

export async function tellAxto(story: Story, say: (line: string) => void): Promise<void> {
  const projects = await readRanking();
  const call = await tellCall(story, "AxTO 2018", {
    title: "AxTO 2018, azione 4.01 (ricostruzione)",
    summary:
      "Ricostruzione del bando AxTO del 2018 con i dati pubblicati: dieci progetti, punteggi tecnici e voti.",
    objectives: "Progetti di cultura e innovazione sociale nelle periferie, come pubblicati nel 2018.",
    whoMay: "Associazioni e imprese sociali attive a Torino.",
    documentsAsked: "",
    scopes: ["B"],
    opensOn: story.day(-425),
    closesOn: story.day(-410),
    rolling: false,
    threshold: 60,
    requiredScores: 1,
    lines: [],
    criteria,
    maxCostCents: 10_000_000n,
  });
  await story.advanceTo(story.day(-420));
  const ids = await Promise.all(
    projects.map(async (project, index) => {
      const commons = `axto-${slugOf(project.name)}`;
      await settleCommons(story, {
        ...{
          id: commons,
          name: project.name,
          kind: "immaterial",
          address: null,
          district: null,
          sources: [SOURCE],
        },
        facts: {
          year: 2018,
          technicalScore: project.score,
          votes: project.votes,
          publishedVotePoints: project.votePoints,
          publishedTotal: project.total,
          requestedEuro: project.euro,
        },
      });
      const id = await tellSubmission(story, {
        ...{ name: commons, call, commons, proponent: story.resident(index) },
        subject: { kind: "association", name: project.proponent },
        answers: demoAnswers(project.name, `Progetto di ${project.proponent}, AxTO 2018.`),
        costCents: BigInt(project.euro) * 100n,
      });
      await tellPublication(story, commons, id);
      return id;
    }),
  );
  await story.advanceTo(story.day(-405));
  await Promise.all(
    projects.map(async (project, index) => {
      const id = ids[index] as string;
      const name = `axto ${project.name}`;
      await tellScores(story, name, id, [Math.round(project.score * 100)], criteria);
      await tellDecision(story, name, id, true);
    }),
  );
  const round = await tellOpening(story, "AxTO", {
    call,
    reconstruction: true,
    values: {
      title: "AxTO 2018: il voto (ricostruzione)",
      summary:
        "I voti pubblicati nel 2018, ricostruiti scheda per scheda. Nel 2018 nessuno poteva ricontarli: qui chiunque può.",
      ballotType: "choice",
      least: 1,
      most: 1,
      rule: parseRule({ rule: "greedy" }),
      budgetCents: BigInt(projects.reduce((sum, { euro }) => sum + euro, 0)) * 100n,
      proposals: ids,
      opensOn: story.day(-395),
      closesAt: new Date(`${story.day(-380)}T20:00:00Z`),
      requiredAttestations: 2,
      objectionDays: 10,
    },
  });
  const ballots = projects.flatMap(({ votes }, index) => Array.from({ length: votes }, () => [index + 1]));
  let told = 0;
  await tellBallots(story, "AxTO", round, ballots, (cast) => {
    if (cast - told < 1000 && cast < ballots.length) return;
    told = cast;
    say(`AxTO 2018: ${cast} / ${ballots.length}`);
  });
  await tellResult(story, "AxTO", round, { close: story.day(-380), final: story.day(-368) });
  await tellFunding(story, "AxTO", round);
}

type Project = {
  name: string;
  proponent: string;
  score: number;
  votes: number;
  votePoints: number;
  total: number;
  euro: number;
};

async function readRanking(): Promise<Project[]> {
  const text = await readFile(join(process.cwd(), "prisma", "seed", "data", "axto-2018-ranking.csv"), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [name = "", proponent = "", score, votes, votePoints, total, euro] = line.split(",");
      return {
        name,
        proponent,
        score: Number(score),
        votes: Number(votes),
        votePoints: Number(votePoints),
        total: Number(total),
        euro: Number(euro),
      };
    });
}
