/** Forms of the settings of a municipality; the fields have the settings' names. */
import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { euro } from "@/lib/money-field";
import { wholeNumber } from "@/lib/number-field";
import { type CountedSetting, limitsOf } from "./rules";

/** Floors are the service's: they do not hold in a trial. */
const counted = (name: CountedSetting) => {
  const { least, most } = limitsOf(name, true);
  return wholeNumber(least, most, "number_out_of_limits");
};

const centsOrZero = (locale: "it" | "en") =>
  euro(locale).transform((cents, context) => {
    if (cents !== null && cents <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(cents);
    context.addIssue({ code: "custom", message: "amount_invalid" });
    return z.NEVER;
  });

/** A permission that nobody gives is not on the record. */
const permission = z
  .enum(["yes", "no"])
  .optional()
  .transform((value) => (value === "yes" ? true : undefined));

export const settingsProposalSchema = (locale: "it" | "en") =>
  z.object({
    command: z.uuid(),
    leastAge: counted("leastAge"),
    longestPactYears: counted("longestPactYears"),
    votingDays: counted("votingDays"),
    objectionDays: counted("objectionDays"),
    challengeDays: counted("challengeDays"),
    publishGrantsAboveCents: centsOrZero(locale),
    cigRequired: z.enum(["yes", "no"]).transform((value) => value === "yes"),
    councillorAsOfficer: permission,
    oneAccountant: permission,
    ...actSchema,
  });

/** `transactionId` is the one that wrote the proposal that the person has read. */
export const settingsConfirmationSchema = z.object({
  command: z.uuid(),
  transactionId: z.string().regex(/^[0-9a-f]{64}$/),
});
