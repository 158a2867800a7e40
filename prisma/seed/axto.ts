/**
 * AxTO, action 4.01, 2018: ten published rows as facts of before. Who voted, when, and how much there was to give
 * was not published: nothing of it is told on the ledger.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { slugOf } from "@/features/proposals/rules";
import { settleCommons } from "./places";
import type { Story } from "./story";

const SOURCE =
  "http://www.quotidianopiemontese.it/2018/03/30/pubblicati-risultati-di-axto-ma-scoppia-la-polemica-sui-dati-di-chi-ha-votato/";

export async function settleAxto(story: Story): Promise<void> {
  const projects = await readRanking();
  await Promise.all(
    projects.map(({ name, proponent, score, votes, votePoints, total, euro }) =>
      settleCommons(story, {
        ...{ id: `axto-${slugOf(name)}`, name, kind: "immaterial", address: null, district: null },
        sources: [SOURCE],
        facts: {
          ...{ year: 2018, publishedVote: "AxTO 2018, azione 4.01", proponents: [proponent] },
          ...{ technicalScore: score, votes, publishedVotePoints: votePoints, publishedTotal: total },
          requestedEuro: euro,
        },
      }),
    ),
  );
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
