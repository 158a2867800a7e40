import "server-only";
import { z } from "zod";
import type { MeetingAbout } from "@/features/meetings/rules";
import { meetingSubject } from "@/features/meetings/subject-queries";
import { db } from "@/lib/db";
import type { Href } from "@/lib/language/navigation";
import type { About, AboutType } from "./rules";

/** What is talked about, and where it is read. */
export type Subject = {
  type: AboutType;
  id: string;
  title: string;
  /** Of the commons that it belongs to. */
  commons: { id: string; slug: string; name: string } | null;
  href: Href;
};

/** What may be talked about because anyone may read it; null where there is no such thing in the municipality. */
export async function subjectOf(
  municipality: { istatCode: string; slug: string },
  about: About,
): Promise<Subject | null> {
  switch (about.type) {
    case "proposal":
      return proposalSubject(municipality, about.id);
    case "pact":
      return pactSubject(municipality, about.id);
    case "milestone":
      return milestoneSubject(municipality, about.id);
    case "meeting":
      return meetingTalk(municipality, about.id);
  }
}

/** Whether there is such a thing, in the words of the database alone. */
export async function isTalkedAbout(municipality: string, about: About): Promise<boolean> {
  if (about.type === "meeting") return (await meetingRow(municipality, about.id)) !== null;
  const where = { municipality_id: { municipality, id: about.id } };
  if (about.type === "pact") return (await db.chainPact.findUnique({ where })) !== null;
  if (about.type === "milestone") return (await db.chainMilestone.findUnique({ where })) !== null;
  const proposal = await db.chainProposal.findUnique({ where });
  return proposal !== null && proposal.state !== "submitted";
}

/** What several comments are about is called; undefined for what has no title any more. */
export async function titlesOf(
  municipality: string,
  rows: readonly { aboutType: string; aboutId: string }[],
): Promise<(about: { aboutType: string; aboutId: string }) => string | undefined> {
  const of = (type: AboutType) => ({
    municipality,
    id: { in: rows.filter(({ aboutType }) => aboutType === type).map(({ aboutId }) => aboutId) },
  });
  const titled = { select: { id: true, title: true } };
  const [proposals, pacts, milestones, meetings] = await Promise.all([
    db.proposal.findMany({ where: of("proposal"), ...titled }),
    db.pact.findMany({ where: of("pact"), ...titled }),
    db.milestoneText.findMany({ where: of("milestone"), ...titled }),
    db.meeting.findMany({ where: of("meeting"), ...titled }),
  ]);
  const found = { proposal: proposals, pact: pacts, milestone: milestones, meeting: meetings };
  return ({ aboutType, aboutId }) => found[aboutType as AboutType]?.find(({ id }) => id === aboutId)?.title;
}

async function proposalSubject(
  { istatCode: municipality, slug }: { istatCode: string; slug: string },
  id: string,
) {
  const where = { municipality_id: { municipality, id } };
  const [chain, words] = await Promise.all([
    db.chainProposal.findUnique({ where }),
    db.proposal.findUnique({ where, select: { title: true } }),
  ]);
  if (!chain || chain.state === "submitted" || !words) return null;
  const commons = await commonsOf(municipality, chain.commons);
  if (!commons) return null;
  return {
    ...{ type: "proposal" as const, id, title: words.title, commons },
    href: {
      pathname: "/[municipality]/commons/[commons]" as const,
      params: { municipality: slug, commons: commons.slug },
      hash: `proposta-${id}`,
    },
  };
}

async function pactSubject(
  { istatCode: municipality, slug }: { istatCode: string; slug: string },
  id: string,
) {
  const where = { municipality_id: { municipality, id } };
  const [chain, words] = await Promise.all([
    db.chainPact.findUnique({ where }),
    db.pact.findUnique({ where, select: { title: true, slug: true } }),
  ]);
  if (!chain || !words) return null;
  return {
    ...{
      type: "pact" as const,
      id,
      title: words.title,
      commons: await commonsOf(municipality, chain.commons),
    },
    href: {
      pathname: "/[municipality]/pacts/[pact]" as const,
      params: { municipality: slug, pact: words.slug },
    },
  };
}

async function milestoneSubject(municipality: { istatCode: string; slug: string }, id: string) {
  const where = { municipality_id: { municipality: municipality.istatCode, id } };
  const [chain, words] = await Promise.all([
    db.chainMilestone.findUnique({ where }),
    db.milestoneText.findUnique({ where, select: { title: true } }),
  ]);
  const commitment =
    chain &&
    (await db.chainCommitment.findUnique({
      where: { municipality_id: { municipality: municipality.istatCode, id: chain.commitment } },
      select: { pact: true },
    }));
  const pact = commitment && (await pactSubject(municipality, commitment.pact));
  if (!pact) return null;
  const { pathname, params } = pact.href;
  return {
    ...{ type: "milestone" as const, id, title: words?.title || pact.title, commons: pact.commons },
    href: { pathname, params, hash: `milestone-${id}` },
  };
}

async function meetingTalk(municipality: { istatCode: string; slug: string }, id: string) {
  const { istatCode, slug } = municipality;
  const row = await meetingRow(istatCode, id);
  const about =
    row &&
    (await meetingSubject(municipality, { type: row.aboutType as MeetingAbout["type"], id: row.aboutId }));
  if (!about) return null;
  return {
    ...{ type: "meeting" as const, id, title: row.title },
    commons: about.commons === null ? null : await commonsOf(istatCode, about.commons),
    href: {
      pathname: "/[municipality]/meetings/[meeting]" as const,
      params: { municipality: slug, meeting: id },
    },
  };
}

async function meetingRow(municipality: string, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  return db.meeting.findFirst({
    where: { municipality, id },
    select: { title: true, aboutType: true, aboutId: true },
  });
}

async function commonsOf(municipality: string, id: string) {
  return db.commons.findUnique({
    where: { municipality_id: { municipality, id } },
    select: { id: true, slug: true, name: true },
  });
}
