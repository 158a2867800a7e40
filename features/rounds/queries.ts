import "server-only";
import { cache } from "react";
import type { PictureView } from "@/components/pictures/picture";
import { proposalPictures } from "@/features/pictures/queries";
import type { Round } from "@/generated/prisma/client";
import { type PendingItem, pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { statesFor } from "@/protocol/workflow/table";
import { ruleOf } from "./counting";
import { toldVoters } from "./rules";

export type RoundState = RecordOf<"round">["state"];

export type RoundCard = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  state: RoundState;
  opensOn: string;
  closesAt: Date;
  budgetCents: bigint;
  projects: number;
  rollSize: number;
  /** As long as a round with open ballots is open, until the day before; null of a sealed one that is not counted. */
  voters: number | null;
  reconstruction: boolean;
};

const order: Record<RoundState, number> = {
  open: 0,
  frozen: 1,
  closed: 2,
  counted: 3,
  attested: 4,
  final: 5,
  annulled: 6,
};

/** States of a proposal that is to be put on a ballot. */
const waitsForBallot = statesFor("rounds:freeze", "proposal");

/** Rounds that are on the ledger: open ones first, then what comes next, then results, latest first. */
export async function listRounds(municipality: string): Promise<RoundCard[]> {
  const [chain, words, voters] = await Promise.all([
    db.chainRound.findMany({ where: { municipality }, orderBy: { closesAt: "desc" } }),
    db.round.findMany({ where: { municipality } }),
    votersByRound(municipality),
  ]);
  return chain
    .flatMap((row) => {
      const text = words.find(({ id }) => id === row.id);
      const record = row.record as unknown as RecordOf<"round">;
      if (!text) return [];
      return [
        {
          ...{ id: row.id, slug: text.slug, title: text.title, summary: text.summary },
          state: row.state as RoundState,
          ...{ opensOn: row.opensOn, closesAt: row.closesAt, budgetCents: row.budgetCents },
          projects: record.projects.length,
          ...{ rollSize: row.rollSize, reconstruction: row.reconstruction },
          voters: toldVoters(record, voters.get(row.id) ?? 0),
        },
      ];
    })
    .sort((a, b) => order[a.state] - order[b.state]);
}

export type RoundProjectView = {
  number: number;
  proposal: string;
  title: string;
  summary: string;
  commons: string;
  commonsSlug: string;
  commonsName: string;
  kind: string;
  picture: PictureView | undefined;
  district: number | null;
  costCents: number;
  score: number | null;
};

export type RoundView = RoundCard & {
  call: { slug: string; title: string };
  record: RecordOf<"round">;
  projectViews: RoundProjectView[];
  transactionId: string;
  block: string;
};

export const roundBySlug = cache(async (municipality: string, slug: string): Promise<RoundView | null> => {
  const text = await db.round.findUnique({ where: { municipality_slug: { municipality, slug } } });
  return text && roundView(municipality, text);
});

/** A round on the ledger by its id; null while it is only a draft. */
export async function roundById(municipality: string, id: string): Promise<RoundView | null> {
  const text = await db.round.findUnique({ where: { municipality_id: { municipality, id } } });
  return text && roundView(municipality, text);
}

export type DraftRound = {
  words: Round;
  isOnItsWay: boolean;
  refusal: { code: string; params: Record<string, string | number> } | null;
};

/** The draft of a round with what became of freezing it. */
export async function draftRound(municipality: string, id: string): Promise<DraftRound | null> {
  const words = await db.round.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!words) return null;
  const pending = await pendingItems(db, { municipality, subject: { type: "round", id } });
  const failed = pending.findLast(
    ({ status, transaction }) => status === "failed" && transaction === "rounds:freeze",
  );
  return {
    words,
    isOnItsWay: pending.some(({ status }) => status !== "failed"),
    refusal: failed?.error ?? null,
  };
}

/** Drafts that nobody has frozen yet. */
export async function draftRounds(municipality: string): Promise<Round[]> {
  const [drafts, frozen] = await Promise.all([
    db.round.findMany({ where: { municipality }, orderBy: { updatedAt: "desc" } }),
    db.chainRound.findMany({ where: { municipality }, select: { id: true } }),
  ]);
  const known = new Set(frozen.map(({ id }) => id));
  return drafts.filter(({ id }) => !known.has(id));
}

/** How many people are on a municipality's roll now. */
export function peopleOnRoll(municipality: string): Promise<number> {
  return db.rollPerson.count({ where: { municipality } });
}

export type DraftProject = { id: string; title: string; costCents: bigint; score: number | null };

/** Admitted proposals of a call: what may stand on a ballot. */
export async function admittedProposals(municipality: string, call: string): Promise<DraftProject[]> {
  const chain = await db.chainProposal.findMany({
    where: { municipality, call, state: { in: waitsForBallot } },
    orderBy: { score: "desc" },
  });
  const words = await db.proposal.findMany({
    where: { municipality, id: { in: chain.map(({ id }) => id) } },
  });
  return chain.map(({ id, costCents, score }) => ({
    ...{ id, costCents, score },
    title: words.find((row) => row.id === id)?.title ?? id,
  }));
}

