/** Torino's calls and proposals: what all of them have in common. */

import type { CallValues } from "@/features/calls/schema";
import type { KnownCommons } from "./places";
import { answersOf, wordsFor } from "./proposal-words";
import { criteria, tellSubmission } from "./steps";
import type { Story } from "./story";

export function callValues(
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
    objectives:
      "Riaprire luoghi chiusi, curare quelli che ci sono, e tenere i conti dove tutti li possono leggere.",
    whoMay:
      "Chi abita, studia o lavora a Torino e ha almeno 16 anni: da solo, con un gruppo di amici, con un'associazione o una scuola.",
    documentsAsked: "Una fotografia del luogo. Se ci sono lavori, una stima: ti aiuta la Casa del Quartiere.",
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
export async function tellProposal(
  story: Story,
  commons: KnownCommons,
  call: string,
  index: number,
  euro: number,
) {
  const name = `${call.slice(0, 8)} ${commons.id}`;
  const proponent = story.resident(index);
  const words = wordsFor(commons.id);
  const id = await tellSubmission(story, {
    ...{ name, call, commons: commons.id, proponent, costCents: BigInt(euro) * 100n },
    subject: {
      kind: index % 3 === 2 ? "informal_group" : "association",
      name: `${words.group} (gruppo inventato)`,
    },
    answers: answersOf(words, index),
  });
  return { name, id, proponent, words };
}

export function pick(known: readonly KnownCommons[], numbers: readonly number[]): KnownCommons[] {
  return numbers.flatMap(
    (number) => known.find(({ id }) => id === `co-city-${String(number).padStart(2, "0")}`) ?? [],
  );
}
