/** What somebody marks beside projects while choosing, and the ballot that it makes. Pure. */
import type { BallotContent, BallotType } from "@/voting/ballots/content";

/** By project number: `x` where it is ticked, a place from 1 on rankings, points on points ballots. */
export type Marks = Readonly<Record<number, string>>;

export function marksOf(content: BallotContent | null): Marks {
  if (!content) return {};
  return Object.fromEntries(
    content.choices.map((choice, index) => {
      if (content.type === "ranking") return [choice, String(index + 1)];
      return [choice, content.type === "points" ? (content.points[index] ?? "") : "x"];
    }),
  );
}

/** Null where two projects have one place. */
export function contentOf(type: BallotType, marks: Marks): BallotContent | null {
  const marked = Object.entries(marks)
    .map(([number, mark]) => ({ number: Number(number), mark: mark.trim().replace(",", ".") }))
    .filter(({ mark }) => mark !== "" && (type !== "points" || Number(mark) !== 0));
  if (type === "ranking") {
    const places = marked.map(({ mark }) => Number(mark));
    if (new Set(places).size !== places.length) return null;
    marked.sort((a, b) => Number(a.mark) - Number(b.mark));
  } else marked.sort((a, b) => a.number - b.number);
  const choices = marked.map(({ number }) => String(number));
  return type === "points" ? { type, choices, points: marked.map(({ mark }) => mark) } : { type, choices };
}
