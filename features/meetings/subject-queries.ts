import "server-only";
import { type Database, db } from "@/lib/db";
import type { Href } from "@/lib/language/navigation";
import { endedStates } from "@/protocol/records/pacts";
import type { MeetingAbout, MeetingSubject } from "./rules";

/** What a meeting is about, where it is read, and whether meetings of it are called now. */
export type SubjectView = MeetingSubject & {
  title: string;
  href: Href;
  isOpen: boolean;
  /** As subscriptions name it. */
  subjects: string[];
  /** That it belongs to. */
  commons: string | null;
};

/** What may have meetings because anyone may read it; null where there is no such thing in the municipality. */
export async function meetingSubject(
  { istatCode: municipality, slug }: { istatCode: string; slug: string },
  { type, id }: MeetingAbout,
  tx: Database = db,
): Promise<SubjectView | null> {
  const where = { municipality_id: { municipality, id } };
  if (type === "house") {
    const house = await tx.house.findUnique({ where });
    return (
      house && {
        ...{ type, id, title: house.name, district: house.district, representative: null, isOpen: true },
        ...{ subjects: [`house:${id}`], commons: null },
        href: {
          pathname: "/[municipality]/houses/[house]",
          params: { municipality: slug, house: house.slug },
        },
      }
    );
  }
  if (type === "proposal") {
    const [chain, words] = await Promise.all([
      tx.chainProposal.findUnique({ where }),
      tx.proposal.findUnique({ where, select: { title: true } }),
    ]);
    if (!chain || chain.state === "submitted" || !words) return null;
    const commons = await commonsOf(tx, municipality, chain.commons);
    if (!commons) return null;
    const href = {
      pathname: "/[municipality]/commons/[commons]" as const,
      params: { municipality: slug, commons: commons.slug },
      hash: `proposta-${id}`,
    };
    return {
      ...{ type, id, title: words.title, district: commons.district, representative: chain.representative },
      ...{ isOpen: chain.state === "co_design", subjects: [`proposal:${id}`, `commons:${chain.commons}`] },
      commons: chain.commons,
      href,
    };
  }
  const [chain, words] = await Promise.all([
    tx.chainPact.findUnique({ where }),
    tx.pact.findUnique({ where, select: { title: true, slug: true } }),
  ]);
  if (!chain || !words) return null;
  const [commons, proposal] = await Promise.all([
    commonsOf(tx, municipality, chain.commons),
    tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id: chain.proposal } } }),
  ]);
  return {
    ...{ type, id, title: words.title, district: commons?.district ?? null },
    representative: proposal?.representative ?? null,
    isOpen: !endedStates.some((state) => state === chain.state),
    subjects: [`pact:${id}`, `proposal:${chain.proposal}`, `commons:${chain.commons}`],
    commons: chain.commons,
    href: { pathname: "/[municipality]/pacts/[pact]", params: { municipality: slug, pact: words.slug } },
  };
}

function commonsOf(tx: Database, municipality: string, id: string) {
  return tx.commons.findUnique({
    where: { municipality_id: { municipality, id } },
    select: { slug: true, district: true },
  });
}
