import "server-only";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { Answers, Step } from "./dossier";
import { isEditable, type Submission, submissionOf } from "./progress-queries";
import { type Missing, missingFields } from "./rules";
import { writtenBy } from "./writers-queries";

export type DraftView = {
  id: string;
  call: { id: string; slug: string; title: string; closesOn: string; maxCostCents: bigint };
  title: string;
  answers: Answers;
  step: Step;
  revision: number;
  costCents: bigint | null;
  discarded: boolean;
  commons: {
    id: string;
    slug: string;
    published: boolean;
    own: boolean;
    name: string;
    kind: string;
    description: string;
    address: string | null;
    lat: number | null;
    lon: number | null;
    district: number | null;
  } | null;
  subject: { id: string; kind: string; name: string; fiscalCode: string | null; email: string | null } | null;
  missing: Missing[];
  state: string | null;
  /** Block of the last transaction that changed it. */
  block: number | null;
  integrationDueOn: string | null;
  /** Digest of the reason an office gave last. */
  reasonDigest: string | null;
  submission: Submission;
  editable: boolean;
  /** Whether the viewer writes it together with its proponent, and does not hand it in. */
  isCoAuthor: boolean;
};

/** A dossier that a person writes, alone or with others; null for anybody else's. */
export async function ownDraft(municipality: string, id: string, viewer: Viewer): Promise<DraftView | null> {
  const row = await db.proposal.findFirst({ where: { municipality, id, ...writtenBy(viewer.id) } });
  if (!row) return null;
  const isCoAuthor = row.author !== viewer.id;
  const [call, chainCall, commons, subject, chain, submission] = await Promise.all([
    db.call.findUniqueOrThrow({ where: { municipality_id: { municipality, id: row.call } } }),
    db.chainCall.findUniqueOrThrow({ where: { municipality_id: { municipality, id: row.call } } }),
    row.commons
      ? db.commons.findUnique({ where: { municipality_id: { municipality, id: row.commons } } })
      : null,
    row.subject
      ? db.subject.findUnique({ where: { municipality_id: { municipality, id: row.subject } } })
      : null,
    db.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } }),
    submissionOf(db, municipality, id),
  ]);
  const answers = row.dossier as Answers;
  return {
    id,
    call: {
      id: call.id,
      slug: call.slug,
      title: call.title,
      closesOn: chainCall.closesOn,
      maxCostCents: chainCall.maxCostCents,
    },
    title: row.title,
    answers,
    step: row.step as Step,
    revision: row.revision,
    costCents: row.costCents,
    discarded: row.discardedAt !== null,
    commons: commons && {
      id: commons.id,
      slug: commons.slug,
      published: commons.publishedAt !== null,
      own: commons.createdBy === row.author && commons.publishedAt === null,
      name: commons.name,
      kind: commons.kind,
      description: commons.description,
      address: commons.address,
      lat: commons.lat,
      lon: commons.lon,
      district: commons.district,
    },
    subject: subject && {
      id: subject.id,
      kind: subject.kind,
      name: subject.name,
      // Theirs to whom it belongs.
      fiscalCode: isCoAuthor ? null : subject.fiscalCode,
      email: isCoAuthor ? null : subject.email,
    },
    missing: missingFields({
      answers,
      place: commons && { ...commons, commons: commons.publishedAt ? commons.id : null },
      subject: row.subject,
      costCents: row.costCents,
      maxCostCents: chainCall.maxCostCents,
    }),
    state: chain?.state ?? null,
    block: chain ? Number(chain.block) : null,
    integrationDueOn: chain?.integrationDueOn ?? null,
    reasonDigest: (chain?.record as { reasonDigest?: string } | undefined)?.reasonDigest ?? null,
    submission,
    editable: isEditable(chain?.state, submission),
    isCoAuthor,
  };
}

export type OwnProposal = {
  id: string;
  title: string;
  callTitle: string;
  state: string | null;
  submission: Submission;
  step: string;
  updatedAt: Date;
  discarded: boolean;
  commonsSlug: string | null;
  isCoAuthor: boolean;
};

