/** Stretches of the way that every story goes: a call, a proposal, its assessment, a pact, a payment. */

import {
  admitProposal,
  publishProposal,
  rejectProposal,
  scoreProposal,
  startAssessment,
} from "@/features/assessment/service";
import type { CallValues } from "@/features/calls/schema";
import { createCall, publishCall } from "@/features/calls/service";
import type { Answers } from "@/features/proposals/dossier";
import { adhere } from "@/features/proposals/engagement-service";
import { saveStep, startDraft, submitProposal } from "@/features/proposals/service";
import { db } from "@/lib/db";
import type { Actor } from "@/protocol/primitives";
import { act, paper } from "./papers";
import type { Story } from "./story";

export async function tellCall(story: Story, name: string, values: CallValues): Promise<string> {
  const officer = story.official("responsible_officer");
  const id = await story.memory.once(`${story.slug} call ${name}`, () => createCall(officer, values));
  await story.tell(`call ${name}`, async (command) => {
    const { id: upload, hash: file } = await paper(officer, `Determina di indizione ${name}`);
    const number = `DD ${command.slice(0, 4)}`;
    const date = (await chainDay(story)) ?? values.opensOn;
    const act = { kind: "determina" as const, number, date, body: "Area beni comuni", file };
    await publishCall(officer, id, { act, upload }, command);
  });
  return id;
}

export type ProposalTale = {
  /** Short and unique within the story. */
  name: string;
  call: string;
  /** A commons that is known already, or a new place. */
  commons:
    | string
    | { name: string; kind: string; description: string; address: string; lat: number; lon: number };
  subject: { kind: string; name: string };
  answers: Answers;
  costCents: bigint;
  proponent: Actor;
};

/** Writes a dossier screen by screen, as its proponent would, and submits it. */
export async function tellSubmission(story: Story, tale: ProposalTale): Promise<string> {
  const { proponent, name } = tale;
  const id = await story.memory.once(`${story.slug} proposal ${name}`, () =>
    startDraft(proponent, tale.call),
  );
  await story.tell(`submit ${name}`, async (command) => {
    const draft = await db.proposal.findUniqueOrThrow({
      where: { municipality_id: { municipality: story.municipality, id } },
    });
    if (draft.revision === 0) await writeDossier(id, tale);
    await submitProposal(proponent, id, command);
  });
  return id;
}

async function writeDossier(id: string, tale: ProposalTale): Promise<void> {
  const { proponent, commons, subject, answers, costCents } = tale;
  const place =
    typeof commons === "string"
      ? {
          existing: commons,
          name: "",
          kind: "",
          description: "",
          address: null,
          lat: null,
          lon: null,
          district: null,
        }
      : { existing: null, district: null, ...commons };
  const first = { answers: { title: answers.title ?? "" }, place };
  let revision = await saveStep(proponent, id, { step: "where", revision: 0, values: first });
  const whole = {
    answers,
    subject: { existing: null, fiscalCode: null, email: null, ...subject },
    costCents,
  };
  revision = await saveStep(proponent, id, { step: "finish", revision, values: whole });
}

export async function tellPublication(story: Story, name: string, id: string): Promise<void> {
  await story.tell(`publish ${name}`, (command) =>
    publishProposal(story.official("responsible_officer"), id, command),
  );
}

export async function tellAdhesions(story: Story, name: string, id: string, count: number): Promise<void> {
  const kinds = ["support", "time", "support", "resources"] as const;
  for (let index = 0; index < count; index += 1)
    await story.tell(`adhere ${name} ${index}`, (command) =>
      adhere(story.resident(index), id, kinds[index % kinds.length] ?? "support", command),
    );
}

/** Points in hundredths for each criterion so that they add up to `total`, none above its weight. */
export function pointsAddingTo(
  criteria: readonly { id: string; weight: number }[],
  total: number,
): Record<string, number> {
  let left = total;
  const points: Record<string, number> = {};
  criteria.forEach(({ id, weight }, index) => {
    const isLast = index === criteria.length - 1;
    const share = isLast ? left : Math.min(weight * 100, Math.floor((total * weight) / 100));
    points[id] = Math.min(share, weight * 100);
    left -= points[id];
  });
  return points;
}

/** Has as many assessors score as the call wants; each a little apart, all adding up to the same mean. */
export async function tellScores(
  story: Story,
  name: string,
  id: string,
  scores: readonly number[],
  criteria: readonly { id: string; weight: number }[],
): Promise<void> {
  await story.tell(`assess ${name}`, (command) =>
    startAssessment(story.official("responsible_officer"), id, command),
  );
  for (const [index, total] of scores.entries())
    await story.tell(`score ${name} ${index}`, (command) =>
      scoreProposal(
        story.official("assessor", index),
        id,
        { points: pointsAddingTo(criteria, total), reason: reasonFor(index, total) },
        command,
      ),
    );
}

/** What an assessor writes beside the points: whoever is refused reads it. */
function reasonFor(assessor: number, total: number): string {
  const texts =
    total >= 7000
      ? [
          "Il bisogno è raccontato bene e i conti tornano. Chiederei di scrivere chi ha le chiavi nei giorni di festa.",
          "Gruppo piccolo ma presente, costi ragionevoli. La parte più forte è il coinvolgimento della scuola.",
          "Si può fare con quello che c'è. Resta da capire la manutenzione dopo il secondo anno.",
        ]
      : [
          "L'idea è buona, ma non si capisce chi tiene aperto dopo il primo anno.",
          "Il piano dei costi è una cifra sola: manca quanto va in lavori e quanto in attività.",
          "Poche persone coinvolte finora; con un altro giro di incontri può tornare al prossimo bando.",
        ];
  return `${texts[assessor % texts.length]} (Testo inventato.)`;
}

export async function tellDecision(story: Story, name: string, id: string, admitted: boolean): Promise<void> {
  const officer = story.official("responsible_officer");
  await story.tell(`decide ${name}`, async (command) => {
    const number = `DD ${command.slice(0, 4)}`;
    const date = (await chainDay(story)) ?? story.today;
    const given = { kind: "determina" as const, number, date, body: "Area beni comuni" };
    const { act: determina } = await act(officer, given, { type: "proposal", id });
    if (admitted) await admitProposal(officer, id, determina, command);
    else
      await rejectProposal(
        officer,
        id,
        { act: determina, reason: "Il punteggio medio è sotto la soglia del bando." },
        command,
      );
  });
}

export async function chainDay(story: Story): Promise<string | undefined> {
  const where = { municipality_id: { municipality: story.municipality, id: "day" } };
  return (await db.chainDay.findUnique({ where }))?.day;
}

/** Criteria of Co-City's calls; the weights are the demonstration's. */
export const criteria: CallValues["criteria"] = [
  {
    id: "criterion-1",
    weight: 30,
    title: { it: "Cura del bene e del territorio", en: "Care of the commons and its area" },
  },
  {
    id: "criterion-2",
    weight: 25,
    title: { it: "Partecipazione e inclusione", en: "Participation and inclusion" },
  },
  { id: "criterion-3", weight: 25, title: { it: "Sostenibilità economica", en: "Economic sustainability" } },
  { id: "criterion-4", weight: 20, title: { it: "Fattibilità tecnica", en: "Technical feasibility" } },
];
