/** What a municipality's rows say, to be looked for where only another's should be. */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Viewer } from "@/lib/permissions";
import { Organisation, type Role } from "@/protocol/primitives";

export type Town = {
  istatCode: string;
  slug: string;
  name: string;
  /** A few ids (and slugs) of each kind of record, by table of the database. */
  records: Readonly<Record<string, { id: string; slug?: string }[]>>;
  /** Digests of public texts and files. */
  digests: readonly string[];
  /** Titles, names and texts that only its rows have. */
  words: readonly string[];
  /** Ids and digests that only its rows have. */
  codes: ReadonlySet<string>;
};

type Row = Record<string, string>;

/** Two municipalities as they are in the database of the running site. */
export async function twoTowns(): Promise<[Town, Town]> {
  for (const slug of ["torino", "aglie"]) await haveOnePicture(slug);
  const reader = new Client({ connectionString: env.DATABASE_URL });
  await reader.connect();
  try {
    const of = (slug: string) => town(reader, slug);
    const [torino, aglie] = [await of("torino"), await of("aglie")];
    return [without(torino, aglie), without(aglie, torino)];
  } finally {
    await reader.end();
  }
}

/** The trial has no photographs: each municipality gets the row of one, reported by somebody. */
async function haveOnePicture(slug: string): Promise<void> {
  const { istatCode: municipality } = await db.municipality.findUniqueOrThrow({ where: { slug } });
  if ((await db.picture.count({ where: { municipality } })) > 0) return;
  const id = randomUUID();
  const words = { alternativeText: `Una fotografia di prova, ${slug}`, author: `Fotografa di ${slug}` };
  await db.picture.create({
    data: {
      ...{ id, municipality, aboutType: "municipality", aboutId: municipality, ...words },
      ...{ takenOn: "2026-05-01", license: "CC-BY-4.0", people: "none", focus: "centre" },
      uploadedBy: randomUUID(),
      reports: { create: { id: randomUUID(), municipality, reason: "other", reporter: randomUUID() } },
    },
  });
}

