/** Limits by district or by kind of commons, as groups of numbers on the ballot. Pure. */
import type { FrozenGroup } from "@/voting/ballots/frozen-form";

export type BallotDraft = { mostOfDistrict: number | null; mostOfKind: number | null };

type Placed = { number: number; district: number | null; kind: string | null };

/** One group for each district or kind that has more projects than may be chosen of it; others limit nothing. */
export function groupsOf(
  { mostOfDistrict, mostOfKind }: BallotDraft,
  projects: readonly Placed[],
): { numbers: number[]; most: number }[] {
  const most = mostOfDistrict ?? mostOfKind;
  if (most === null) return [];
  const groups = Map.groupBy(projects, ({ district, kind }) => (mostOfDistrict === null ? kind : district));
  return [...groups]
    .filter(([name, members]) => name !== null && members.length > most)
    .map(([, members]) => ({ numbers: members.map(({ number }) => number).sort((a, b) => a - b), most }))
    .sort((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0));
}

/** The group of a project, where its ballot has one. */
export function groupOf(groups: readonly FrozenGroup[] | undefined, number: number): FrozenGroup | undefined {
  return groups?.find(({ numbers }) => numbers.includes(number));
}
