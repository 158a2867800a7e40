/** Events of what the ledger has recorded, written with the blocks that say so. */
import type { ClientBase } from "pg";
import { stepFacts } from "@/features/commons/rules";
import type { Row, Rows } from "@/ledger/client/projection/rows";
import type { EventEntry } from "@/protocol/events";
import type { TransactionName } from "@/protocol/transactions";
import { type About, aboutOf, kindOfTransaction, subjectsOf } from "./rules";

type LedgerEvent = {
  id: string;
  block: number;
  municipality: string;
  kind: string;
  name: string;
  subjects: string[];
  about: About;
  facts: object;
  actor: string | null;
  day: string;
  /** Of money, whose record names neither pact nor proposal. */
  commitments: string[];
};

/** Part of the transaction in which the projection writes blocks: each event is there if and only if its block is. */
export async function writeEvents(client: ClientBase, rows: Rows): Promise<void> {
  const found = eventsIn(rows);
  if (found.length === 0) return;
  // A projection that starts again at block 0 has told all of this before.
  const { rows: heights } = await client.query<{ height: string }>(
    `SELECT height FROM public."EventHeight" WHERE id = 1 FOR UPDATE`,
  );
  const height = Number(heights[0]?.height ?? 0);
  const fresh = found.filter(({ block }) => block >= height);
  if (fresh.length === 0) return;
  await completeMoney(client, fresh);
  await client.query(
    `INSERT INTO public."Event" (id, municipality, kind, name, subjects, about, facts, actor, day)
     SELECT id, municipality, kind, name, ARRAY(SELECT jsonb_array_elements_text(subjects)), about, facts, actor, day
     FROM jsonb_to_recordset($1::jsonb) AS e(id text, municipality text, kind text, name text, subjects jsonb,
       about jsonb, facts jsonb, actor text, day text) ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(fresh)],
  );
  const reached = Math.max(...fresh.map(({ block }) => block)) + 1;
  await client.query(
    `INSERT INTO public."EventHeight" (id, height) VALUES (1, $1)
     ON CONFLICT (id) DO UPDATE SET height = greatest("EventHeight".height, EXCLUDED.height)`,
    [reached],
  );
}

/** What of some blocks' transactions people are told of. */
export function eventsIn(rows: Rows): LedgerEvent[] {
  const told = (rows.get("transaction") ?? []).filter(
    ({ code, name }) => code === 0 && kindOfTransaction[name as TransactionName] !== undefined,
  );
  if (told.length === 0) return [];
  const entries = Map.groupBy(rows.get("entry") ?? [], placeOf);
  const steps = Map.groupBy(rows.get("step") ?? [], placeOf);
  return told.flatMap((row) => {
    const kind = kindOfTransaction[row.name as TransactionName];
    const records = (entries.get(placeOf(row)) ?? []).map(
      ({ type, record }) => ({ type, record }) as EventEntry,
    );
    const commons = (steps.get(placeOf(row)) ?? []).map((step) => String(step.commons));
    const about = kind && aboutOf(kind, commons, records);
    if (!kind || !about) return [];
    return {
      ...{ id: String(row.id), block: Number(row.block), municipality: String(row.municipality) },
      ...{ kind, name: String(row.name), subjects: subjectsOf(commons, records), about },
      facts: stepFacts(String(row.name), records as never, about.id),
      actor: row.person === null ? null : String(row.person),
      day: String(row.day),
      commitments: records.flatMap(({ record }) =>
        "commitment" in record && typeof record.commitment === "string" ? record.commitment : [],
      ),
    };
  });
}

/** Milestones, payments and reports name their commitment alone, and that names the pact. */
async function completeMoney(client: ClientBase, events: LedgerEvent[]): Promise<void> {
  const wanted = events.flatMap(({ commitments }) => commitments);
  if (wanted.length === 0) return;
  const { rows } = await client.query<{ municipality: string; id: string; pact: string; proposal: string }>(
    `SELECT municipality, id, pact, proposal FROM chain.commitment WHERE id = ANY($1)`,
    [wanted],
  );
  for (const event of events) {
    const own = rows.find(
      ({ municipality, id }) => municipality === event.municipality && event.commitments.includes(id),
    );
    if (!own) continue;
    event.subjects = [...new Set([...event.subjects, `pact:${own.pact}`, `proposal:${own.proposal}`])];
    event.about = { type: "pact", id: own.pact };
  }
}

function placeOf({ block, index }: Row): string {
  return `${String(block)}/${String(index)}`;
}
