/** Forms of the money: lines, commitments, milestones, payments. Amounts are read as the language writes them. */
import { z } from "zod";
import { actSchema, chosenFile } from "@/features/documents/act-service";
import { paperFields } from "@/features/papers/service";
import { day, dayGone } from "@/lib/day-field";
import { fiscalCodeIfAny } from "@/lib/fiscal-code-field";
import { euro } from "@/lib/money-field";
import { wholeNumber } from "@/lib/number-field";
import { holdsPersonalCode } from "@/lib/personal-codes";
import { longText, longTextIfAny, oneLine, oneLineIfAny } from "@/lib/text-field";
import { BodyCode } from "@/protocol/primitives";

type Locale = "it" | "en";

/** An amount above zero, as integer cents that fit a JSON number. */
export const amount = (locale: Locale) =>
  euro(locale).transform((cents, context) => {
    if (cents !== null && cents > 0n && cents <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(cents);
    context.addIssue({ code: "custom", message: "amount_invalid" });
    return z.NEVER;
  });

export const step = z.object({ id: z.string().min(1), command: z.uuid() });

/** A Comune's budget is of three years: what is opened or committed now can be of the two that follow as well. */
export const LATER_YEARS = 2;

/** The last one that the ledger takes. */
const LAST_YEAR = 2100;

export const lineSchema = (locale: Locale) =>
  z
    .object({
      command: z.uuid(),
      fund: oneLine(200),
      name: oneLine(200),
      year: wholeNumber(2000, LAST_YEAR),
      kind: z.enum(["investment", "current"]),
      budget: amount(locale),
      laterBudget: z.array(oneLineIfAny(30)).max(LATER_YEARS).default([]),
      ...actSchema,
    })
    .transform(({ laterBudget, ...rest }, context) => ({
      ...rest,
      later: laterBudget.flatMap((euros, row) => {
        const path = `laterBudget[${row}]`;
        const cents = amountAt(locale, path, euros, context);
        const year = rest.year + 1 + row;
        if (cents !== undefined && year > LAST_YEAR)
          context.addIssue({
            code: "custom",
            path: [path],
            message: "year_too_late",
            params: { year: LAST_YEAR },
          });
        return cents === undefined ? [] : [{ year, budgetCents: cents }];
      }),
    }));

/** The amount of a row that may be empty. */
function amountAt(locale: Locale, path: string, euros: string, context: z.RefinementCtx): number | undefined {
  if (!euros) return undefined;
  const cents = amount(locale).safeParse(euros);
  if (cents.success) return cents.data;
  context.addIssue({ code: "custom", path: [path], message: "amount_invalid" });
  return undefined;
}

export const budgetSchema = (locale: Locale) =>
  z.object({ id: oneLine(100), command: z.uuid(), budget: amount(locale), ...actSchema });

export const eligibilitySchema = z.object({
  id: oneLine(100),
  command: z.uuid(),
  code: z
    .string()
    .trim()
    .refine((value) => BodyCode.safeParse(value).success, "vat_number_wrong"),
  ...actSchema,
});

export const payeeSchema = z.object({
  command: z.uuid(),
  name: oneLine(200),
  kind: z.enum(["person", "informal_group", "association", "third_sector", "school", "company"]),
  fiscalCode: fiscalCodeIfAny,
});

const code = (length: number, message: string) =>
  z
    .string()
    .trim()
    .toUpperCase()
    .default("")
    .transform((value) => value || undefined)
    .refine((value) => value === undefined || new RegExp(`^[A-Z0-9]{${length}}$`).test(value), message);

export const commitmentSchema = (locale: Locale) =>
  z
    .object({
      command: z.uuid(),
      pact: z.string().min(1),
      line: oneLine(100),
      payee: oneLine(100),
      type: z.enum(["direct_works", "goods", "contribution"]),
      amount: amount(locale),
      laterLine: z.array(oneLineIfAny(100)).max(LATER_YEARS).default([]),
      laterAmount: z.array(oneLineIfAny(30)).max(LATER_YEARS).default([]),
      cup: code(15, "cup_invalid"),
      cig: code(10, "cig_invalid"),
      ...actSchema,
    })
    .transform(({ laterLine, laterAmount, ...rest }, context) => {
      const taken = new Set([rest.line]);
      const later = Array.from({ length: LATER_YEARS }, (_, row) => row).flatMap((row) => {
        const [line, euros] = [laterLine[row] ?? "", laterAmount[row] ?? ""];
        const cents = amountAt(locale, `laterAmount[${row}]`, euros, context);
        const refuse = (field: string, message: string) =>
          context.addIssue({ code: "custom", path: [`${field}[${row}]`], message });
        if (euros && !line) refuse("laterLine", "required");
        if (line && !euros) refuse("laterAmount", "required");
        if (line && taken.has(line)) refuse("laterLine", "line_twice");
        taken.add(line);
        return line && cents !== undefined ? [{ line, amountCents: cents }] : [];
      });
      return { ...rest, later };
    });

/** How many milestones one plan has room for; empty rows are left out. */
export const MILESTONE_ROWS = 6;

export const planSchema = (locale: Locale) =>
  z
    .object({
      id: z.string().min(1),
      command: z.uuid(),
      title: z.array(oneLineIfAny(150)).default([]),
      deliverable: z.array(longTextIfAny(2000)).default([]),
      dueOn: z.array(oneLineIfAny(10)).default([]),
      amount: z.array(oneLineIfAny(30)).default([]),
      reportOn: oneLineIfAny(10),
    })
    .transform(({ title, deliverable, dueOn, amount: amounts, reportOn, ...rest }, context) => {
      const milestones = title.flatMap((name, row) => {
        const [words, due, euros] = [deliverable[row] ?? "", dueOn[row] ?? "", amounts[row] ?? ""];
        if (!name && !words && !due && !euros) return [];
        const cents = amount(locale).safeParse(euros);
        if (!name || !day.safeParse(due).success || !cents.success) {
          context.addIssue({ code: "custom", path: [`title[${row}]`], message: "milestone_incomplete" });
          return [];
        }
        return [{ title: name, deliverable: words || name, dueOn: due, amountCents: cents.data }];
      });
      if (milestones.length === 0 && context.issues.length === 0)
        context.addIssue({ code: "custom", path: ["title[0]"], message: "required" });
      if (reportOn && !day.safeParse(reportOn).success)
        context.addIssue({ code: "custom", path: ["reportOn"], message: "date_invalid" });
      const reports = reportOn ? [{ kind: "annual" as const, dueOn: reportOn }] : [];
      return { ...rest, milestones, reports };
    });

/** Text that everybody reads: a person's tax code or an account in it is a slip. */
const published = (most: number) => oneLine(most).refine((text) => !holdsPersonalCode(text), "personal_code");

export const publicationSchema = step.extend({
  legalBasis: published(300),
  office: published(200),
  responsibleOfficer: published(200),
  selectionMethod: published(300),
  projectLink: z.url({ protocol: /^https?$/, error: "url_invalid" }).max(500),
});

export const evidenceSchema = step.extend({ evidence: chosenFile });
export const verificationSchema = step.extend({ report: chosenFile });
export const reasonSchema = step.extend({ reason: longText(4000) });
export const acceptanceSchema = (locale: Locale) =>
  step.extend({ amount: amount(locale), reason: longTextIfAny(4000) });
export const requestSchema = (locale: Locale) =>
  z.object({ milestone: z.string().min(1), command: z.uuid(), amount: amount(locale) });
export const reductionSchema = (locale: Locale) =>
  step.extend({ amount: amount(locale), reason: longText(4000) });
export const liquidationSchema = step.extend(actSchema);
export const orderSchema = step.extend({ orderNumber: oneLine(40) });
export const outcomeSchema = step.extend({
  outcome: z.enum(["paid", "returned"]),
  reference: oneLine(80),
  on: dayGone,
  document: chosenFile,
});
export const reportSchema = step.extend({ text: longText(8000) });
/** The same for a witness, who has them on paper. */
export const paperEvidenceSchema = evidenceSchema.extend(paperFields);
export const paperRequestSchema = (locale: Locale) => requestSchema(locale).extend(paperFields);
export const paperReportSchema = reportSchema.extend(paperFields);
