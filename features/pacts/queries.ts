import "server-only";
import { cache } from "react";
import type { PictureView } from "@/components/pictures/picture";
import { attachmentsOf } from "@/features/documents/queries";
import { witnessesOf } from "@/features/papers/queries";
import { hasCountingKey } from "@/features/passkeys/queries";
import { coversOf } from "@/features/pictures/queries";
import type { Pact } from "@/generated/prisma/client";
import { type Database, db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import type { Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { endedStates } from "@/protocol/records/pacts";
import { allows, statesFor } from "@/protocol/workflow/table";
import type { PactContent, PartyText } from "./content";

export type PactState = RecordOf<"pact">["state"];
export type PactCard = {
  id: string;
  slug: string;
  title: string;
  state: PactState;
  startsOn: string;
  endsOn: string;
  commons: { slug: string; name: string };
};

/** A pact in the list, with the photograph of its commons where there is one. */
export type ListedPact = PactCard & {
  commons: PactCard["commons"] & { id: string; kind: string; picture?: PictureView };
};

/** Pacts on one page. */
const PAGE = 24;

/** Pacts on the ledger: those in force first, then those being made, then the ended ones. */
export async function listPacts(
  municipality: string,
  page: number,
): Promise<{ pacts: ListedPact[]; page: number; pages: number }> {
  type Row = Omit<PactCard, "commons"> & {
    commonsId: string;
    commonsSlug: string;
    commonsName: string;
    kind: string;
    count: bigint;
  };
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.id, t.slug, t.title, p."startsOn", p."endsOn", p.state,
      p.commons AS "commonsId", coalesce(c.kind, '') AS kind,
      coalesce(c.slug, '') AS "commonsSlug", coalesce(c.name, '') AS "commonsName", count(*) OVER () AS count
    FROM chain.pact p
    JOIN public."Pact" t ON t.municipality = p.municipality AND t.id = p.id
    LEFT JOIN public."Commons" c ON c.municipality = p.municipality AND c.id = p.commons
    WHERE p.municipality = ${municipality}
    ORDER BY
      CASE WHEN p.state IN ('active', 'suspended') THEN 0 WHEN p.state = ANY(${[...ended]}::text[]) THEN 2 ELSE 1 END,
      p."startsOn" DESC, p.id
    LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`;
  if (rows.length === 0 && page > 1) return listPacts(municipality, 1);
  const covers = await coversOf(
    municipality,
    rows.map(({ commonsId }) => commonsId),
  );
  return {
    pacts: rows.map(({ commonsId: id, commonsSlug: slug, commonsName: name, kind, count: _, ...row }) => {
      const picture = covers.get(id);
      return { ...row, commons: { id, slug, name, kind, ...(picture && { picture }) } };
    }),
    page,
    pages: Math.max(1, Math.ceil(Number(rows[0]?.count ?? 0) / PAGE)),
  };
}

export type PartyView = {
  id: string;
  name: string;
  signedOn: string | null;
  /** How it was signed; not known of a signature that the Comune vouched for. */
  means: "passkey" | "paper" | null;
  /** Before whom, where it was on paper. */
  witnesses: readonly { name: string; role: Role }[];
  /** A subject, whose representative signs; not an organisation. */
  isSubject: boolean;
  canSign: boolean;
};
export type VersionView = { version: number; documentHash: string; href: string | null };

export type PactView = PactCard & {
  proposal: string;
  record: RecordOf<"pact">;
  content: PactContent;
  parties: PartyView[];
  versions: VersionView[];
  /** The viewer represents the proponent. */
  isRepresentative: boolean;
  /** The viewer has a key that signs. */
  hasKey: boolean;
  transactionId: string;
  block: string;
};

/** A pact as anyone may read it, or null where it is not on the ledger. */
export const pactBySlug = cache(
  async (
    municipality: { istatCode: string; slug: string },
    slug: string,
    viewer: Viewer | undefined,
  ): Promise<PactView | null> => {
    const { istatCode } = municipality;
    const text = await db.pact.findUnique({
      where: { municipality_slug: { municipality: istatCode, slug } },
    });
    const row =
      text &&
      (await db.chainPact.findUnique({
        where: { municipality_id: { municipality: istatCode, id: text.id } },
      }));
    if (!text || !row) return null;
    const record = row.record as unknown as RecordOf<"pact">;
    const [hasKey, witnesses, issued, recorded, files, subjects, commons, proposal] = await Promise.all([
      viewer ? hasCountingKey(istatCode, viewer.id) : false,
      witnessesOf(
        istatCode,
        record.signatures.flatMap(({ paper }) => paper ?? []),
      ),
      db.pactVersion.findMany({ where: { municipality: istatCode, pact: text.id } }),
      db.chainPactVersion.findMany({
        where: { municipality: istatCode, pact: text.id },
        orderBy: { version: "desc" },
        select: { version: true, documentHash: true },
      }),
      attachmentsOf(municipality, { type: "pact", id: text.id }, viewer),
      db.chainSubject.findMany({
        where: {
          municipality: istatCode,
          id: { in: record.parties.flatMap(({ subject }) => subject ?? []) },
        },
      }),
      db.commons.findUnique({ where: { municipality_id: { municipality: istatCode, id: row.commons } } }),
      db.chainProposal.findUnique({
        where: { municipality_id: { municipality: istatCode, id: row.proposal } },
      }),
    ]);
    const current = issued.find(({ documentHash }) => documentHash === record.documentHash);
    const names = (current?.parties ?? text.parties) as PartyText[];
    return {
      ...{ id: text.id, slug, title: text.title, state: row.state as PactState },
      ...{ startsOn: row.startsOn, endsOn: row.endsOn, proposal: row.proposal, record },
      commons: { slug: commons?.slug ?? "", name: commons?.name ?? "" },
      content: (current?.content ?? text.content) as PactContent,
      parties: record.parties.map((party) => {
        const signature = record.signatures.find((given) => given.party === party.id);
        const represents = subjects.some(
          ({ id, representative }) => id === party.subject && representative === viewer?.id,
        );
        const official =
          party.organisation !== undefined &&
          viewer?.roles.some(
            (held) =>
              held.municipality === istatCode &&
              held.organisation === party.organisation &&
              ["responsible_officer", "coordinator", "guarantor"].includes(held.role),
          );
        return {
          id: party.id,
          name: names.find(({ id }) => id === party.id)?.name ?? party.id,
          signedOn: signature?.on ?? null,
          means: signature?.means ?? null,
          witnesses: witnesses.get(signature?.paper ?? "") ?? [],
          isSubject: party.subject !== undefined,
          canSign: !signature && (represents || official === true),
        };
      }),
      versions: recorded.map(({ version, documentHash }) => {
        const attachment = issued.find((one) => one.documentHash === documentHash)?.attachment;
        return { version, documentHash, href: files.find(({ id }) => id === attachment)?.href ?? null };
      }),
      isRepresentative: subjects.some(
        ({ id, representative }) =>
          viewer !== undefined && id === proposal?.subject && representative === viewer.id,
      ),
      hasKey,
      transactionId: row.transactionId,
      block: row.block.toString(),
    };
  },
);

/** Whether the viewer is asked for something that binds them, and has no key to sign it with. */
export function needsKey({ parties, isRepresentative, hasKey, state }: PactView): boolean {
  const signs =
    allows("pacts:sign", { pact: state }) && parties.some(({ canSign, isSubject }) => canSign && isSubject);
  return !hasKey && (signs || (isRepresentative && state === "active"));
}

export type PactUnderWay = {
  draft: Pact | null;
  onChain: { state: PactState; version: number; transactionId: string; block: string } | null;
};

/** The pact being made for a proposal: its working text, and its record once a version was issued. An ended one is past. */
export async function pactUnderWay(
  municipality: string,
  proposal: string,
  tx: Database = db,
): Promise<PactUnderWay> {
  const draft = await tx.pact.findFirst({
    where: { municipality, proposal },
    orderBy: { createdAt: "desc" },
  });
  const row =
    draft && (await tx.chainPact.findUnique({ where: { municipality_id: { municipality, id: draft.id } } }));
  if (!row) return { draft, onChain: null };
  const state = row.state as PactState;
  if (ended.includes(state)) return { draft: null, onChain: null };
  const { version, transactionId, block } = row;
  return { draft, onChain: { state, version, transactionId, block: block.toString() } };
}

export type CoDesignView = {
  proposal: string;
  title: string;
  state: string;
  commonsSlug: string;
  commonsName: string;
  subject: { id: string; name: string };
};

/** States of a proposal whose co-design is to begin or whose pact can be drafted. */
const inCoDesign = [
  ...statesFor("proposals:startCoDesign", "proposal"),
  ...statesFor("pacts:draft", "proposal"),
];

/** Proposals that are funded and have no pact in force yet: what coordinators work on. */
export async function coDesigns(municipality: string): Promise<CoDesignView[]> {
  const past = await db.chainRound.findMany({
    where: { municipality, reconstruction: true },
    select: { id: true },
  });
  const rows = await db.chainProposal.findMany({
    where: {
      ...{ municipality, state: { in: inCoDesign } },
      // What a vote of the past chose was carried out long ago: nobody begins it now.
      NOT: {
        state: { in: statesFor("proposals:startCoDesign", "proposal") },
        round: { in: past.map(({ id }) => id) },
      },
    },
    orderBy: { block: "asc" },
  });
  const where = (ids: string[]) => ({ municipality, id: { in: ids } });
  const [words, commons, subjects] = await Promise.all([
    db.proposal.findMany({ where: where(rows.map(({ id }) => id)) }),
    db.commons.findMany({ where: where(rows.map((row) => row.commons)) }),
    db.subject.findMany({ where: where(rows.map(({ subject }) => subject)) }),
  ]);
  return rows.map((row) => {
    const place = commons.find(({ id }) => id === row.commons);
    return {
      ...{ proposal: row.id, state: row.state, title: words.find(({ id }) => id === row.id)?.title ?? "" },
      ...{ commonsSlug: place?.slug ?? "", commonsName: place?.name ?? "" },
      subject: { id: row.subject, name: subjects.find(({ id }) => id === row.subject)?.name ?? "" },
    };
  });
}

/** The parties of a pact about a proposal: the Comune, the proponent and, where wanted, the network of houses. */
export async function partiesOf(
  { istatCode: municipality, name }: { istatCode: string; name: string },
  proposal: string,
  withCase: boolean,
): Promise<PartyText[]> {
  const row = await db.chainProposal.findUnique({
    where: { municipality_id: { municipality, id: proposal } },
  });
  const subject =
    row && (await db.subject.findUnique({ where: { municipality_id: { municipality, id: row.subject } } }));
  if (!subject) throw new NotFoundError("proposal_not_found");
  const house = withCase ? await db.chainMunicipality.findFirst({ where: { municipality } }) : null;
  return [
    { id: "party-comune", organisation: "Comune", name },
    { id: "party-proponent", subject: subject.id, name: subject.name },
    ...(house ? [{ id: "party-case", organisation: "Case" as const, name: house.casaBody }] : []),
  ];
}

const ended: readonly string[] = endedStates;
