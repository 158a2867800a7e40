import { addDays } from "@/protocol/days";

/** Whether a working text is of the pact that takes the place of one; another after an expired one does not. */
export function isRenewal(
  draft: { renews: string | null } | null,
  renewable: { id: string } | undefined,
): boolean {
  return draft !== null && draft.renews !== null && draft.renews === renewable?.id;
}

const MS_A_DAY = 86_400_000;

/** When a pact that takes the place of another begins and ends, if nobody says otherwise: after it, and for as long. */
export function renewalDays(
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
  today: string,
): { startsOn: string; endsOn: string } {
  const next = addDays(endsOn, 1);
  const from = next < today ? today : next;
  const days = Math.round((Date.parse(endsOn) - Date.parse(startsOn)) / MS_A_DAY);
  return { startsOn: from, endsOn: addDays(from, days) };
}
