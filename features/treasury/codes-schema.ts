/** What a treasury's files need to know of the Comune. */
import { z } from "zod";
import { isElevenDigitCode } from "@/lib/fiscal-number";
import { oneLine } from "@/lib/text-field";

const code = (pattern: RegExp, message: string) =>
  z
    .string()
    .trim()
    .transform((text) => text.toUpperCase().replaceAll(" ", ""))
    .pipe(z.string().max(20).regex(pattern, message))
    .optional();

export const stampDuties = ["exempt", "entity", "payee"] as const;

/** Every code may still be missing: lists work without any, imports of OPI ask for the first, orders for all. */
export const treasuryCodesSchema = z.object({
  office: code(/^[A-Z0-9]{6}$/, "code_office"),
  siope: code(/^\d{9,15}$/, "code_siope"),
  taxCode: code(/^\d{11}$/, "code_tax").refine((text) => !text || isElevenDigitCode(text), "code_tax"),
  bankEntity: oneLine(40).optional(),
  bankCode: code(/^\d{5}$/, "code_abi"),
  entityName: oneLine(140).optional(),
  ownChannel: code(/^A2A-\d{8}$/, "code_channel"),
  bankChannel: code(/^A2A-\d{8}$/, "code_channel"),
  currentCode: code(/^\d{10}$/, "code_siope_expense"),
  investmentCode: code(/^\d{10}$/, "code_siope_expense"),
  stampDuty: z.enum(stampDuties).optional(),
  stampDutyReason: oneLine(100).optional(),
});
export type TreasuryCodes = z.output<typeof treasuryCodesSchema>;

export const codesNeededForOrders = [
  "bankCode",
  "office",
  "entityName",
  "siope",
  "taxCode",
  "ownChannel",
  "bankChannel",
  "bankEntity",
  "currentCode",
  "investmentCode",
  "stampDuty",
] as const satisfies readonly (keyof TreasuryCodes)[];

export type CompleteCodes = TreasuryCodes &
  Required<Pick<TreasuryCodes, (typeof codesNeededForOrders)[number]>>;

export function missingCodes(codes: TreasuryCodes): (typeof codesNeededForOrders)[number][] {
  return codesNeededForOrders.filter((name) => !codes[name]);
}

export function isComplete(codes: TreasuryCodes): codes is CompleteCodes {
  return missingCodes(codes).length === 0;
}