/** Waits until nothing that was asked for earlier is on its way to the ledger any more. */
export async function quiet(): Promise<void> {
  const open = { status: { in: ["queued", "sending"] } };
  for (const end = Date.now() + 60_000; (await db.outboxItem.count({ where: open })) > 0; ) {
    if (Date.now() > end) throw new Error("the outbox does not become empty");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** What the daily tasks write by themselves, and what is noted of each request, is nobody's answer to one. */
const bySomebody: Readonly<Record<string, string>> = {
  OutboxItem: "WHERE role <> 'service'",
  OutboxSubmission: "WHERE false",
  LedgerWorker: "WHERE false",
  Session: "WHERE false",
  RateCount: "WHERE false",
  UploadPlace: "WHERE false",
  // Computed from the ledger's tables by whoever looks first.
  Duty: "WHERE false",
  DutyIndex: "WHERE false",
  // The worker tells people what has happened by itself.
  Event: "WHERE false",
  EventHeight: "WHERE false",
  Notification: "WHERE false",
  Mail: "WHERE false",
  Push: "WHERE false",
  PushKey: "WHERE false",
  DigestDay: "WHERE false",
};

/** Number of rows and newest write of every table of the application: equal exactly where nothing was written. */
export async function writes(): Promise<Record<string, string>> {
  const reader = new Client({ connectionString: env.DATABASE_URL });
  await reader.connect();
  try {
    const tables = await reader.query<Row>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
    );
    const one = ({ name = "" }: Row) =>
      `SELECT '${name}' AS name, count(*) || '/' || coalesce(max(xmin::text::bigint), 0) AS state
       FROM public."${name}" ${bySomebody[name] ?? ""}`;
    const { rows } = await reader.query<Row>(tables.rows.map(one).join(" UNION ALL "));
    return Object.fromEntries(rows.map(({ name, state }) => [name ?? "", state ?? ""]));
  } finally {
    await reader.end();
  }
}

/** Which words and codes of a town stand in a text, except those of `allowed`. */
export function found(text: string, town: Town, allowed = ""): string[] {
  const codes = text.match(/[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{64}\b/g) ?? [];
  return [
    ...town.words.filter((word) => text.includes(word)),
    ...new Set(codes.filter((code) => town.codes.has(code))),
  ].filter((word) => !allowed.includes(word));
}

/** Somebody who holds an office there and none anywhere else. */
export async function officerOf(
  { istatCode }: Town,
  role: Role = "responsible_officer",
  of?: Organisation,
): Promise<Viewer> {
  const row = await db.chainOffice.findFirstOrThrow({
    where: { municipality: istatCode, role, state: "held", ...(of && { organisation: of }) },
    orderBy: [{ organisation: "desc" }, { id: "asc" }],
  });
  const organisation = Organisation.parse(row.organisation);
  return {
    id: row.person,
    name: "",
    language: "it",
    roles: [{ municipality: istatCode, organisation, role }],
  };
}

const sampled = 2;
/** Of what is sampled by kind. */
export const mostSampled = 5;
/** What is shorter says nothing of one municipality alone, nor do days and the names of kinds and states. */
const shortest = 9;
const ofEverybody = /^([a-z_:]+|\d{4}-\d\d-\d\d)$/i;

async function town(reader: Client, slug: string): Promise<Town> {
  const { rows } = await reader.query<Row>(
    'SELECT "istatCode", slug, name FROM public."Municipality" WHERE slug = $1',
    [slug],
  );
  const { istatCode = "", name = "" } = rows[0] ?? {};
  const columns = await reader.query<Row>(
    `SELECT c.table_schema AS schema, c.table_name AS name, array_to_string(array_agg(c.column_name::text), ',') AS columns
     FROM information_schema.columns c
     JOIN information_schema.columns m USING (table_schema, table_name)
     WHERE m.column_name = 'municipality' AND c.column_name <> 'municipality'
       AND c.data_type IN ('text', 'character', 'uuid') AND c.table_schema IN ('public', 'chain')
     GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const records: Record<string, { id: string; slug?: string }[]> = {};
  const values = new Set<string>();
  for (const table of columns.rows) {
    const names = (table.columns ?? "").split(",");
    const { rows } = await reader.query<Row>(
      `SELECT ${names.map((column) => `"${column}"`).join(", ")} FROM ${table.schema}."${table.name}" WHERE municipality = $1 ORDER BY 1, ${names.length}`,
      [istatCode],
    );
    for (const row of rows) for (const value of Object.values(row)) if (value) values.add(value);
    if (names.includes("id"))
      records[table.name ?? ""] = rows
        .slice(0, sampled)
        .map(({ id = "", slug }) => ({ id, ...(slug && { slug }) }));
  }
  // Of rounds one of each kind and state: what a round has to say depends on them.
  const rounds = await reader.query<Row>(
    `SELECT id, slug, ballot FROM (
       SELECT DISTINCT ON (c."ballotKind", c.state) c.id, r.slug, c."ballotKind" AS kind, c.state,
         (SELECT min(b.id) FROM chain.ballot b WHERE b.municipality = $1 AND b.round = c.id) AS ballot
       FROM chain.round c JOIN public."Round" r ON r.id = c.id
       WHERE c.municipality = $1 ORDER BY c."ballotKind", c.state, c.id) AS one
     ORDER BY row_number() OVER (PARTITION BY kind ORDER BY ballot IS NULL, state), kind`,
    [istatCode],
  );
  const chosen = rounds.rows.slice(0, mostSampled);
  const named = chosen.map(({ id = "", slug = "" }) => ({ id, slug }));
  if (named.length > 0) Object.assign(records, { round: named, Round: named });
  // A ballot is asked for together with its own round.
  if (chosen.some(({ ballot }) => ballot))
    records.ballot = chosen.map(({ ballot }) => ({ id: ballot ?? `none/${"0".repeat(64)}` }));
  const digests = await reader.query<Row>(
    `SELECT digest, 1 AS place FROM public."SaltedText" WHERE municipality = $1 AND public
     UNION SELECT hash, 2 FROM public."Attachment" WHERE municipality = $1 AND public ORDER BY 2, 1`,
    [istatCode],
  );
  return {
    ...{ istatCode, slug, name, records, words: [], codes: values },
    digests: digests.rows.map(({ digest = "" }) => digest),
  };
}

/** Leaves out what both have, and takes codes and words apart. */
function without(one: Town, other: Town): Town {
  const isName = (value: string) => value.length >= shortest && !ofEverybody.test(value);
  // An address of one may begin as an address of the other does.
  const others = [...other.codes].join("\n");
  const only = [...one.codes].filter((value) => isName(value) && !others.includes(value));
  // Some ids are made of others; each of those is looked for by itself.
  const isCode = (value: string) => /^[0-9a-f-]{36,64}(\/|$)/.test(value);
  return { ...one, codes: new Set(only.filter(isCode)), words: only.filter((value) => !isCode(value)) };
}
