import { z } from "zod";
import { day, EARLIEST_DAY } from "@/lib/day-field";
import { InvalidInputError } from "@/lib/errors";
import { longTextIfAny } from "@/lib/text-field";
import { answersFor, MOST_TEXT, POSITIVE_FROM } from "./rules";

/** What the form under a page sends. The answer belongs to one branch: the one of the other branch is passed over. */
export const feedbackSchema = z
  .object({
    path: z.string().max(400),
    stars: z.enum(["1", "2", "3", "4", "5"], "stars_needed").transform(Number),
    positive: z.string().max(20).optional(),
    negative: z.string().max(20).optional(),
    text: longTextIfAny(MOST_TEXT),
  })
  .transform(({ positive, negative, ...values }) => {
    const answer = values.stars >= POSITIVE_FROM ? positive : negative;
    const known = answer !== undefined && answersFor(values.stars).includes(answer);
    return { ...values, answer: known ? answer : null };
  });

/** Days between which answers are looked at; both belong to the period. */
export type Period = { from?: string; to?: string };

/** The period that an address names. @throws InvalidInputError for what is no day, or a day of before there was anything */
export function periodIn({ da, a }: Readonly<Record<string, unknown>>): Period {
  const [from, to] = [dayIn(da), dayIn(a)];
  if (from && to && from > to) throw new InvalidInputError({}, "dates_out_of_order");
  return { ...(from && { from }), ...(to && { to }) };
}

function dayIn(typed: unknown): string | undefined {
  if (typed === undefined || typed === "") return undefined;
  const found = day.safeParse(typed);
  if (!found.success) throw new InvalidInputError({}, "date_invalid");
  if (found.data < EARLIEST_DAY) throw new InvalidInputError({}, "date_before", { day: EARLIEST_DAY });
  return found.data;
}
