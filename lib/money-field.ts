import { z } from "zod";
import { parseEuro } from "./money";

/** An amount as typed; empty while it is not known yet. */
export const euro = (locale: "it" | "en") =>
  z
    .string()
    .trim()
    .max(30, "amount_invalid")
    .default("")
    .transform((value, context) => {
      if (value === "") return null;
      if (/^[-−]/.test(value)) {
        context.addIssue({ code: "custom", message: "amount_negative" });
        return z.NEVER;
      }
      const cents = parseEuro(value, locale);
      if (cents === undefined) {
        context.addIssue({ code: "custom", message: "amount_invalid" });
        return z.NEVER;
      }
      return cents;
    });
