import { z } from "zod";
import { isElevenDigitCode, isFiscalNumber, normalFiscalNumber } from "./fiscal-number";

/** The fiscal code of a person, or eleven digits of a body; null where it was left empty. */
export const fiscalCodeIfAny = z
  .string()
  .max(40, "fiscal_code_invalid")
  .default("")
  .transform((typed, context) => {
    const value = normalFiscalNumber(typed);
    const problem = problemOf(value);
    if (problem === undefined) return value || null;
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });

/** The code of the sentence that says what is wrong. */
function problemOf(value: string): string | undefined {
  if (value === "") return undefined;
  if (/^\d{11}$/.test(value)) return isElevenDigitCode(value) ? undefined : "vat_number_wrong";
  if (!/^[A-Z0-9]{16}$/.test(value)) return "fiscal_code_invalid";
  return isFiscalNumber(value) ? undefined : "fiscal_number_wrong";
}
