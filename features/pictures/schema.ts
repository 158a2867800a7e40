/** What the forms about pictures take. */
import { z } from "zod";
import { dayGone } from "@/lib/day-field";
import { longTextIfAny, oneLine, oneLineIfAny } from "@/lib/text-field";
import {
  focuses,
  licenses,
  type Moment,
  moments,
  type PictureSubject,
  peopleAnswers,
  removalReasons,
  reportReasons,
  subjectTypes,
} from "./rules";

const id = z.uuid();

/** `type:id`, and for a pact `pact:id:moment`, as one choice of a form. */
const target = z
  .string()
  .max(120)
  .regex(/^[a-z]+:[\w-]{1,64}(?::[a-z]+)?$/)
  .transform((text) => text.split(":"))
  .pipe(z.tuple([z.enum(subjectTypes), z.string()], z.enum(moments)))
  .transform(([type, subject, moment]): PictureSubject & { moment: Moment | null } => ({
    ...{ type, id: subject, moment: type === "pact" ? (moment ?? "after") : null },
  }));

const words = {
  alternativeText: oneLine(250),
  author: oneLine(120),
  takenOn: dayGone,
  license: z.enum(licenses),
  people: z.enum(peopleAnswers),
  consent: oneLineIfAny(300),
  focus: z.enum(focuses).default("attention"),
};

/** Where people can be recognised it is said who agreed. */
const consentSaid = ({ people, consent }: { people: string; consent: string }) =>
  people !== "consenting" || consent !== "";

export const addPictureSchema = z
  .object({ target, command: id, ...words })
  .refine(consentSaid, { path: ["consent"], error: "consent_needed" });

export const changePictureSchema = z
  .object({ picture: id, ...words })
  .refine(consentSaid, { path: ["consent"], error: "consent_needed" });

export const removePictureSchema = z.object({
  picture: id,
  ground: z.enum(removalReasons),
  note: longTextIfAny(500),
});

export const emblemSchema = z.object({ alternativeText: oneLine(150) });

export const firstPictureSchema = z.object({ picture: id });

export const reportPictureSchema = z.object({
  picture: id,
  command: id,
  ground: z.enum(reportReasons),
  text: longTextIfAny(1000),
});

export const keepPictureSchema = z.object({ pictureReport: id, answer: oneLine(500) });
