import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { erasableState } from "./erasure-service";
import { personalData } from "./queries";

/**
 * Everything that is kept of a person, for that person alone: dates as ISO text, amounts as integer cents in text.
 * Of votes only that they were cast: what was voted is not kept beside who.
 */
export async function personalExport(person: string): Promise<object> {
  const [about, row, offices, municipalities] = await Promise.all([
    personalData(person),
    db.person.findUniqueOrThrow({ where: { id: person }, include: { roles: { orderBy: { since: "asc" } } } }),
    db.chainOffice.findMany({ where: { person }, orderBy: { id: "asc" } }),
    db.municipality.findMany({
      where: { active: true },
      select: { istatCode: true, name: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return {
    exportedAt: new Date(),
    person: { identifier: person, ...about, knownSince: row.createdAt },
    offices: offices.map(({ record }) => {
      const { municipality, organisation, role, district, from, until, state } = record as RecordOf<"office">;
      return { municipality, organisation, role, district, from, until, state };
    }),
    rolesBeforeTheRegister: row.roles.map(
      ({ municipality, organisation, role, house, district, since, until }) => ({
        ...{ municipality, organisation, role, house, district, since, until },
      }),
    ),
    municipalities: await Promise.all(
      municipalities.map(async ({ istatCode, name }) => ({
        ...{ istatCode, name },
        ...(await inMunicipality(istatCode, person)),
      })),
    ),
  };
}

/** How much of a person there is, for the page that asks whether to erase it. */
export async function personalCounts(person: string) {
  const [drafts, submitted, comments, follows, adhesions, votes] = await Promise.all([
    db.proposal.count({ where: { author: person, submittedAt: null } }),
    db.proposal.count({ where: { author: person, submittedAt: { not: null } } }),
    db.comment.count({ where: { author: person } }),
    db.follow.count({ where: { person } }),
    db.chainAdhesion.count({ where: { person, withdrawn: false } }),
    db.voterKey.count({ where: { person, seq: { gt: 0 } } }),
  ]);
  return { drafts, submitted, comments, follows, adhesions, votes };
}

/** `true`, or the code of the sentence that says why a person cannot be erased now. */
export async function mayBeErased(person: string): Promise<true | "erasure_office" | "erasure_pending"> {
  return (await erasableState(db, person)).erasable;
}

async function inMunicipality(municipality: string, person: string) {
  const own = { municipality, author: person };
  const [proposals, subjects, commons, files, comments, texts, follows] = await Promise.all([
    db.proposal.findMany({ where: own, include: { versions: true }, orderBy: { createdAt: "asc" } }),
    db.subject.findMany({ where: { municipality, representative: person } }),
    db.commons.findMany({ where: { municipality, createdBy: person } }),
    db.attachment.findMany({ where: { municipality, uploadedBy: person }, include: { file: true } }),
    db.comment.findMany({ where: own, orderBy: { createdAt: "asc" } }),
    db.saltedText.findMany({ where: own, orderBy: { createdAt: "asc" } }),
    db.follow.findMany({ where: { municipality, person } }),
  ]);
  return {
    proposals: proposals.map(({ id, title, summary, dossier, costCents, versions, ...row }) => ({
      ...{ id, title, summary, answers: dossier, costCents: costCents?.toString() ?? null },
      ...{ createdAt: row.createdAt, submittedAt: row.submittedAt, discardedAt: row.discardedAt },
      versions: versions.map(({ version, content, digest, createdAt }) => ({
        ...{ version, content, digest, createdAt },
      })),
    })),
    represented: subjects.map(({ id, kind, name, fiscalCode, email }) => ({
      ...{ id, kind, name, fiscalCode, email },
    })),
    places: commons.map(({ id, name, kind, description, address, lat, lon }) => ({
      ...{ id, name, kind, description, address, lat, lon },
    })),
    files: files.map(({ name, hash, aboutType, createdAt, file }) => ({
      ...{ name, bytes: file.size, sha256: hash, partOf: aboutType, createdAt },
    })),
    comments: comments.map(({ proposal, text, createdAt, withdrawnAt }) => ({
      ...{ proposal, text, createdAt, withdrawnAt },
    })),
    texts: texts.map(({ text, digest, public: isPublic, createdAt }) => ({
      ...{ text, digest, public: isPublic, createdAt },
    })),
    follows: follows.map(({ commons: id, createdAt }) => ({ commons: id, createdAt })),
    ...(await onLedger(municipality, person)),
  };
}

/** What stands on the ledger under the person's random identifier. */
async function onLedger(municipality: string, person: string) {
  const [votes, transactions, offices, passkeys, offers] = await Promise.all([
    db.voterKey.findMany({ where: { municipality, person, seq: { gt: 0 } } }),
    db.chainTransaction.findMany({ where: { municipality, person }, orderBy: [{ block: "asc" }] }),
    db.chainOffice.findMany({ where: { municipality, person }, orderBy: { startsOn: "asc" } }),
    db.chainPasskey.findMany({ where: { municipality, person } }),
    db.passkeyOffer.findMany({ where: { municipality, person } }),
  ]);
  return {
    officesOfRegister: offices.map(({ record }) => record),
    passkeys: [...passkeys.map(({ record }) => record), ...offers],
    votes: votes.map(({ round, createdAt }) => ({ round, firstCastAt: createdAt })),
    transactions: transactions.map(({ id, name, day, block }) => ({
      ...{ id, name, day, block: block.toString() },
    })),
  };
}
