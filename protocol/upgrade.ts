/** Records of earlier versions, read as this version has them. */
import type { RecordOf, RecordType } from "./records";

/**
 * The version of the form in which records are written, under `schema` in each. Version 1 wrote none. It is raised
 * with every change of a record's members, and `upgrades` says what earlier ones lack.
 */
export const RECORD_VERSION = 9;

/** The least terms of the day when settings got them: a floor that changes later changes nothing that was recorded. */
const firstTerms = { objectionDays: 5, votingDays: 5 };

type Loose = Record<string, unknown>;

const upgrades: { readonly [T in RecordType]?: (record: Loose) => Loose } = {
  commitment: (record) => ({ releases: [], ...record }),
  municipality: (record) => ({
    ...record,
    hasFirstVersion: true,
    settings: { ...firstTerms, ...(record.settings as Loose) },
  }),
  round: (record) => ({ ...record, counts: record.outcome === undefined ? 0 : 1 }),
  objection: (record) => ({ ...record, count: 1 }),
};

/** Since version 5 each organisation has a proposal of its own. */
const sinceFifth: { readonly [T in RecordType]?: (record: Loose) => Loose } = {
  municipality: ({ proposedOrigin, ...record }) =>
    proposedOrigin === undefined ? record : { ...record, proposedOrigins: [proposedOrigin] },
};

/** Since version 8 commitments are carried over from year to year. */
const sinceEighth: { readonly [T in RecordType]?: (record: Loose) => Loose } = {
  budget_line: (record) => ({ carriedInCents: 0, carriedOutCents: 0, ...record }),
  commitment: (record) => ({ carries: [], ...record }),
};

/*
 * Since version 9 a merged proposal says from which state it was merged, and the other one what it has taken in. Of earlier
 * merges nobody knows: both members are left out.
 */

/**
 * A record as this version has it, whichever version wrote it.
 * @throws {TypeError} on a record of a later version: this code would lose what it does not know
 */
export function upgradeRecord<T extends RecordType>(type: T, record: Loose): RecordOf<T> {
  const version = record.schema ?? 1;
  if (typeof version !== "number" || version > RECORD_VERSION)
    throw new TypeError(`a ${type} of version ${String(version)} is read by version ${RECORD_VERSION}`);
  const second = version === 1 ? (upgrades[type]?.(record) ?? record) : record;
  const fifth = version < 5 ? (sinceFifth[type]?.(second) ?? second) : second;
  return (version < 8 ? (sinceEighth[type]?.(fifth) ?? fifth) : fifth) as RecordOf<T>;
}