/** Calls with admitted proposals that no ballot has yet. */
export async function callsToVote(municipality: string) {
  const rows = await db.chainProposal.groupBy({
    by: ["call"],
    where: { municipality, state: { in: waitsForBallot } },
    _count: true,
  });
  const calls = await db.call.findMany({ where: { municipality, id: { in: rows.map(({ call }) => call) } } });
  return calls.map(({ id, title }) => ({
    id,
    title,
    admitted: rows.find(({ call }) => call === id)?._count ?? 0,
  }));
}

/** Steps of a round that are on their way, or were refused in the last hour. */
export function pendingOfRound(municipality: string, id: string): Promise<PendingItem[]> {
  return pendingItems(db, { municipality, subject: { type: "round", id }, failedFor: 3_600_000 });
}

/** Where each project of a round stands. */
export async function projectStates(
  municipality: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.chainProposal.findMany({
    where: { municipality, id: { in: [...ids] } },
    select: { id: true, state: true },
  });
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** The last part of a round's address. */
export async function roundSlug(municipality: string, id: string): Promise<string | undefined> {
  const row = await db.round.findUnique({
    where: { municipality_id: { municipality, id } },
    select: { slug: true },
  });
  return row?.slug;
}

export type ObjectionView = {
  id: string;
  raisedOn: string;
  text: string | null;
  upheld: boolean | null;
  decidedOn: string | null;
  own: boolean;
};

export async function objectionsTo(
  municipality: string,
  round: string,
  viewer: string | undefined,
): Promise<ObjectionView[]> {
  const rows = await db.chainObjection.findMany({
    where: { municipality, round },
    orderBy: { block: "asc" },
  });
  const texts = await db.saltedText.findMany({
    where: { municipality, digest: { in: rows.map(({ digest }) => digest) } },
  });
  return rows.map(({ id, raisedOn, digest, upheld, decidedOn, person }) => ({
    ...{ id, raisedOn, upheld, decidedOn, own: person === viewer },
    text: texts.find((row) => row.digest === digest)?.text ?? null,
  }));
}

/** The rule of a frozen round, and whether its voters' choices decide by equal shares. */
export function ruleOfRound(round: Pick<RecordOf<"round">, "rule">) {
  return ruleOf(round.rule);
}

/**
 * Keys that have cast an open ballot in each round of a municipality. Of a round that is not closed those until the day before:
 * a number that rises under one's eyes tells who has just voted.
 */
async function votersByRound(
  municipality: string,
  round: string | null = null,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ round: string; voters: bigint }[]>`
    SELECT ballot.round, count(DISTINCT ballot.key) AS voters FROM chain.ballot AS ballot
    JOIN chain.round AS round ON round.municipality = ballot.municipality AND round.id = ballot.round
    WHERE ballot.municipality = ${municipality} AND (${round}::text IS NULL OR ballot.round = ${round})
      AND (round.state NOT IN ('frozen', 'open') OR ballot.block <= (
        SELECT coalesce(max(block), -1) FROM chain.transaction AS before WHERE before.municipality = ${municipality}
          AND before.day < (SELECT day FROM chain.day WHERE municipality = ${municipality})))
    GROUP BY ballot.round`;
  return new Map(rows.map(({ round: id, voters }) => [id, Number(voters)]));
}

async function roundView(municipality: string, text: Round): Promise<RoundView | null> {
  const row = await db.chainRound.findUnique({ where: { municipality_id: { municipality, id: text.id } } });
  if (!row) return null;
  const record = row.record as unknown as RecordOf<"round">;
  const ids = record.projects.map(({ proposal }) => proposal);
  const [call, words, chain, commons, voters, pictures] = await Promise.all([
    db.call.findUniqueOrThrow({ where: { municipality_id: { municipality, id: row.call } } }),
    db.proposal.findMany({ where: { municipality, id: { in: ids } } }),
    db.chainProposal.findMany({
      where: { municipality, id: { in: ids } },
      select: { id: true, score: true },
    }),
    db.commons.findMany({
      where: { municipality, id: { in: record.projects.map((project) => project.commons) } },
    }),
    votersByRound(municipality, row.id),
    proposalPictures(
      municipality,
      record.projects.map(({ proposal, commons: place }) => ({ id: proposal, commons: place })),
    ),
  ]);
  return {
    ...{
      id: row.id,
      slug: text.slug,
      title: text.title,
      summary: text.summary,
      state: row.state as RoundState,
    },
    ...{ opensOn: row.opensOn, closesAt: row.closesAt, budgetCents: row.budgetCents, projects: ids.length },
    ...{ rollSize: row.rollSize, reconstruction: row.reconstruction },
    voters: toldVoters(record, voters.get(row.id) ?? 0),
    call: { slug: call.slug, title: call.title },
    record,
    projectViews: record.projects.map(({ number, proposal, commons: place, costCents }) => {
      const project = words.find(({ id }) => id === proposal);
      const found = commons.find(({ id }) => id === place);
      return {
        ...{ number, proposal, costCents, title: project?.title ?? "", summary: project?.summary ?? "" },
        commons: place,
        kind: found?.kind ?? "",
        picture: pictures.get(proposal),
        district: found?.district ?? null,
        commonsSlug: found?.slug ?? "",
        commonsName: found?.name ?? "",
        score: chain.find(({ id }) => id === proposal)?.score ?? null,
      };
    }),
    transactionId: row.transactionId,
    block: row.block.toString(),
  };
}
