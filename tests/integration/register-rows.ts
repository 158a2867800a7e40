/** Rows of the register of people in office, written as the projection writes them. */
import type { PrismaClient } from "@/generated/prisma/client";
import { columns } from "@/ledger/client/projection/columns";
import { recordTables } from "@/ledger/client/projection/rows";
import type { Act, Actor, Organisation, Role } from "@/protocol/primitives";
import type { RecordOf, RecordType } from "@/protocol/records";
import { Settings } from "@/protocol/records/municipality";

export const torino = "001272";
export const founding = "f".repeat(32);
export const act: Act = {
  ...{ kind: "determina", number: "7/2026", date: "2026-01-10", body: "Comune di Torino" },
  file: "a".repeat(64),
};

type Written = "municipality" | "day" | "official" | "office" | "passkey";

/** Writes records into the tables, those that are there in their place. */
export async function project(
  db: PrismaClient,
  ...records: { [T in Written]: readonly [T, RecordOf<T>] }[Written][]
): Promise<void> {
  for (const [type, record] of records) {
    if (!recordTables.includes(type)) throw new TypeError(`no table of ${type}`);
    const row = {
      ...{ municipality: record.municipality, id: record.id, ...columnsOf(type, record), record },
      ...{ transactionId: "0".repeat(64), block: 1 },
    };
    await db.$executeRawUnsafe(
      `INSERT INTO chain."${type}" SELECT * FROM jsonb_populate_record(NULL::chain."${type}", $1::jsonb)
       ON CONFLICT (municipality, id) DO UPDATE SET ${Object.keys(row)
         .map((column) => `"${column}" = EXCLUDED."${column}"`)
         .join(", ")}`,
      JSON.stringify(row),
    );
  }
}

function columnsOf<T extends RecordType>(type: T, record: RecordOf<T>): object {
  return columns[type](record);
}

/** Torino, founded by three organisations with an origin each. */
export function foundedTorino(
  changes: Partial<RecordOf<"municipality">> = {},
): readonly ["municipality", RecordOf<"municipality">] {
  const settings = Settings.parse({
    ...{ leastAge: 16, longestPactYears: 9, publishGrantsAboveCents: 100_000, cigRequired: true },
    ...{ challengeDays: 5, objectionDays: 10, votingDays: 10 },
  });
  const organisations = (["Comune", "Case", "Garanti"] as const).map((part) => ({
    ...{ part, mspId: `${part}MSP`, origin: `https://${part.toLowerCase()}.example`, recoveryKey: "AAAA" },
  }));
  const record = { municipality: torino, id: torino, name: "Torino", casaBody: "Rete delle Case", settings };
  return ["municipality", { ...record, founding, organisations, ...changes }];
}

export function dayOf(day: string): readonly ["day", RecordOf<"day">] {
  return ["day", { municipality: torino, id: "day", day }];
}

export function actor(person: string, organisation: Organisation, role: Role): Actor {
  return { municipality: torino, person, organisation, role };
}

export function official(
  id: string,
  organisation: Organisation,
  municipality = torino,
): readonly ["official", RecordOf<"official">] {
  return ["official", { municipality, id, organisation, offices: [], passkeys: [] }];
}

export function office(
  person: string,
  organisation: Organisation,
  role: Role,
  changes: Partial<RecordOf<"office">> = {},
): readonly ["office", RecordOf<"office">] {
  const id = `${person}-${role}`;
  const term = { id, person, organisation, role, from: "2026-01-10", act };
  const given = { state: "held", proposedOn: "2026-01-10", confirmedOn: "2026-01-10" } as const;
  return ["office", { municipality: torino, ...term, ...given, ...changes }];
}

/** Puts somebody into the register and in office. */
export async function takeOffice(
  db: PrismaClient,
  { person, municipality, organisation, role }: Actor,
): Promise<void> {
  await project(
    db,
    official(person, organisation, municipality),
    office(person, organisation, role, { municipality }),
  );
}
