import type { PrismaClient } from "@/generated/prisma/client";
import { columns } from "@/ledger/client/projection/columns";
import { linkMoney, moneyRow } from "@/ledger/client/projection/money";
import { recordId } from "@/ledger/client/projection/rows";
import type { EventEntry } from "@/protocol/events";
import type { RecordedCity } from "./recorded-city";

/** Writes what a city has done into the tables of the projection, a block for each transaction, from `first` on. */
export async function projectCity(db: PrismaClient, city: RecordedCity, first = 0): Promise<void> {
  for (const [number, { txId, time, event }] of city.events.entries()) {
    if (number < first) continue;
    const { municipality, day, transaction: name, actor } = event;
    const { organisation, role, person } = actor;
    const place = { block: BigInt(number), index: 0 };
    await db.chainTransaction.create({
      data: {
        ...{ ...place, id: txId, code: 0, name, mspId: `${organisation}MSP`, statedTime: time },
        ...{ municipality, organisation, role, person, command: event.command, day },
      },
    });
    await db.chainStep.createMany({
      data: [...new Set(event.commons)].map((commons) => ({ municipality, commons, ...place })),
    });
    for (const [position, entry] of event.entries.entries()) {
      const id = recordId(entry.idParts);
      await db.chainEntry.create({
        data: { ...place, position, municipality, type: entry.type, recordId: id, record: entry.record },
      });
      const money = moneyRow(entry, { municipality, day, block: number, index: 0, position });
      if (money) await writeMoney(db, money);
      await writeRecord(db, municipality, entry, { id, transactionId: txId, block: number });
    }
  }
}

async function writeRecord(
  db: PrismaClient,
  municipality: string,
  { type, record }: EventEntry,
  place: { id: string; transactionId: string; block: number },
): Promise<void> {
  const values = (columns[type] as (record: unknown) => object)(record);
  const row = { municipality, ...values, ...place, record };
  await db.$executeRawUnsafe(
    `INSERT INTO chain."${type}" SELECT * FROM jsonb_populate_record(NULL::chain."${type}", $1::jsonb)
     ON CONFLICT (municipality, id) DO UPDATE SET ${Object.keys(row)
       .map((column) => `"${column}" = EXCLUDED."${column}"`)
       .join(", ")}`,
    JSON.stringify(row),
  );
}

async function writeMoney(db: PrismaClient, row: NonNullable<ReturnType<typeof moneyRow>>): Promise<void> {
  await db.chainMoney.create({ data: row });
  const query = (text: string, values: unknown[]) => db.$executeRawUnsafe(text, ...values);
  await linkMoney({ query }, "chain.money", [row.recordId]);
}
