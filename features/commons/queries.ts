import "server-only";
import type { PictureView } from "@/components/pictures/picture";
import { isFollowing } from "@/features/notifications/queries";
import { coversOf } from "@/features/pictures/queries";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";

export type Stage = string;

export type CommonsCard = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  address: string | null;
  district: number | null;
  lat: number | null;
  lon: number | null;
  positionOf: string;
  /** State of its pact, or else of its latest proposal; `known` while it has neither. */
  stage: Stage;
  /** The photograph that stands for it, where there is one. */
  picture?: PictureView;
};

/** The same cards with the photographs that stand for them: of those that are shown, not of all that were found. */
export async function withPictures(
  municipality: string,
  cards: readonly CommonsCard[],
): Promise<CommonsCard[]> {
  const covers = await coversOf(
    municipality,
    cards.map(({ id }) => id),
  );
  return cards.map((card) => ({ ...card, ...pictureIn(covers, card.id) }));
}

/** The districts that have commons here, in order. */
export async function districtsOf(municipality: string): Promise<number[]> {
  const rows = await db.commons.findMany({
    where: { municipality, publishedAt: { not: null }, district: { not: null } },
    distinct: ["district"],
    select: { district: true },
    orderBy: { district: "asc" },
  });
  return rows.flatMap(({ district }) => district ?? []);
}

export type CommonsView = CommonsCard & {
  description: string;
  owner: string | null;
  heritage: boolean;
  sources: string[];
  facts: Record<string, unknown>;
  proposals: ProposalSummary[];
  followers: number;
  followed: boolean;
};

export type ProposalSummary = {
  id: string;
  title: string;
  summary: string;
  state: string;
  costCents: bigint;
  score: number | null;
  call: string;
  callTitle: string;
  callSlug: string;
  /** Whether this viewer is who proposed it. */
  own: boolean;
  /** Empty where a natural person proposes: their name is theirs to tell. */
  subjectName: string;
  integrationDueOn: string | null;
  reasonDigest: string | null;
  mergedInto: string | null;
  adhesions: number;
  /** How this person has adhered, if so. */
  adhered: string | null;
};

/** One commons with the proposals on it, newest first; null where it is not there for this person. */
export async function commonsBySlug(
  municipality: string,
  slug: string,
  viewer: Viewer | undefined,
): Promise<CommonsView | null> {
  const row = await db.commons.findUnique({ where: { municipality_slug: { municipality, slug } } });
  if (!row || (!row.publishedAt && row.createdBy !== viewer?.id)) return null;
  const [stage, covers, proposals, followers, followed] = await Promise.all([
    stageOf(municipality, row.id),
    coversOf(municipality, [row.id]),
    proposalsOn(municipality, row.id, viewer),
    db.subscription.count({ where: { municipality, kind: "commons", subject: row.id } }),
    isFollowing(municipality, viewer, { kind: "commons", subject: row.id }),
  ]);
  const { id, name, kind, address, district, lat, lon, positionOf, description, owner, heritage } = row;
  return {
    ...{ id, slug, name, kind, address, district, lat, lon, positionOf, description, owner, heritage },
    stage,
    ...pictureIn(covers, id),
    sources: row.sources as string[],
    facts: row.facts as Record<string, unknown>,
    proposals,
    followers,
    followed,
  };
}

async function proposalsOn(
  municipality: string,
  commons: string,
  viewer: Viewer | undefined,
): Promise<ProposalSummary[]> {
  const chain = await db.chainProposal.findMany({
    where: {
      municipality,
      commons,
      ...(viewer
        ? { OR: [{ state: { not: "submitted" } }, { representative: viewer.id }] }
        : { state: { not: "submitted" } }),
    },
    orderBy: { block: "desc" },
  });
  const ids = chain.map((proposal) => proposal.id);
  const [words, calls, subjects, adhesions, own] = await Promise.all([
    db.proposal.findMany({ where: { municipality, id: { in: ids } } }),
    db.call.findMany({ where: { municipality, id: { in: chain.map((proposal) => proposal.call) } } }),
    db.subject.findMany({ where: { municipality, id: { in: chain.map((proposal) => proposal.subject) } } }),
    db.chainAdhesion.groupBy({
      by: ["proposal"],
      where: { municipality, proposal: { in: ids }, withdrawn: false },
      _count: true,
    }),
    viewer
      ? db.chainAdhesion.findMany({
          where: { municipality, proposal: { in: ids }, person: viewer.id, withdrawn: false },
        })
      : [],
  ]);
  return chain.map((proposal) => {
    const text = words.find((row) => row.id === proposal.id);
    const call = calls.find((row) => row.id === proposal.call);
    return {
      id: proposal.id,
      title: text?.title ?? "",
      summary: text?.summary ?? "",
      state: proposal.state,
      costCents: proposal.costCents,
      score: proposal.score,
      call: proposal.call,
      callTitle: call?.title ?? "",
      callSlug: call?.slug ?? "",
      own: proposal.representative === viewer?.id,
      subjectName: subjects.find((row) => row.id === proposal.subject && row.kind !== "person")?.name ?? "",
      integrationDueOn: proposal.integrationDueOn,
      reasonDigest: (proposal.record as { reasonDigest?: string }).reasonDigest ?? null,
      mergedInto: proposal.mergedInto,
      adhesions: adhesions.find((row) => row.proposal === proposal.id)?._count ?? 0,
      adhered: own.find((row) => row.proposal === proposal.id)?.kind ?? null,
    };
  });
}

/** The state of its latest pact that is neither a draft nor given up, or else of its latest proposal. */
async function stageOf(municipality: string, commons: string): Promise<Stage> {
  const last = { select: { state: true }, orderBy: { block: "desc" } } as const;
  const [pact, proposal] = await Promise.all([
    db.chainPact.findFirst({
      where: { municipality, commons, state: { notIn: ["draft", "withdrawn"] } },
      ...last,
    }),
    db.chainProposal.findFirst({
      where: { municipality, commons, state: { not: "submitted" } },
      ...last,
    }),
  ]);
  return pact ? `pact_${pact.state}` : (proposal?.state ?? "known");
}

function pictureIn(covers: ReadonlyMap<string, PictureView>, commons: string): { picture?: PictureView } {
  const picture = covers.get(commons);
  return picture ? { picture } : {};
}
