/** What a person is told who cannot object to a verification. Pure. */
import { barToObjecting } from "@/protocol/records/money";

/** The code of a sentence and what fills it; undefined where they can. */
export function objectionBar(milestone: Parameters<typeof barToObjecting>[0], person: string) {
  const bar = barToObjecting(milestone, person);
  if (!bar) return undefined;
  const { code, params } = bar;
  return { code: code === "already_exists" ? "objection_of_yours" : code, params } as const;
}
