/** Decisions about proposals that need no database. The chaincode decides again on its own. */
import { subjectKinds } from "@/protocol/records/commons";
import { type Answers, type QuestionId, questions, type Step, stepPath } from "./dossier";

/** A draft of the desk that nobody takes and nobody changes is erased after so many days. */
export const UNCLAIMED_DAYS = 60;

/** As many as write one proposal together with its proponent, those who are invited among them. */
export const MOST_CO_AUTHORS = 10;

/** Whether a proposal in this state on the ledger, or on its way there, is one that everybody can read. */
export function isPublished(state: string | undefined): boolean {
  return state !== undefined && state !== "submitted";
}

/** Whether others may still join in writing it: before it is published, and while it is to be completed. */
export function takesCoAuthors(state: string | undefined): boolean {
  return !isPublished(state) || state === "integration_requested";
}

export { subjectKinds };

/** The last screen of a dossier, as it stands in an address. */
export const previewStep = stepPath("preview");
/** The screen on which files and photographs are added. */
export const filesStep = stepPath("finish");

export type DraftPlace = {
  commons: string | null;
  name: string;
  kind: string;
  address: string | null;
  lat: number | null;
  lon: number | null;
  district: number | null;
};
export type Missing = {
  step: Step;
  field: QuestionId | "commonsName" | "place" | "subject" | "cost" | "costOverLimit";
};

/** What still has to be written before a dossier can be submitted, in the order of the screens. */
export function missingFields(draft: {
  answers: Answers;
  place: DraftPlace | null;
  subject: string | null;
  costCents: bigint | null;
  /** The most that the call gives a proposal. */
  maxCostCents?: bigint;
}): Missing[] {
  const missing: Missing[] = [];
  const { place } = draft;
  if (!place?.commons && !place?.name) missing.push({ step: "where", field: "commonsName" });
  // What is immaterial (a custom, a service) has no place to name.
  const hasPlace =
    place?.kind === "immaterial" || place?.address || place?.lat != null || place?.district != null;
  if (place && !place.commons && !hasPlace) missing.push({ step: "where", field: "place" });
  if (!draft.subject) missing.push({ step: "who", field: "subject" });
  for (const question of questions)
    if (question.required && !draft.answers[question.id]?.trim())
      missing.push({ step: question.step, field: question.id });
  if (draft.costCents === null || draft.costCents <= 0n) missing.push({ step: "what", field: "cost" });
  else if (draft.maxCostCents !== undefined && draft.costCents > draft.maxCostCents)
    missing.push({ step: "what", field: "costOverLimit" });
  return missing;
}

/** Whether a call takes proposals on a day of the chain. */
export function callPhase(
  call: { opensOn: string; closesOn: string },
  day: string,
): "coming" | "open" | "closed" {
  if (day < call.opensOn) return "coming";
  return day <= call.closesOn ? "open" : "closed";
}

/** Average of assessors' totals in hundredths of a point, rounded down, as the chaincode keeps it. */
export function averageScore(totals: readonly number[]): number | undefined {
  if (totals.length === 0) return undefined;
  return Math.floor(totals.reduce((sum, total) => sum + total, 0) / totals.length);
}

/** Part of an address made from a title: lower case, no accents, words joined by hyphens. */
export function slugOf(title: string, otherwise = "proposta"): string {
  const plain = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 60).replace(/-+$/, "") || otherwise;
}
