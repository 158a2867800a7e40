import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { pathnames } from "@/lib/language/pathnames";
import { shareEnvironment } from "../browser/environment";
import { builtActions } from "../browser/post-action";
import { sessionCookie } from "../browser/session";
import { attack } from "../hostile/attack";
import { long } from "../long";
import { processOf } from "../processes";
import { quiet, twoTowns, writes } from "./isolation/town";

const site = inject("site");
const origin = new URL((await fetch(site.origin)).url).origin;
await shareEnvironment({ ...site, origin });
afterAll(() => db.$disconnect());

/** A minute beside the other tests, an hour in the long version. */
const seconds = Number(process.env.COCITY_TEST_HOSTILE_SECONDS || (long ? 3_600 : 60));
const seed = Number(process.env.COCITY_TEST_HOSTILE_SEED || 1);
/** Whoever waits for longer waits for ever: a machine that runs other tests beside is slower than a site should be. */
const longestMs = long ? 5_000 : 20_000;

it("hostile requests are all answered, fill no memory and reach no ledger", {
  timeout: (seconds + 180) * 1000,
}, async () => {
  const [torino] = await twoTowns();
  await quiet();
  const program = await processOf(site.supervisor, "services/site/main.ts");
  const officials = await db.chainOfficial.findMany({ select: { id: true } });
  const resident = await db.person.findFirstOrThrow({
    where: {
      id: { notIn: officials.map(({ id }) => id) },
      residence: torino.istatCode,
      erasedAt: null,
      fiscalNumberHash: { not: null },
    },
  });
  const real = await sessionCookie(resident.id);
  const around = {
    host: new URL(origin).host,
    origin,
    paths: pathsOf(torino.slug, Object.values(torino.records).flat()),
    actions: await builtActions(),
    cookies: [
      real,
      `${real.slice(0, -5)}aaaaa`,
      real.replace("=", "=."),
      "a=b",
      "=",
      `x=${"y".repeat(3_000)}`,
    ],
    ids: Object.values(torino.records).flatMap((records) => records.map(({ id }) => id)),
  };
  const before = { OutboxItem: (await writes()).OutboxItem };
  const report = await attack({ around, site: program, seed, seconds, longestMs });
  console.log(JSON.stringify({ seed, ...report }, null, 1));
  expect(report.faults).toEqual([]);
  expect(report.sent).toBeGreaterThan(seconds);
  expect(await processOf(site.supervisor, "services/site/main.ts"), "the site was started again").toBe(
    program,
  );
  expect((await fetch(`${origin}/torino`)).status).toBe(200);
  const [early, late] = report.memoryMb;
  expect(late, "memory in MB").toBeLessThan(early * 1.5 + 200);
  await quiet();
  expect({ OutboxItem: (await writes()).OutboxItem }).toEqual(before);
  expect(await readFile(join(site.data, "logs", "site.log"), "utf8")).not.toContain("uncaught");
});

/** Pages that are there: of every route, with records' ids and names in the place of its parameters. */
function pathsOf(town: string, records: readonly { id: string; slug?: string }[]): string[] {
  return Object.values(pathnames).flatMap((pattern) =>
    Object.entries(typeof pattern === "string" ? { it: pattern } : pattern).flatMap(([language, path]) =>
      [0, 7, 31].map((offset) => {
        let turn = offset;
        const filled = path.replace("[municipality]", town).replaceAll(/\[[^\]]+\]/g, () => {
          turn += 1;
          const record = records[turn % records.length];
          return encodeURIComponent(record?.slug ?? record?.id ?? "x");
        });
        return language === "en" ? `/en${filled}` : filled;
      }),
    ),
  );
}
