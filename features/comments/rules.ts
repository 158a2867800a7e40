/** What may be written, reported and decided about comments. Pure. */
import { moderating, type RoleHeld, type Viewer } from "@/lib/permissions";
import type { Organisation, Role } from "@/protocol/primitives";

export const aboutTypes = ["proposal", "pact", "milestone", "meeting"] as const;
export type AboutType = (typeof aboutTypes)[number];
/** What is talked about. */
export type About = { type: AboutType; id: string };

/** How somebody begins a thread; whatever stands under it is an answer. */
export const openingKinds = ["remark", "for", "against", "question"] as const;
export type OpeningKind = (typeof openingKinds)[number];
export type CommentKind = OpeningKind | "answer";

export const sorts = ["newest", "oldest", "supported"] as const;
export type Sort = (typeof sorts)[number];

/** Characters. */
export const MOST_TEXT = 2000;
export const MOST_QUOTE = 300;
/** Threads of one page, and answers that stand under each before the rest is asked for. */
export const PER_PAGE = 20;
export const ANSWERS_SHOWN = 3;
/** Days after which a question without an answer of an office is that office's duty. */
export const QUESTION_DAYS = 10;
/** Days in which the hiding of a comment can be objected to: the six months of the regulation on digital services. */
export const APPEAL_DAYS = 183;

/** What comments have to keep to, as the page that shows them says; `law` is whatever else is unlawful. */
export const grounds = [
  "insults",
  "hate",
  "personal_data",
  "impersonation",
  "advertising",
  "off_topic",
  "law",
] as const;
export type Ground = (typeof grounds)[number];
export const reportReasons = [...grounds, "other"] as const;
/** Reasons that say too little by themselves. */
export const needsWords: readonly string[] = ["law", "other"];

export const caseStates = ["open", "kept", "hidden", "appealed", "confirmed", "reversed"] as const;
export type CaseState = (typeof caseStates)[number];

export type Office = { organisation: Organisation; role: Role };

type Holder = Pick<Viewer, "id" | "roles">;

/** The office in which somebody does something, if they hold one that may. */
export function officeOf(
  { roles }: Holder,
  municipality: string,
  may: (held: RoleHeld) => boolean,
): Office | undefined {
  const held = roles.find((one) => one.municipality === municipality && may(one));
  return held && { organisation: held.organisation, role: held.role };
}

/** The office in which somebody may decide whether a comment stays: nobody does on their own, or on their own report. */
export function decidingOffice(
  viewer: Holder,
  municipality: string,
  { author, reporters }: { author: string; reporters: readonly string[] },
): Office | undefined {
  if (viewer.id === author || reporters.includes(viewer.id)) return undefined;
  return officeOf(viewer, municipality, ({ role }) => moderating.includes(role));
}

/**
 * The office in which somebody may decide on an appeal: guarantors, and moderators of another organisation than the one that
 * hid the comment; never who hid, wrote or reported it.
 */
export function appealOffice(
  viewer: Holder,
  municipality: string,
  of: { author: string; reporters: readonly string[]; decidedBy: string; organisation: string },
): Office | undefined {
  if ([of.author, of.decidedBy, ...of.reporters].includes(viewer.id)) return undefined;
  return officeOf(
    viewer,
    municipality,
    ({ role, organisation }) =>
      role === "guarantor" || (moderating.includes(role) && organisation !== of.organisation),
  );
}

/** The last moment at which a decision can be objected to. */
export function appealUntil(decidedAt: Date): Date {
  return new Date(decidedAt.getTime() + APPEAL_DAYS * 86_400_000);
}

/** The first words of a text, cut between two of them. */
export function excerpt(text: string, most = 140): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > most / 2 ? space : most)}…`;
}
