/** What each screen of the dossier takes. The only description of its input, for the form and the action alike. */
import { z } from "zod";
import { coordinateIfAny, halfPosition, isWholePosition } from "@/lib/coordinate-field";
import { fiscalCodeIfAny } from "@/lib/fiscal-code-field";
import { euro } from "@/lib/money-field";
import { wholeNumber } from "@/lib/number-field";
import { longTextIfAny, oneLineIfAny } from "@/lib/text-field";
import { commonsKinds, subjectKinds } from "@/protocol/records/commons";
import { type Answers, questionsOf, type Step, steps } from "./dossier";

export type StepValues = {
  answers: Answers;
  place?: {
    existing: string | null;
    name: string;
    kind: string;
    description: string;
    address: string | null;
    lat: number | null;
    lon: number | null;
    district: number | null;
  };
  subject?: {
    existing: string | null;
    kind: string;
    name: string;
    fiscalCode: string | null;
    email: string | null;
  };
  costCents?: bigint | null;
};

const lineOrNull = (most: number) => oneLineIfAny(most).transform((value) => value || null);
const place = z
  .object({
    commons: z.string().default(""),
    name: oneLineIfAny(120),
    kind: z.enum(commonsKinds).default("building"),
    description: longTextIfAny(2000),
    address: lineOrNull(200),
    lat: coordinateIfAny(90),
    lon: coordinateIfAny(180),
    district: z
      .string()
      .trim()
      .default("")
      .transform((value) => (/^\d{1,2}$/.test(value) ? Number(value) : null)),
  })
  .refine(isWholePosition, halfPosition);

const subject = z.object({
  subject: z.string().default(""),
  subjectKind: z.enum(subjectKinds).default("person"),
  subjectName: oneLineIfAny(200),
  fiscalCode: fiscalCodeIfAny,
  email: lineOrNull(200).refine(
    (value) => value === null || z.email().safeParse(value).success,
    "email_invalid",
  ),
});

/** The schema of one screen. Too much is refused, too little is kept: a draft may stop anywhere. */
export function stepSchema(step: Step, locale: "it" | "en") {
  const answers = z.object(
    Object.fromEntries(
      questionsOf(step).map(({ id, most, long }) => [id, long ? longTextIfAny(most) : oneLineIfAny(most)]),
    ),
  );
  const extra = { where: place, who: subject, what: z.object({ cost: euro(locale) }) }[step as "where"];
  return extra ? z.intersection(answers, extra) : answers;
}

/** What a screen's parsed form means for the draft. */
export function stepValues(step: Step, parsed: Record<string, unknown>): StepValues {
  const answers = Object.fromEntries(questionsOf(step).map(({ id }) => [id, parsed[id]])) as Answers;
  if (step === "where") {
    const { commons, name, kind, description, address, lat, lon, district } = parsed as z.output<
      typeof place
    >;
    if (!commons && !name) return { answers };
    return {
      answers,
      place: { existing: commons || null, name, kind, description, address, lat, lon, district },
    };
  }
  if (step === "who") {
    const values = parsed as z.output<typeof subject>;
    if (!values.subject && !values.subjectName) return { answers };
    return {
      answers,
      subject: {
        existing: values.subject || null,
        kind: values.subjectKind,
        name: values.subjectName,
        fiscalCode: values.fiscalCode,
        email: values.email,
      },
    };
  }
  if (step === "what") return { answers, costCents: (parsed.cost as bigint | null | undefined) ?? null };
  return { answers };
}

const id = z.string().min(1).max(64);

/** Which draft and screen a form is, from which saving it was drawn. */
const saving = z.object({
  draft: id,
  step: z.enum(steps),
  revision: wholeNumber(0, 1_000_000, "not_valid"),
});

/** A screen's form: the schema of its own screen, which the form names. */
export function saveStepSchema(locale: "it" | "en", form: FormData) {
  const { data } = saving.safeParse(Object.fromEntries(form));
  return z.intersection(saving, stepSchema(data?.step ?? "preview", locale));
}

export const startDraftSchema = z.object({
  call: id,
  commons: id.optional(),
  command: z.uuid().optional(),
});
export const draftSchema = z.object({ draft: id });
export const attachmentSchema = z.object({ draft: id, attachment: id });
export const withdrawSchema = z.object({ draft: id, command: z.uuid() });
export const submitSchema = withdrawSchema.extend({
  confirm: z.stringbool({ truthy: ["on"], falsy: [], error: "confirmation_needed" }),
});
