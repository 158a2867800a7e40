import "server-only";
import { cache } from "react";
import { attachmentsOf } from "@/features/documents/queries";
import type { Pact } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import { endedStates } from "@/protocol/records/pacts";
import { statesFor } from "@/protocol/workflow/table";
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

/** Pacts on the ledger: those in force first, then those being made, then the ended ones. */
export async function listPacts(municipality: string): Promise<PactCard[]> {
  const [chain, words, commons] = await Promise.all([
    db.chainPact.findMany({ where: { municipality }, orderBy: { startsOn: "desc" } }),
    db.pact.findMany({ where: { municipality } }),
    db.commons.findMany({ where: { municipality }, select: { id: true, slug: true, name: true } }),
  ]);
  return chain
    .flatMap((row) => {
      const text = words.find(({ id }) => id === row.id);
      const place = commons.find(({ id }) => id === row.commons);
      if (!text) return [];
      const { id, startsOn, endsOn } = row;
      const { slug, title } = text;
      const card = { id, slug, title, startsOn, endsOn, state: row.state as PactState };
      return [{ ...card, commons: { slug: place?.slug ?? "", name: place?.name ?? "" } }];
    })
    .sort((a, b) => rank(a.state) - rank(b.state));
}

export type PartyView = { id: string; name: string; signedOn: string | null; canSign: boolean };
export type VersionView = { version: number; documentHash: string; href: string | null; createdAt: Date };

export type PactView = PactCard & {
  proposal: string;
  record: RecordOf<"pact">;
  content: PactContent;
  parties: PartyView[];
  versions: VersionView[];
  /** The viewer represents the proponent. */
  isRepresentative: boolean;
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
    const [versions, files, subjects, commons, proposal] = await Promise.all([
      db.pactVersion.findMany({
        where: { municipality: istatCode, pact: text.id },
        orderBy: { version: "desc" },
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
    const current = versions.find(({ version }) => version === record.version) ?? versions[0];
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
          canSign: !signature && (represents || official === true),
        };
      }),
      versions: versions.map(({ version, documentHash, attachment, createdAt }) => ({
        ...{ version, documentHash, createdAt },
        href: files.find(({ id }) => id === attachment)?.href ?? null,
      })),
      isRepresentative: subjects.some(
        ({ id, representative }) =>
          viewer !== undefined && id === proposal?.subject && representative === viewer.id,
      ),
      transactionId: row.transactionId,
      block: row.block.toString(),
    };
  },
);

export type PactUnderWay = {
  draft: Pact | null;
  onChain: { state: PactState; version: number; transactionId: string; block: string } | null;
};

/** The pact being made for a proposal: its working text, and its record once a version was issued. An ended one is past. */
export async function pactUnderWay(municipality: string, proposal: string): Promise<PactUnderWay> {
  const draft = await db.pact.findFirst({
    where: { municipality, proposal },
    orderBy: { createdAt: "desc" },
  });
  const row =
    draft && (await db.chainPact.findUnique({ where: { municipality_id: { municipality, id: draft.id } } }));
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
  const rows = await db.chainProposal.findMany({
    where: { municipality, state: { in: inCoDesign } },
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

const ended = endedStates;

function rank(state: PactState): number {
  if (state === "active" || state === "suspended") return 0;
  return ended.includes(state) ? 2 : 1;
}
