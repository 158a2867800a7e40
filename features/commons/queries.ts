import "server-only";
import { db } from "@/lib/db";
import { literally } from "@/lib/like";
import type { Viewer } from "@/lib/permissions";
import type { CommonsFilter } from "./schema";

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
};

/** Commons that anyone may see, by name. A commons is seen once a proposal on it is published. */
export async function listCommons(municipality: string, filter: CommonsFilter = {}): Promise<CommonsCard[]> {
  // Names kept before they were made normal may be decomposed: their digests are on the ledger, so they stay.
  const forms = filter.search ? [...new Set([filter.search, filter.search.normalize("NFD")])] : [];
  const rows = await db.commons.findMany({
    where: {
      municipality,
      publishedAt: { not: null },
      ...(filter.kind && { kind: filter.kind }),
      ...(filter.district && { district: filter.district }),
      ...(forms.length > 0 && {
        OR: ["name", "address", "description"].flatMap((column) =>
          forms.map((form) => ({ [column]: { contains: literally(form), mode: "insensitive" as const } })),
        ),
      }),
    },
    orderBy: { name: "asc" },
  });
  const stages = await stagesOf(
    municipality,
    rows.map((row) => row.id),
  );
  const cards = rows.map(({ id, slug, name, kind, address, district, lat, lon, positionOf }) => ({
    id,
    slug,
    name,
    kind,
    address,
    district,
    lat,
    lon,
    positionOf,
    stage: stages.get(id) ?? "known",
  }));
  return filter.stage ? cards.filter((card) => card.stage === filter.stage) : cards;
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
  const [stages, proposals, followers, followed] = await Promise.all([
    stagesOf(municipality, [row.id]),
    proposalsOn(municipality, row.id, viewer),
    db.follow.count({ where: { municipality, commons: row.id } }),
    viewer ? db.follow.count({ where: { municipality, commons: row.id, person: viewer.id } }) : 0,
  ]);
  const { id, name, kind, address, district, lat, lon, positionOf, description, owner, heritage } = row;
  return {
    ...{ id, slug, name, kind, address, district, lat, lon, positionOf, description, owner, heritage },
    stage: stages.get(id) ?? "known",
    sources: row.sources as string[],
    facts: row.facts as Record<string, unknown>,
    proposals,
    followers,
    followed: followed > 0,
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

/** The stage of each commons: the state of its latest pact that is neither a draft nor given up, or else of its latest proposal. */
async function stagesOf(municipality: string, ids: string[]): Promise<Map<string, Stage>> {
  const where = { municipality, commons: { in: ids } };
  const select = { commons: true, state: true } as const;
  const [proposals, pacts] = await Promise.all([
    db.chainProposal.findMany({
      where: { ...where, state: { not: "submitted" } },
      select,
      orderBy: { block: "asc" },
    }),
    db.chainPact.findMany({
      where: { ...where, state: { notIn: ["draft", "withdrawn"] } },
      select,
      orderBy: { block: "asc" },
    }),
  ]);
  const stages = new Map(proposals.map(({ commons, state }) => [commons, state]));
  for (const { commons, state } of pacts) stages.set(commons, `pact_${state}`);
  return stages;
}
