/** Rows of the trial's story written again under other ids, as often as a city of size needs: each as the projection wrote the first. */
import { createHash } from "node:crypto";
import type { Client } from "pg";

type Row = Record<string, unknown>;
type Group = { tables: readonly string[]; times: number };

export const municipality = "001272";
/** Blocks of a copy lie so far above those of the chain that both can grow. */
const FIRST_BLOCK = 1_000_000;
const BLOCKS_OF_A_COPY = 10_000;
const ROWS_AT_ONCE = 500;

/** How many are wanted of each, the trial's own included. */
export const wanted = { commons: 2_000, proposals: 3_000, pacts: 300 };

/** Copies commons, the proposals on them, and the pacts and the money of these. @returns how often each was copied */
export async function copyStory(client: Client): Promise<Record<string, number>> {
  const counts = {
    commons: await countOf(client, "chain.commons"),
    proposals: await countOf(client, "chain.proposal"),
    pacts: await countOf(client, "chain.pact"),
  };
  const times = (name: keyof typeof wanted) => Math.ceil(wanted[name] / Math.max(1, counts[name])) - 1;
  const groups: Record<string, Group> = {
    commons: { tables: ['public."Commons"', "chain.commons"], times: times("commons") },
    proposals: {
      tables: [
        ...['public."Proposal"', 'public."ProposalVersion"', 'public."Comment"'],
        ...["chain.proposal", "chain.adhesion", "chain.assessment"],
      ],
      times: times("proposals"),
    },
    pacts: {
      tables: [
        ...['public."Pact"', 'public."PactVersion"', 'public."MilestoneText"'],
        ...["chain.pact", "chain.pact_version", "chain.commitment", "chain.milestone", "chain.payment"],
        "chain.report",
      ],
      times: times("pacts"),
    },
    history: { tables: ["chain.transaction", "chain.step", "chain.entry"], times: times("proposals") },
  };
  const rows = new Map<string, Row[]>();
  for (const table of Object.values(groups).flatMap(({ tables }) => tables))
    rows.set(table, await rowsOf(client, table));
  const turns = idTurns(rows, groups);
  for (const { tables, times: copies } of Object.values(groups))
    for (const table of tables)
      for (let copy = 1; copy <= copies; copy += 1)
        await insert(
          client,
          table,
          (rows.get(table) ?? []).map((row) => copied(row, copy, turns)),
        );
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, group.times]));
}

/** The ids that a copy has of its own, each with how many different copies there are of what it names. */
function idTurns(rows: ReadonlyMap<string, Row[]>, groups: Record<string, Group>): Map<string, number> {
  const turns = new Map<string, number>();
  for (const { tables, times } of Object.values(groups))
    for (const table of tables)
      for (const { id } of rows.get(table) ?? [])
        for (const part of String(id ?? "").split("/"))
          if (
            /^[0-9a-f]{8}-|^[0-9a-f]{64}$|^co-city-|^[a-z-]+-\d+$/.test(part) &&
            !turns.has(part) &&
            times > 0
          )
            turns.set(part, times);
  return turns;
}

function copied(row: Row, copy: number, turns: ReadonlyMap<string, number>): Row {
  const renamed = renameIds(row, copy, turns) as Row;
  return {
    ...renamed,
    ...(typeof row.slug === "string" && { slug: `${row.slug}-${copy}` }),
    ...(typeof row.block === "number" && { block: FIRST_BLOCK + copy * BLOCKS_OF_A_COPY + row.block }),
  };
}

function renameIds(value: unknown, copy: number, turns: ReadonlyMap<string, number>): unknown {
  if (typeof value === "string")
    return value.length > 140
      ? value
      : value
          .split("/")
          .map((part) => renamed(part, copy, turns.get(part)))
          .join("/");
  if (Array.isArray(value)) return value.map((one) => renameIds(one, copy, turns));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renameIds(one, copy, turns)]));
}

/** An id of the same form; of what is copied less often, one of the copies that there are. */
function renamed(id: string, copy: number, turns: number | undefined): string {
  if (turns === undefined) return id;
  const turn = ((copy - 1) % turns) + 1;
  const digest = createHash("sha256").update(`${turn} ${id}`).digest("hex");
  return /^[0-9a-f]{64}$/.test(id) ? digest : asUuid(digest);
}

export function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export async function countOf(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM ${table} WHERE municipality = $1`,
    [municipality],
  );
  return Number(rows[0]?.count ?? 0);
}

export async function rowsOf(client: Client, table: string): Promise<Row[]> {
  const { rows } = await client.query<{ row: Row }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE municipality = $1`,
    [municipality],
  );
  return rows.map(({ row }) => row);
}

export async function insert(client: Client, table: string, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await client.query(
      `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))],
    );
}
