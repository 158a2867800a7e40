/** In which order a voter reads the projects: nobody's project is first for everybody. Pure. */
import { createHash } from "node:crypto";
import { drawnOrder } from "@/protocol/draw";

type OnBallot = { number: number; proposal: string; costCents: number; district: number | null };

export const ballotOrders = ["drawn", "cost", "place"] as const;
export type BallotOrder = (typeof ballotOrders)[number];

/** The voter's own order follows from the code that their page shows: by SHA-256 of code, line break, proposal. */
export function inOrder<Project extends OnBallot>(
  projects: readonly Project[],
  code: string,
  order: BallotOrder,
): Project[] {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const place = new Map(drawnOrder(code, projects, sha256).map((number, index) => [number, index]));
  const drawn = (a: Project, b: Project) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0);
  const by: Record<BallotOrder, (a: Project, b: Project) => number> = {
    drawn,
    cost: (a, b) => a.costCents - b.costCents || drawn(a, b),
    place: (a, b) => (a.district ?? 99) - (b.district ?? 99) || drawn(a, b),
  };
  return [...projects].sort(by[order]);
}
