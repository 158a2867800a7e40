/** What is wrong with what somebody has chosen, before it is sealed: nobody can tell them afterwards. Pure. */
import type { BallotContent } from "@/voting/ballots/content";
import { type FrozenBallot, formOfFrozen, projectsOfFrozen } from "@/voting/ballots/frozen-form";
import { projectList, type VoidReason, validateBallot } from "@/voting/ballots/validate";

/** The limits of a round's ballot, and the sum to be assigned, cents. */
export type FormLimits = FrozenBallot & { readonly budgetCents: number };

export function contentProblem(
  limits: FormLimits,
  projects: readonly { readonly number: number; readonly costCents: number }[],
  content: BallotContent,
): VoidReason | { readonly code: "no-choice"; readonly details: Record<string, string> } | null {
  if (content.choices.length === 0) return { code: "no-choice", details: {} };
  const judged = validateBallot(content, formOfFrozen(limits), projectList(projectsOfFrozen(projects)));
  return judged.valid ? null : judged.reason;
}
