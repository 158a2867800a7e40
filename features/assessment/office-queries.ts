import "server-only";
import { chainDay } from "@/features/calls/queries";
import { textOf } from "@/features/documents/queries";
import { type PendingItem, pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { statesFor } from "@/protocol/workflow/table";

export type OfficeProposal = {
  id: string;
  title: string;
  summary: string;
  state: string;
  version: number;
  submittedOn: string;
  costCents: bigint;
  score: number | null;
  adhesions: number;
  /** Representatives of proposals merged into it. */
  credits: number;
  /** Whether this viewer proposed it, or a proposal merged into it. */
  own: boolean;
  integrationDueOn: string | null;
  reason: string | null;
  call: { id: string; slug: string; title: string; closesOn: string; assessable: boolean };
  commons: {
    slug: string;
    name: string;
    kind: string;
    address: string | null;
    district: number | null;
    lat: number | null;
    lon: number | null;
    positionOf: string;
    description: string;
  };
  subject: { name: string; kind: string; email: string | null };
  /** Whether it was merged into one on which nothing was decided yet. */
  separable: boolean;
  /** Other proposals of the same call that it could be merged into; those on the same commons first. */
  others: { id: string; title: string; sameCommons: boolean }[];
  day: string;
  pending: PendingItem[];
};

/** A submitted proposal as the offices of its municipality see it. */
export async function officeProposal(
  municipality: string,
  id: string,
  viewer: Viewer,
): Promise<OfficeProposal | null> {
  const key = { municipality_id: { municipality, id } };
  const [chain, words] = await Promise.all([
    db.chainProposal.findUnique({ where: key }),
    db.proposal.findUnique({ where: key, include: { coAuthors: true } }),
  ]);
  if (!chain || !words) return null;
  const record = chain.record as { credits?: string[]; reasonDigest?: string };
  const { credits = [] } = record;
  const authors = [chain.representative, ...credits, ...words.coAuthors.map(({ person }) => person)];
  const of = (id: string) => ({ where: { municipality_id: { municipality, id } } });
  const [call, callWords, commons, subject, adhesions, others, day, pending, reason] = await Promise.all([
    db.chainCall.findUniqueOrThrow(of(chain.call)),
    db.call.findUniqueOrThrow(of(chain.call)),
    db.commons.findUniqueOrThrow(of(chain.commons)),
    db.subject.findUnique(of(chain.subject)),
    db.chainAdhesion.count({ where: { municipality, proposal: id, withdrawn: false } }),
    db.chainProposal.findMany({
      where: {
        municipality,
        call: chain.call,
        id: { not: id },
        state: { in: statesFor("proposals:merge", "proposal", "into") },
      },
    }),
    chainDay(municipality),
    pendingItems(db, { municipality, subject: { type: "proposal", id } }),
    record.reasonDigest ? textOf(municipality, record.reasonDigest, viewer) : undefined,
  ]);
  const into = chain.mergedInto && (await db.chainProposal.findUnique(of(chain.mergedInto)));
  const otherWords = await db.proposal.findMany({
    where: { municipality, id: { in: others.map((other) => other.id) } },
    select: { id: true, title: true },
  });
  const rolling = (call.record as { rolling?: boolean }).rolling ?? false;
  return {
    id,
    title: words.title,
    summary: words.summary,
    state: chain.state,
    version: chain.version,
    submittedOn: chain.submittedOn,
    costCents: chain.costCents,
    score: chain.score,
    adhesions,
    credits: credits.length,
    own: authors.includes(viewer.id),
    integrationDueOn: chain.integrationDueOn,
    reason: reason ?? null,
    call: {
      id: call.id,
      slug: callWords.slug,
      title: callWords.title,
      closesOn: call.closesOn,
      assessable: rolling || day > call.closesOn,
    },
    commons: {
      slug: commons.slug,
      name: commons.name,
      kind: commons.kind,
      address: commons.address,
      district: commons.district,
      lat: commons.lat,
      lon: commons.lon,
      positionOf: commons.positionOf,
      description: commons.description,
    },
    subject: { name: subject?.name ?? "", kind: subject?.kind ?? "", email: subject?.email ?? null },
    separable: Boolean(into && statesFor("proposals:separate", "proposal", "into").includes(into.state)),
    others: others
      .map((other) => ({
        id: other.id,
        title: otherWords.find((row) => row.id === other.id)?.title ?? "",
        sameCommons: other.commons === chain.commons,
      }))
      .sort((a, b) => Number(b.sameCommons) - Number(a.sameCommons) || a.title.localeCompare(b.title, "it")),
    day,
    pending,
  };
}
