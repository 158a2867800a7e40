/** Forms of a desk in the office. */
import { z } from "zod";
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import { wholeNumber } from "@/lib/number-field";
import { longText, longTextIfAny } from "@/lib/text-field";
import { readDeskCode } from "@/voting/sealed/desk-code";
import { readSheets } from "./rules";

const ofRound = { id: z.string().min(1).max(100), command: z.uuid() };
const station = z.string().min(1).max(64);
const sheets = wholeNumber(0, 100_000);
const bundle = wholeNumber(1, 9999);

export const openStationSchema = z.object({ ...ofRound, station, sheets });

const seen = {
  ...ofRound,
  station,
  fiscalNumber: z
    .string()
    .max(40)
    .transform(normalFiscalNumber)
    .refine(isFiscalNumber, "fiscal_number_wrong"),
};

export const seePersonSchema = z.object(seen);

export const seeDeviceSchema = z.object({
  ...seen,
  deskCode: z
    .string()
    .max(80)
    .transform((typed, context) => {
      const code = readDeskCode(typed);
      if (code) return code;
      context.addIssue({ code: "custom", message: "desk_code_wrong" });
      return z.NEVER;
    }),
});

export const tellBalanceSchema = z.object({
  ...ofRound,
  station,
  ...{ given: sheets, spoiled: sheets, unused: sheets, lost: sheets, cast: sheets },
  incidents: longTextIfAny(4000),
});

export const closeStationSchema = z.object({ ...ofRound, station });

export const enterSheetsSchema = z.object({
  ...ofRound,
  bundle,
  sheets: longText(20_000).transform((text, context) => {
    const read = readSheets(text);
    if ("sheets" in read) return read.sheets;
    context.addIssue({
      ...{ code: "custom", message: "line" in read ? "sheet_line_not_read" : "sheets_too_few_or_many" },
      params: read,
    });
    return z.NEVER;
  }),
});

export const confirmSheetsSchema = z.object({ ...ofRound, bundle });
