import "server-only";
import type { CriterionView } from "@/features/calls/queries";
import { textOf } from "@/features/documents/queries";
import { averageScore } from "@/features/proposals/rules";
import type { ChainProposal } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { canTake, type Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";

export type WaitingProposal = {
  id: string;
  title: string;
  callTitle: string;
  state: string;
  submittedOn: string;
  costCents: bigint;
  /** Assessors who have scored, and how many the call wants. */
  scored: number;
  wanted: number;
  /** What this viewer has done with it as an assessor. */
  own: "none" | "scored" | "conflict";
};

/** Proposals in the given states, oldest first: what waits for the offices. */
export async function waitingProposals(
  municipality: string,
  states: readonly string[],
  viewer: Viewer,
): Promise<WaitingProposal[]> {
  const chain = await db.chainProposal.findMany({
    where: { municipality, state: { in: [...states] } },
    orderBy: [{ submittedOn: "asc" }, { block: "asc" }],
  });
  const ids = chain.map(({ id }) => id);
  const callIds = chain.map(({ call }) => call);
  const [words, calls, chainCalls, assessments] = await Promise.all([
    db.proposal.findMany({ where: { municipality, id: { in: ids } } }),
    db.call.findMany({ where: { municipality, id: { in: callIds } } }),
    db.chainCall.findMany({ where: { municipality, id: { in: callIds } } }),
    db.chainAssessment.findMany({ where: { municipality, proposal: { in: ids } } }),
  ]);
  return chain.map((row) => {
    const counted = assessments.filter(
      ({ proposal, version, conflict }) => proposal === row.id && (conflict || version === row.version),
    );
    const own = counted.find(({ assessor }) => assessor === viewer.id);
    return {
      id: row.id,
      title: words.find(({ id }) => id === row.id)?.title ?? "",
      callTitle: calls.find(({ id }) => id === row.call)?.title ?? "",
      state: row.state,
      submittedOn: row.submittedOn,
      costCents: row.costCents,
      scored: counted.filter(({ conflict }) => !conflict).length,
      wanted: chainCalls.find(({ id }) => id === row.call)?.requiredScores ?? 0,
      own: own ? (own.conflict ? "conflict" : "scored") : "none",
    };
  });
}

export type AssessmentView = {
  criteria: CriterionView[];
  threshold: number;
  wanted: number;
  /**
   * One entry an assessor, in no particular order; who they are is not said. Whoever still has to give points here
   * sees nobody's: `given` says how many there are.
   */
  scores: { total: number; points: Record<string, number>; reason: string | null; own: boolean }[];
  given: number;
  hidden: boolean;
  conflicts: number;
  ownConflict: boolean;
  /** Hundredths of a point, rounded down. */
  average: number | undefined;
};

/** The criteria of the call a proposal is in. */
export async function criteriaOf(municipality: string, proposal: string): Promise<CriterionView[] | null> {
  const chain = await db.chainProposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
  });
  const call =
    chain && (await db.call.findUnique({ where: { municipality_id: { municipality, id: chain.call } } }));
  return call && (call.criteria as CriterionView[]);
}

type GivenScore = { scores: { criterion: string; points: number }[]; reasonDigest: string };

function authorsOf({ representative, record }: { representative: string; record: unknown }): string[] {
  return [representative, ...((record as { credits?: string[] }).credits ?? [])];
}

/** The assessment of a proposal, as one who works in an office sees it. */
export async function assessmentOf(
  municipality: string,
  proposal: string,
  viewer: Viewer,
): Promise<AssessmentView | null> {
  const chain = await db.chainProposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
  });
  return chain && assessmentFor(chain, viewer);
}

/** Before it is decided nobody is to follow the others' points; what is withdrawn or merged is not decided. */
const decided: ReadonlySet<string> = new Set<RecordOf<"proposal">["state"]>([
  ...(["admitted", "not_admitted", "on_ballot", "funded", "reserve"] as const),
  ...(["co_design", "pact_ready", "abandoned"] as const),
]);

/** The assessment of a proposal for everybody, once it has been decided on; null where nobody gave points. */
export async function publicAssessment(
  municipality: string,
  proposal: string,
): Promise<AssessmentView | null> {
  const chain = await db.chainProposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
  });
  if (!chain || !decided.has(chain.state)) return null;
  const assessment = await assessmentFor(chain, undefined);
  return assessment.given > 0 ? assessment : null;
}

async function assessmentFor(chain: ChainProposal, viewer: Viewer | undefined): Promise<AssessmentView> {
  const { municipality, id: proposal } = chain;
  const [call, words, rows] = await Promise.all([
    db.chainCall.findUniqueOrThrow({ where: { municipality_id: { municipality, id: chain.call } } }),
    db.call.findUniqueOrThrow({ where: { municipality_id: { municipality, id: chain.call } } }),
    db.chainAssessment.findMany({ where: { municipality, proposal } }),
  ]);
  const counted = rows
    // A new version of the dossier is judged anew: points given to an older one no longer count.
    // Nor do those of whoever has become one of its authors.
    .filter(
      ({ conflict, version, assessor }) =>
        !conflict && version === chain.version && !authorsOf(chain).includes(assessor),
    )
    .map(({ assessor, record }) => ({ assessor, ...(record as unknown as GivenScore) }));
  const scores = await Promise.all(
    counted.map(async ({ assessor, scores: given, reasonDigest }) => ({
      total: given.reduce((sum, { points }) => sum + points, 0),
      points: Object.fromEntries(given.map(({ criterion, points }) => [criterion, points])),
      reason: (await textOf(municipality, reasonDigest, viewer)) ?? null,
      own: assessor === viewer?.id,
    })),
  );
  const ownConflict = rows.some(({ conflict, assessor }) => conflict && assessor === viewer?.id);
  const hidden =
    viewer !== undefined &&
    canTake(viewer, municipality, "proposals:score", { proposal: chain.state }) &&
    !ownConflict &&
    !scores.some(({ own }) => own);
  return {
    criteria: words.criteria as CriterionView[],
    threshold: call.threshold,
    wanted: call.requiredScores,
    scores: hidden ? [] : scores,
    given: scores.length,
    hidden,
    conflicts: rows.filter(({ conflict }) => conflict).length,
    ownConflict,
    average: hidden ? undefined : averageScore(scores.map(({ total }) => total)),
  };
}
