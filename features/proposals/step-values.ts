import { typedEuro } from "@/lib/money";
import { questionsOf, type Step } from "./dossier";
import type { DraftView } from "./queries";

/** A screen as its form shows it, from what is kept of the draft. */
export function formValuesOf(
  draft: DraftView,
  step: Step,
  knownSubjects: readonly { id: string }[],
  locale: "it" | "en",
): Record<string, string> {
  const answers = Object.fromEntries(
    questionsOf(step).map(({ id }) => [id, draft.answers[id as "title"] ?? ""]),
  );
  switch (step) {
    case "where":
      return { ...answers, ...placeValues(draft.commons, locale) };
    case "who":
      return { ...answers, ...subjectValues(draft.subject, knownSubjects) };
    case "what":
      return { ...answers, cost: draft.costCents === null ? "" : typedEuro(draft.costCents, locale) };
    default:
      return answers;
  }
}

function placeValues(commons: DraftView["commons"], locale: "it" | "en"): Record<string, string> {
  if (!commons) return { kind: "building" };
  if (commons.published) return { commons: commons.id, kind: "building" };
  const { name, kind, description, address, lat, lon, district } = commons;
  const number = (value: number | null) =>
    value === null ? "" : locale === "it" ? String(value).replace(".", ",") : String(value);
  return {
    ...{ name, kind, description },
    address: address ?? "",
    lat: number(lat),
    lon: number(lon),
    district: district === null ? "" : String(district),
  };
}

function subjectValues(
  subject: DraftView["subject"],
  known: readonly { id: string }[],
): Record<string, string> {
  if (!subject) return { subjectKind: "person" };
  if (known.some(({ id }) => id === subject.id)) return { subject: subject.id, subjectKind: "person" };
  return {
    subjectKind: subject.kind,
    subjectName: subject.name,
    fiscalCode: subject.fiscalCode ?? "",
    email: subject.email ?? "",
  };
}
