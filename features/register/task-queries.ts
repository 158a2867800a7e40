import "server-only";
import { keysIn, type PasskeyView } from "@/features/passkeys/queries";
import { db } from "@/lib/db";
import { roleFor, type Viewer } from "@/lib/permissions";
import type { Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { type OfficeView, officesIn } from "./queries";
import { countAsOne } from "./rules";

/** What a person can decide about the register today. */
export type RegisterTasks = {
  offices: readonly OfficeView[];
  /** Proposed by another organisation. */
  toConfirm: readonly OfficeView[];
  /** Suspended by another organisation. */
  toEnd: readonly OfficeView[];
  keysToConfirm: readonly PasskeyView[];
  /** Those of an administrator alone; undefined for others. */
  administration?: {
    organisation: Organisation;
    proposals: readonly OfficeView[];
    keysToPropose: readonly PasskeyView[];
    /** Keys of the organisation's people, without one's own. */
    keys: readonly PasskeyView[];
  };
};

export async function registerTasks(
  municipality: { istatCode: string; slug: string },
  viewer: Viewer,
): Promise<RegisterTasks | undefined> {
  const { istatCode } = municipality;
  const confirmer = roleFor(viewer, istatCode, "offices:confirm");
  const administrator = roleFor(viewer, istatCode, "offices:propose");
  const chain = await foundedRecord(istatCode);
  if (!confirmer || !chain) return undefined;
  const [{ offices }, { keys }] = await Promise.all([officesIn(municipality), keysIn(istatCode)]);
  /** Of another organisation, of another person, and begun by another. */
  const isOthers = (
    { organisation, person }: { organisation: Organisation; person: string },
    first: { person: string } | undefined,
  ) =>
    !countAsOne(chain, organisation, confirmer.organisation) &&
    person !== viewer.id &&
    first?.person !== viewer.id;
  const ofOurs = (row: { organisation: Organisation; person: string }) =>
    row.organisation === administrator?.organisation && row.person !== viewer.id;
  const officeKeys = keys.filter(({ resident }) => !resident);
  return {
    offices,
    toConfirm: offices.filter((office) => office.phase === "proposed" && isOthers(office, office.proposedBy)),
    toEnd: offices.filter(
      (office) => office.phase === "suspended" && isOthers(office, office.suspension?.by),
    ),
    keysToConfirm: keys.filter(
      (key) => key.phase === "proposed" && !key.resident && isOthers(key, key.proposedBy),
    ),
    ...(administrator && {
      administration: {
        organisation: administrator.organisation,
        proposals: offices.filter(
          ({ phase, organisation }) => phase === "proposed" && organisation === administrator.organisation,
        ),
        keysToPropose: officeKeys.filter((key) => key.phase === "offered" && ofOurs(key)),
        keys: officeKeys.filter((key) => key.phase !== "offered" && key.phase !== "withdrawn" && ofOurs(key)),
      },
    }),
  };
}

async function foundedRecord(municipality: string): Promise<RecordOf<"municipality"> | undefined> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const record = row?.record as RecordOf<"municipality"> | undefined;
  return record?.founding === undefined ? undefined : record;
}
