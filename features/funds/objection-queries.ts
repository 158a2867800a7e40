import "server-only";
import { cache } from "react";
import { db } from "@/lib/db";
import { can, type Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import { openObjectionsTo } from "@/protocol/records/money";

export type MilestoneObjectionView = {
  id: string;
  raisedOn: string;
  own: boolean;
  /** It waits for the guarantors. */
  isOpen: boolean;
  upheld: boolean | null;
  /** For whoever wrote it and for the guarantors. */
  text: string | null;
  /** For everybody, where it was written for everybody. */
  reason: string | null;
};

/** What was objected to the verification of a milestone, with the words that this person may read: asked once for a page. */
export const objectionsToMilestone = cache(
  async (
    municipality: string,
    milestone: RecordOf<"milestone">,
    viewer: Viewer | undefined,
  ): Promise<MilestoneObjectionView[]> => {
    const { objections = [] } = milestone;
    if (objections.length === 0) return [];
    const decides = can(viewer, municipality, "milestones:decideObjection");
    const texts = await db.saltedText.findMany({
      where: {
        municipality,
        digest: { in: objections.flatMap(({ digest, decision }) => [digest, decision?.digest ?? []].flat()) },
      },
      select: { digest: true, text: true, public: true },
    });
    const kept = (digest: string | undefined) => texts.find((row) => row.digest === digest);
    const open = new Set(openObjectionsTo(milestone).map(({ id }) => id));
    return objections.map(({ id, person, digest, raisedOn, decision }) => {
      const own = person === viewer?.id;
      return {
        ...{ id, raisedOn, own, isOpen: open.has(id), upheld: decision?.upheld ?? null },
        text: own || decides ? (kept(digest)?.text ?? null) : null,
        reason: reasonOf(kept(decision?.digest)),
      };
    });
  },
);

/** A digest on the ledger can be of any text that is kept: only one for everybody is shown to everybody. */
function reasonOf(row: { text: string; public: boolean } | undefined): string | null {
  return row?.public ? row.text : null;
}
