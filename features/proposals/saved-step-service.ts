/** What is asked of a screen of the dossier before it is saved. */
import { positionProblemIn } from "@/features/municipalities/position-service";
import type { Proposal } from "@/generated/prisma/client";
import type { Database } from "@/lib/db";
import { InvalidInputError } from "@/lib/errors";
import type { Answers, Step } from "./dossier";
import type { StepValues } from "./schema";

type Proponent = { municipality: string };

/** @throws InvalidInputError where a new place lies outside of the municipality */
export async function requirePosition({ municipality }: Proponent, { place }: StepValues): Promise<void> {
  if (!place || place.existing || place.lat === null || place.lon === null) return;
  const problem = await positionProblemIn(municipality, { lat: place.lat, lon: place.lon });
  if (problem) throw new InvalidInputError({ lat: problem }, problem);
}

/** Whether a draft says what a screen says, so that sending the screen again changes nothing. */
export async function isSaved(
  tx: Database,
  { municipality }: Proponent,
  draft: Proposal,
  { step, values }: { step: Step; values: StepValues },
): Promise<boolean> {
  const { answers, place, subject, costCents } = values;
  const dossier = draft.dossier as Answers;
  if (draft.step !== step || Object.entries(answers).some(([id, text]) => dossier[id as "title"] !== text))
    return false;
  if (costCents !== undefined && costCents !== draft.costCents) return false;
  return (
    (await says(place, draft.commons, (id) =>
      tx.commons.findUnique({ where: { municipality_id: { municipality, id } } }),
    )) &&
    (await says(subject, draft.subject, (id) =>
      tx.subject.findUnique({ where: { municipality_id: { municipality, id } } }),
    ))
  );
}

/** Whether the row a draft names is the one that was chosen, or says all that was typed. */
async function says(
  given: ({ existing: string | null } & Record<string, unknown>) | undefined,
  named: string | null,
  find: (id: string) => Promise<Record<string, unknown> | null>,
): Promise<boolean> {
  if (!given) return true;
  const { existing, ...typed } = given;
  if (existing !== null || named === null) return existing === named;
  const row = await find(named);
  return row !== null && Object.entries(typed).every(([column, value]) => row[column] === value);
}
