import { addDays } from "@/protocol/days";

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
