import "server-only";
import { type Subject, subjectOf } from "@/features/comments/about-queries";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { type NamedCoAuthors, namedCoAuthors } from "./co-author-queries";
import type { Answers } from "./dossier";

export type ProposalText = {
  /** As the ledger counts them. */
  version: number;
  answers: Answers;
  costCents: bigint;
  /** Digests of its files. */
  attachments: string[];
  submittedAt: Date;
  coAuthors: NamedCoAuthors;
};

/**
 * What a published proposal said each time it was handed in, last first; null where anyone may not read it. What the
 * ledger refused was never handed in.
 */
export async function versionsOfProposal(
  municipality: { istatCode: string; slug: string },
  proposal: string,
): Promise<{ subject: Subject; versions: ProposalText[] } | null> {
  const { istatCode } = municipality;
  const subject = await subjectOf(municipality, { type: "proposal", id: proposal });
  if (!subject) return null;
  const [entries, texts] = await Promise.all([
    db.chainEntry.findMany({
      where: { municipality: istatCode, type: "proposal", recordId: proposal },
      orderBy: [{ block: "asc" }, { index: "asc" }],
      select: { record: true },
    }),
    db.proposalVersion.findMany({ where: { municipality: istatCode, proposal } }),
  ]);
  const versionOf = new Map(
    entries.map(({ record }) => {
      const { digest, version } = record as unknown as RecordOf<"proposal">;
      return [digest, version];
    }),
  );
  const written = await Promise.all(
    texts.map(async (text) => ({
      ...text,
      named: await namedCoAuthors(istatCode, proposal, text.coAuthors),
    })),
  );
  const versions = written.flatMap(({ digest, content, createdAt, named }): ProposalText[] => {
    const version = versionOf.get(digest);
    if (version === undefined) return [];
    const { answers, costCents, attachments } = content as {
      answers?: Answers;
      costCents?: string;
      attachments?: string[];
    };
    return [
      {
        ...{ version, answers: answers ?? {}, costCents: BigInt(costCents ?? 0) },
        ...{ attachments: attachments ?? [], submittedAt: createdAt },
        coAuthors: named,
      },
    ];
  });
  return { subject, versions: versions.sort((a, b) => b.version - a.version) };
}
