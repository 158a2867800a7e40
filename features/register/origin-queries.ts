import "server-only";
import { publicFilesByHash } from "@/features/documents/queries";
import { db } from "@/lib/db";
import { type Act, type Organisation, organisations as parts } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { namesOf } from "./queries";
import { countAsOne } from "./rules";

export type OriginView = {
  part: Organisation;
  origin: string;
  /** The one it is changing to: keys of either sign. */
  newOrigin?: string;
  /** Organisations with which it counts as one, because they share a site. */
  countsWith: readonly Organisation[];
};

export type OriginsView = {
  own: readonly OriginView[];
  trial: boolean;
  /** What waits for somebody of another organisation. */
  proposed: readonly {
    part: Organisation;
    origin: string;
    person: string;
    name: string;
    act: Act & { href?: string };
  }[];
};

/** On which sites an organisation's people sign, and which organisations therefore count as one; none before founding. */
export async function originsOf(municipality: {
  istatCode: string;
  slug: string;
}): Promise<OriginsView | undefined> {
  const { istatCode } = municipality;
  const where = { municipality_id: { municipality: istatCode, id: istatCode } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const record = row?.record as unknown as RecordOf<"municipality"> | undefined;
  if (!record?.organisations) return undefined;
  const { organisations, proposedOrigins = [], trial = false } = record;
  const own = organisations.map(
    ({ part, origin, newOrigin }): OriginView => ({
      ...{ part, origin, ...(newOrigin !== undefined && { newOrigin }) },
      countsWith: parts.filter(
        (other) =>
          other !== part &&
          organisations.some((one) => one.part === other) &&
          countAsOne(record, part, other),
      ),
    }),
  );
  const [nameOf, files] = await Promise.all([
    namesOf(proposedOrigins.map(({ person }) => person)),
    publicFilesByHash(
      municipality,
      proposedOrigins.map(({ act }) => act.file),
    ),
  ]);
  const proposed = proposedOrigins.map(({ part, origin, person, act }) => {
    const href = files.get(act.file);
    return { part, origin, person, name: nameOf(person), act: { ...act, ...(href && { href }) } };
  });
  return { own, trial, proposed };
}
