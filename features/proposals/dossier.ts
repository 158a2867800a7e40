/**
 * The questions of a dossier, one group a screen, in the order in which a person is asked.
 * Labels and help are in `messages/*.json` under `dossier.<question>`.
 */

export const steps = ["where", "who", "why", "what", "together", "finish", "preview"] as const;
export type Step = (typeof steps)[number];

export type Question = {
  id: string;
  step: Step;
  /** Most characters; also what the counter under the field counts down from. */
  most: number;
  required: boolean;
  long: boolean;
};

const short = { most: 120, long: false };
const long = { most: 4000, long: true };

export const questions = [
  { id: "title", step: "where", required: true, ...short },
  { id: "needs", step: "why", required: true, ...long },
  { id: "recipients", step: "why", required: true, ...long },
  { id: "objectives", step: "why", required: true, ...long },
  { id: "activities", step: "what", required: true, ...long },
  { id: "methods", step: "what", required: false, ...long },
  { id: "works", step: "what", required: false, ...long },
  { id: "economicPlan", step: "what", required: true, ...long },
  { id: "context", step: "together", required: false, ...long },
  { id: "governance", step: "together", required: true, ...long },
  { id: "involvement", step: "together", required: true, ...long },
  { id: "inclusion", step: "together", required: false, ...long },
  { id: "areaEffect", step: "together", required: false, ...long },
  { id: "strengths", step: "finish", required: false, ...long },
  { id: "weaknesses", step: "finish", required: false, ...long },
  { id: "opportunities", step: "finish", required: false, ...long },
  { id: "risks", step: "finish", required: true, ...long },
  { id: "summary", step: "finish", required: true, most: 1500, long: true },
] as const satisfies readonly Question[];

export type QuestionId = (typeof questions)[number]["id"];
export type Answers = Partial<Record<QuestionId, string>>;

export function questionsOf(step: Step): readonly Question[] {
  return questions.filter((question) => question.step === step);
}

export function nextStep(step: Step): Step {
  return steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)] ?? "preview";
}

export function previousStep(step: Step): Step | undefined {
  return steps[steps.indexOf(step) - 1];
}

/** The step's part of its address: its number, the same in every language. */
export function stepPath(step: Step): string {
  return String(steps.indexOf(step) + 1);
}

export function stepOfPath(path: string): Step | undefined {
  return /^[1-9]$/.test(path) ? steps[Number(path) - 1] : undefined;
}
