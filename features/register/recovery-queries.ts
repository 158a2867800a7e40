import "server-only";
import { publicFilesByHash } from "@/features/documents/queries";
import { db } from "@/lib/db";
import type { Act, Organisation, Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { namesOf } from "./queries";

type Held = { name: string; role: Role };

/** What two organisations' recovery keys would change, or have changed, in one of them. */
export type RecoveryView = {
  id: string;
  part: Organisation;
  state: RecordOf<"recovery">["state"];
  /** Whose recovery keys have signed it. */
  signedBy: readonly Organisation[];
  proposedOn: string;
  completesFrom: string;
  enters: readonly Held[];
  leaves: readonly Held[];
  newKeys: number;
  withdrawnKeys: number;
  origin?: string;
  renewsRecoveryKey: boolean;
  act: Act & { href?: string };
  endedOn?: string;
  stoppedBy?: Held & { organisation: Organisation };
  reason?: string;
  /** The transaction that wrote it last. */
  transactionId: string;
  block: string;
};

/** Every recovery of a municipality, the one under way first. */
export async function recoveriesIn(municipality: {
  istatCode: string;
  slug: string;
}): Promise<RecoveryView[]> {
  const { istatCode } = municipality;
  const rows = await db.chainRecovery.findMany({
    where: { municipality: istatCode },
    orderBy: { proposedOn: "desc" },
  });
  if (rows.length === 0) return [];
  const records = rows.map(({ record }) => record as unknown as RecordOf<"recovery">);
  const ended = records.flatMap(({ endOffices }) => endOffices);
  const [offices, reasons, files] = await Promise.all([
    db.chainOffice.findMany({ where: { municipality: istatCode, id: { in: ended } } }),
    db.saltedText.findMany({
      where: {
        municipality: istatCode,
        digest: { in: records.flatMap(({ reasonDigest }) => reasonDigest ?? []) },
      },
    }),
    publicFilesByHash(
      municipality,
      records.map(({ act }) => act.file),
    ),
  ]);
  const nameOf = await namesOf([
    ...offices.map(({ person }) => person),
    ...records.flatMap(({ offices: given, stoppedBy }) => [
      ...given.map(({ person }) => person),
      ...(stoppedBy ? [stoppedBy.person] : []),
    ]),
  ]);
  const views = rows.map(({ transactionId, block }, index): RecoveryView => {
    const record = records[index] as RecordOf<"recovery">;
    const { id, part, state, signedBy, proposedOn, completesFrom, act, origin, endedOn, stoppedBy } = record;
    const href = files.get(act.file);
    const reason = reasons.find(({ digest }) => digest === record.reasonDigest)?.text;
    return {
      ...{ id, part, state, signedBy, proposedOn, completesFrom, transactionId },
      block: block.toString(),
      enters: record.offices.map(({ person, role }) => ({ name: nameOf(person), role })),
      leaves: offices
        .filter((office) => record.endOffices.includes(office.id))
        .map(({ person, role }) => ({ name: nameOf(person), role: role as Role })),
      ...{ newKeys: record.passkeys.length, withdrawnKeys: record.withdrawPasskeys.length },
      ...{ renewsRecoveryKey: record.recoveryKey !== undefined, act: { ...act, ...(href && { href }) } },
      ...(origin !== undefined && { origin }),
      ...(endedOn !== undefined && { endedOn }),
      ...(reason !== undefined && { reason }),
      ...(stoppedBy && { stoppedBy: { ...stoppedBy, name: nameOf(stoppedBy.person) } }),
    };
  });
  return views.toSorted((a, b) => Number(b.state === "proposed") - Number(a.state === "proposed"));
}

/** Which organisations are being recovered, and from which day it can take effect. */
export async function recoveriesUnderWay(
  municipality: string,
): Promise<{ part: Organisation; completesFrom: string }[]> {
  const rows = await db.chainRecovery.findMany({
    where: { municipality, state: "proposed" },
    select: { part: true, completesFrom: true },
    orderBy: { completesFrom: "asc" },
  });
  return rows.map(({ part, completesFrom }) => ({ part: part as Organisation, completesFrom }));
}
