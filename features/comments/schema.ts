/** What the forms about comments take. */
import { z } from "zod";
import { longText, longTextIfAny, oneLineIfAny } from "@/lib/text-field";
import {
  aboutTypes,
  grounds,
  MOST_QUOTE,
  MOST_TEXT,
  needsWords,
  openingKinds,
  reportReasons,
  sorts,
} from "./rules";

const id = z.string().min(1).max(64);
const about = { aboutType: z.enum(aboutTypes), aboutId: id };
const text = longText(MOST_TEXT);

export const commentSchema = z.object({
  ...about,
  command: z.uuid(),
  kind: z.enum(openingKinds).default("remark"),
  replyTo: id.optional(),
  quote: longTextIfAny(MOST_QUOTE),
  text,
});

export const answerSchema = z.object({ ...about, command: z.uuid(), replyTo: id.optional(), text });

export const editSchema = z.object({
  comment: id,
  revision: z.coerce.number().int().min(1).max(10_000),
  text,
});

export const commentIdSchema = z.object({ comment: id });

export const reportSchema = z
  .object({ comment: id, command: z.uuid(), reason: z.enum(reportReasons), text: longTextIfAny(1000) })
  .refine(({ reason, text: words }) => !needsWords.includes(reason) || words !== "", {
    path: ["text"],
    error: "reason_needs_words",
  });

export const hideSchema = z
  .object({
    comment: id,
    revision: z.coerce.number().int().min(1).max(10_000),
    command: z.uuid(),
    ground: z.enum(grounds),
    norm: oneLineIfAny(200),
    facts: longText(2000),
    reasons: longText(2000),
  })
  .refine(({ ground, norm }) => ground !== "law" || norm !== "", { path: ["norm"], error: "norm_needed" });

export const keepSchema = z.object({ inCase: id, command: z.uuid(), reasons: longText(2000) });

export const appealSchema = z.object({ comment: id, command: z.uuid(), text: longText(2000) });

export const decideAppealSchema = z.object({
  appeal: id,
  outcome: z.enum(["confirm", "reverse"]),
  reasons: longText(2000),
});

/** How a page's address sorts and pages its comments; what it says wrongly is as if it said nothing. */
export const listSchema = z.object({
  ordina: z.enum(sorts).catch("newest"),
  pagina: z.coerce.number().int().min(1).max(100_000).catch(1),
});