/** Everything a person has begun, submitted or writes with others in a municipality, last changed first. */
export async function ownProposals(municipality: string, viewer: Viewer): Promise<OwnProposal[]> {
  const rows = await db.proposal.findMany({
    // What its proponent put aside is nobody else's to take back.
    where: {
      municipality,
      OR: [{ author: viewer.id }, { coAuthors: { some: { person: viewer.id } }, discardedAt: null }],
    },
    orderBy: { updatedAt: "desc" },
  });
  const ids = rows.map(({ id }) => id);
  const [chain, calls, commons] = await Promise.all([
    db.chainProposal.findMany({ where: { municipality, id: { in: ids } } }),
    db.call.findMany({ where: { municipality, id: { in: rows.map(({ call }) => call) } } }),
    db.commons.findMany({
      where: { municipality, id: { in: rows.flatMap(({ commons }) => commons ?? []) } },
    }),
  ]);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      title: row.title,
      callTitle: calls.find(({ id }) => id === row.call)?.title ?? "",
      state: chain.find(({ id }) => id === row.id)?.state ?? null,
      submission: await submissionOf(db, municipality, row.id),
      step: row.step,
      updatedAt: row.updatedAt,
      discarded: row.discardedAt !== null,
      commonsSlug: commons.find(({ id }) => id === row.commons)?.slug ?? null,
      isCoAuthor: row.author !== viewer.id,
    })),
  );
}

/** Subjects a person represents, to be chosen again instead of typed again: all but what this draft alone has. */
export async function ownSubjects(
  municipality: string,
  viewer: Viewer,
  draft: string,
): Promise<{ id: string; name: string }[]> {
  const rows = await db.subject.findMany({
    where: { municipality, representative: viewer.id },
    orderBy: { name: "asc" },
  });
  const ids = rows.map(({ id }) => id);
  const [onChain, elsewhere] = await Promise.all([
    db.chainSubject.findMany({ where: { municipality, id: { in: ids } }, select: { id: true } }),
    db.proposal.findMany({
      where: { municipality, subject: { in: ids }, id: { not: draft } },
      select: { subject: true },
    }),
  ]);
  const settled = new Set([...onChain.map(({ id }) => id), ...elsewhere.map(({ subject }) => subject)]);
  return rows.filter(({ id }) => settled.has(id)).map(({ id, name }) => ({ id, name }));
}

export type CommonsChoice = { id: string; name: string; address: string | null };

/** Commons that a list to choose from can hold; a city has more, each with a link to propose on its own page. */
const MOST_CHOICES = 200;

/** Commons that a proposal may be about, by name, the one that is chosen already among them. */
export async function commonsChoices(
  municipality: string,
  commons: string | undefined,
): Promise<{ choices: CommonsChoice[]; isWhole: boolean }> {
  const all = { municipality, publishedAt: { not: null } };
  const select = { id: true, name: true, address: true } as const;
  const [first, chosen] = await Promise.all([
    db.commons.findMany({ where: all, select, orderBy: { name: "asc" }, take: MOST_CHOICES + 1 }),
    commons === undefined ? [] : db.commons.findMany({ where: { ...all, id: commons }, select }),
  ]);
  const shown = first.slice(0, MOST_CHOICES);
  return {
    choices: [...chosen.filter(({ id }) => !shown.some((one) => one.id === id)), ...shown],
    isWhole: first.length <= MOST_CHOICES,
  };
}

/** A published commons by its id. */
export async function commonsNamed(municipality: string, id: string): Promise<string | undefined> {
  const row = await db.commons.findFirst({
    where: { municipality, id, publishedAt: { not: null } },
    select: { name: true },
  });
  return row?.name;
}

/** What was submitted last of a proposal: its words and the digests of its files. */
export async function latestVersion(
  municipality: string,
  proposal: string,
): Promise<{ answers: Answers; attachments: string[] } | null> {
  const version = await db.proposalVersion.findFirst({
    where: { municipality, proposal },
    orderBy: { version: "desc" },
  });
  const content = version?.content as { answers?: Answers; attachments?: string[] } | undefined;
  return content ? { answers: content.answers ?? {}, attachments: content.attachments ?? [] } : null;
}
