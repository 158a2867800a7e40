/**
 * What a roll of a large city costs: freezing it, and the place of one more voter after few and after many. On a
 * PostgreSQL of its own and on PGlite; places are compared as a ratio, which does not depend on the machine.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { freeSlot } from "@/features/ballots/slots-service";
import { copyRoll } from "@/features/rounds/roll-service";
import { DatabaseServer } from "@/lib/database/server";
import { createDatabase } from "@/lib/db";
import { migrate } from "@/prisma/migrate";
import { startPostgresql } from "@/scripts/test/postgresql";

export const needs = "contracts";
export const onlyByName = true;

const municipality = "001272";
const rollSize = 700_000;
const few = 1_000;
const many = 500_000;
const asked = 300;

export default async function measure() {
  return { postgresql: await onPostgresql(), pglite: await onPglite() };
}

async function onPostgresql() {
  const cluster = await startPostgresql();
  try {
    return await measured(cluster.url, "postgresql");
  } finally {
    await cluster.stop();
  }
}

async function onPglite() {
  const folder = await mkdtemp(join(tmpdir(), "cocity-roll-"));
  const database = await PGlite.create({ dataDir: folder });
  const server = await DatabaseServer.start({
    database,
    password: "bench",
    onFailure(error) {
      throw error;
    },
  });
  try {
    return await measured(server.url, "pglite");
  } finally {
    await server.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(url: string, kind: "postgresql" | "pglite") {
  await migrate(url);
  const db = createDatabase(url, kind);
  try {
    await db.$transaction(
      (tx) => tx.$executeRaw`
        INSERT INTO public."RollPerson" (municipality, "fiscalNumberHash")
        SELECT ${municipality}, encode(sha256(n::text::bytea), 'hex') FROM generate_series(1, ${rollSize}::int) AS n`,
      { timeout: 600_000 },
    );
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 50);
    const started = performance.now();
    const { size } = await db.$transaction((tx) => copyRoll(tx, municipality, "round-1"), {
      timeout: 600_000,
    });
    const seconds = (performance.now() - started) / 1000;
    clearInterval(watch);
    const placeMs = { few: await placeAfter(db, 1, few), many: await placeAfter(db, few + 1, many) };
    return {
      frozen: { size, seconds: rounded(seconds), addedMiB: Math.round((most - before) / 2 ** 20) },
      place: { fewMs: rounded(placeMs.few), manyMs: rounded(placeMs.many) },
      ratio: rounded(placeMs.many / placeMs.few),
    };
  } finally {
    await db.$disconnect();
  }
}

/** Median milliseconds in which a place is found once keys up to the `last` are there. */
async function placeAfter(
  db: ReturnType<typeof createDatabase>,
  first: number,
  last: number,
): Promise<number> {
  await db.$transaction(
    (tx) => tx.$executeRaw`
      INSERT INTO public."VoterKey" (municipality, round, person, "publicKey", slot, "privateKeyEncrypted")
      SELECT ${municipality}, 'round-1', 'voter-' || n, encode(sha256(('key ' || n)::bytea), 'hex'), n, ''::bytea
      FROM generate_series(${first}::int, ${last}::int) AS n`,
    { timeout: 600_000 },
  );
  const times: number[] = [];
  for (let count = 0; count < asked; count += 1) {
    const started = performance.now();
    await freeSlot(db, municipality, "round-1", rollSize);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[asked / 2] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
