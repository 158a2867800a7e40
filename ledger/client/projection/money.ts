/** What each transaction left of the amounts and the state of money, in columns that sums as of a day are made of. */
import type { EventEntry } from "../../../protocol/events";
import type { RecordOf } from "../../../protocol/records";
import { upgradeRecord } from "../../../protocol/upgrade";

/** A connection, whosever. */
type Asked = { query(text: string, values: unknown[]): Promise<unknown> };
type Place = { municipality: string; day: string; block: number; index: number; position: number };

/** @returns undefined where the record is no money */
export function moneyRow({ type, idParts, record }: EventEntry, place: Place) {
  const amounts = amountsOf(type, upgradeRecord(type, record));
  if (!amounts) return undefined;
  // What follows it is known once it is written: `linkMoney` says it.
  const open = { since: place.day, goneOn: null, moved: false };
  return { ...place, type, recordId: idParts.join("/"), ...amounts, ...open };
}

const none = { line: null, commitment: null, commons: null, payee: null, state: null };
const nothing = { amountCents: 0, plannedCents: 0, acceptedCents: 0, paidCents: 0 };

function amountsOf(type: EventEntry["type"], record: unknown) {
  switch (type) {
    case "budget_line": {
      const { id, budgetCents, acceptedCents, paidCents } = record as RecordOf<"budget_line">;
      return { ...none, ...nothing, line: id, amountCents: budgetCents, acceptedCents, paidCents };
    }
    case "commitment": {
      const { id, line, commons, payee, ...sums } = record as RecordOf<"commitment">;
      const { amountCents, plannedCents, acceptedCents, paidCents } = sums;
      return {
        ...{ line, commons, payee, state: null, commitment: id },
        ...{ amountCents, plannedCents, acceptedCents, paidCents },
      };
    }
    case "milestone": {
      const { line, commitment, commons, state, amountCents, acceptedCents } =
        record as RecordOf<"milestone">;
      return {
        ...none,
        ...nothing,
        line,
        commitment,
        commons,
        state: `${state}`,
        amountCents,
        acceptedCents,
      };
    }
    case "payment": {
      const { line, commitment, commons, payee, state, ...sums } = record as RecordOf<"payment">;
      const paidCents = state === "paid" ? sums.amountCents - sums.recoveredCents : 0;
      const { amountCents } = sums;
      return { ...nothing, line, commitment, commons, payee, state, amountCents, paidCents };
    }
    default:
      return undefined;
  }
}

/**
 * Ends what new rows have followed: an earlier row of the same record has gone on their day, and a row that left the state
 * as it was has it since the row before. Told by the rows alone, however many of them come at once.
 * @param table with its schema, never from input
 */
export async function linkMoney(client: Asked, table: string, records: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE ${table} m SET since = linked.since, "goneOn" = linked."goneOn", moved = linked.moved
     FROM (
       SELECT block, index, position, "goneOn", moved,
         first_value(since) OVER (PARTITION BY municipality, type, "recordId", stay ORDER BY block, index, position) AS since
       FROM (
         SELECT *, sum(entered) OVER (PARTITION BY municipality, type, "recordId" ORDER BY block, index, position) AS stay
         FROM (
           SELECT block, index, position, municipality, type, "recordId", since,
             (state IS DISTINCT FROM lag(state) OVER w)::int AS entered,
             lead(day) OVER w AS "goneOn",
             lead(day) OVER w IS NOT NULL AND state IS DISTINCT FROM lead(state) OVER w AS moved
           FROM ${table} WHERE "goneOn" IS NULL AND "recordId" = ANY($1::text[])
           WINDOW w AS (PARTITION BY municipality, type, "recordId" ORDER BY block, index, position)
         ) AS open
       ) AS stays
     ) AS linked
     WHERE m.block = linked.block AND m.index = linked.index AND m.position = linked.position
       AND (m.since, m."goneOn") IS DISTINCT FROM (linked.since, linked."goneOn")`,
    [records],
  );
}
