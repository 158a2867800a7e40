import { z } from "zod";
import { wholeNumber } from "@/lib/number-field";
import { ballotOrders } from "./order";

const onBallot = wholeNumber(1, 10_000, "not_on_ballot");
/** A project's number, with its place or points where the ballot asks for them: `7`, `7:2`. */
const mark = z
  .string()
  .regex(/^[1-9]\d{0,4}(:\d{1,4})?$/, "not_on_ballot")
  .transform((text) => {
    const [number = 0, mark] = text.split(":").map(Number);
    return { number, mark };
  });
const choices = z.array(mark).max(500).default([]);
const round = z.string().min(1).max(100);

/** A ballot as its form sends it: the numbers ticked, none when none was. */
export const ballotSchema = z.object({ round, command: z.uuid(), choices });

/** Choices that are being made, and which button was pressed. */
export const choosingSchema = z.object({
  round,
  choices,
  next: z
    .union([
      z.enum(["review", "arrange", "compare"]),
      z
        .string()
        .regex(/^see-\d{1,5}$/)
        .transform((text) => Number(text.slice(4))),
    ])
    .default("review"),
  order: z.enum(ballotOrders).default("drawn"),
  district: wholeNumber(1, 99).optional(),
  left: onBallot.optional(),
  right: onBallot.optional(),
});
