import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { dutyPathPart } from "@/features/office/duty-path";
import { db } from "@/lib/db";
import { pathnames } from "@/lib/language/pathnames";
import { shareEnvironment } from "../../browser/environment";
import { sessionCookie } from "../../browser/session";
import { found, officerOf, type Town, twoTowns } from "./town";

const site = inject("site");
const own = new URL((await fetch(site.origin)).url).origin;
await shareEnvironment({ ...site, origin: own });
const [torino, aglie] = await twoTowns();
afterAll(() => db.$disconnect());

/*
 * Every page and every route of the file system that lies below a municipality is asked for under the path of one
 * municipality with what belongs to the other. A new one is asked for as soon as it is there; one with a parameter that
 * `values` does not know fails.
 */
const pages = (await below("app/[locale]/[municipality]", "page.tsx"))
  .map((folder) => `/[municipality]${folder}`)
  .filter((route) => !route.includes("[..."));
const files = (await below("app/api", "route.ts")).filter((route) => route.includes("[municipality]"));

/** What may stand in a path, of one municipality. */
const values: Readonly<Record<string, (town: Town) => string[]>> = {
  call: (town) => both(town, "Call"),
  commons: (town) => both(town, "Commons"),
  payment: (town) => both(town, "payment"),
  house: (town) => both(town, "House"),
  picture: (town) => both(town, "Picture"),
  proposal: (town) => both(town, "proposal"),
  round: (town) => both(town, "Round"),
  pact: (town) => both(town, "Pact"),
  draft: (town) => both(town, "Proposal"),
  record: (town) => ["payment", "pact", "proposal"].flatMap((table) => both(town, table)),
  comment: (town) => both(town, "Comment"),
  newsletter: (town) => both(town, "Newsletter"),
  meeting: (town) => both(town, "Meeting"),
  case: (town) => both(town, "CommentCase"),
  type: () => ["proposal"],
  subject: (town) => both(town, "proposal"),
  step: () => ["1"],
  "...card": (town) => [
    ...both(town, "Commons").map((slug) => `commons/${slug}`),
    ...both(town, "Round").map((slug) => `rounds/${slug}`),
  ],
  transaction: (town) => both(town, "transaction"),
  id: (town) => both(town, "Attachment"),
  import: (town) => both(town, "Attachment"),
  mail: (town) => both(town, "Attachment"),
  "...file": () => ["grants.csv", "grants.json", "pacts.csv", "pacts.json", "decisions.atom"],
  "...part": () => ["parameters", "program", "recorded", "final"],
  name: () => ["documento.pdf"],
  file: (town) => [
    ...["ballots.pb", "ballots.csv", "sums.csv", "payments.json"],
    ...town.digests.slice(0, 2).map((digest) => `${digest}.jpg`),
  ],
};

/**
 * Not for this officer, or not in the state the first records are in: a draft is its author's, a house's page its
 * coordinators', volunteers are their group's, the roll and the
 * register are the administrator's, a round is made for a call that is not voted on yet, no round there has sealed
 * ballots, no file of a treasury was loaded
 * and no codes for orders are set, no comment was reported and the log of that is the guarantors', uploads and questions are posted, the pictures that `twoTowns` writes have no files, and no map was brought.
 */
const forOthers = [
  "/[municipality]/office/co-design/[proposal]",
  "/[municipality]/houses/[house]/edit",
  "/[municipality]/meetings/new/[type]/[subject]",
  "/[municipality]/volunteers/[proposal]",
  "/[municipality]/office/roll",
  "/[municipality]/office/register",
  "/[municipality]/office/first-hour",
  "/[municipality]/office/profile",
  "/[municipality]/office/houses",
  "/[municipality]/office/houses/[house]",
  "/[municipality]/office/map",
  "/[municipality]/office/feedback",
  "/[municipality]/office/newsletters",
  "/[municipality]/office/newsletters/[newsletter]",
  "/[municipality]/newsletters/[newsletter]",
  "/[municipality]/office/signatures",
  "/[municipality]/office/rounds/new/[call]",
  "/[municipality]/rounds/[round]/credential",
  "/[municipality]/rounds/[round]/desk",
  "/[municipality]/rounds/[round]/check",
  "/[municipality]/rounds/[round]/secrecy",
  "/api/sealed/[municipality]/[round]/[...part]",
  "/[municipality]/office/treasury/[import]",
  "/[municipality]/office/moderation/[case]",
  "/[municipality]/office/moderation/log",
  "/[municipality]/mine/mailbox/[mail]",
  "/[municipality]/propose/[draft]/[step]",
  "/api/pictures/[municipality]/[file]",
  "/api/treasury/[municipality]/orders.xml",
  "/api/uploads/[municipality]",
  "/api/uploads/[municipality]/digest",
  "/api/uploads/[municipality]/map",
  "/api/maps/[municipality]/[file]",
  "/api/uploads/[municipality]/paper",
  "/api/feedback/[municipality]",
  "/api/feedback/[municipality]/answers.csv",
  "/api/verify/[municipality]",
];

const forAdministrators = [
  "first-hour",
  "roll",
  "register",
  "signatures",
  "profile",
  "houses",
  "map",
  "feedback",
  "newsletters",
].map((page) => `/[municipality]/office/${page}`);

/** Its files are named alike in every municipality. */
const ofTheWhole = "/control-room/[municipality]/[file]";

/** Say in words that this municipality's part of the ledger has no such transaction, or that nothing waits there. */
const answersInWords = [
  "/[municipality]/verify/[transaction]",
  "/[municipality]/office/duties/[transaction]/[record]",
];
/** Steps that wait in an office, as its pages name them: no transaction of the ledger, which the hole is called for elsewhere. */
const steps = (["payments:check", "pacts:sign", "proposals:admit"] as const).map(dutyPathPart);

describe.each([
  { here: torino, other: aglie },
  { here: aglie, other: torino },
])("under the path of $here.name", ({ here, other }) => {
  let officer = "";
  let administrator = "";
  let guarantor = "";
  let stranger = "";
  beforeAll(async () => {
    officer = await sessionCookie((await officerOf(here)).id);
    administrator = await sessionCookie((await officerOf(here, "administrator", "Comune")).id);
    guarantor = await sessionCookie((await officerOf(here, "guarantor", "Garanti")).id);
    stranger = await sessionCookie((await officerOf(other)).id);
  });

  it.each(pages)("%s shows nothing of the other", async (route) => {
    const isOfRecord = route.replace("[municipality]", "").includes("[");
    for (const path of pathsOf(route, here, other)) {
      const insider = forAdministrators.includes(route)
        ? administrator
        : route.endsWith("/moderation/log")
          ? guarantor
          : officer;
      for (const cookie of isOfRecord ? [officer] : [insider, stranger, ""]) {
        const { status, text } = await ask(path, cookie);
        expect(found(text, other, path), path).toEqual([]);
        if (isOfRecord && !answersInWords.includes(route)) expect(status, path).toBe(404);
        else if (cookie === stranger && route.startsWith("/[municipality]/office"))
          expect(status, path).toBe(404);
        else expect(status, path).toBeLessThan(400);
      }
    }
  });

  it.each(files)("%s gives nothing of the other", async (route) => {
    for (const path of pathsOf(`/api${route}`, here, other)) {
      const { text, status } = await ask(path, officer);
      expect(found(text, other, path), path).toEqual([]);
      const isOfRecord = /\[(?!municipality\]|\.\.\.)/.test(route);
      if (isOfRecord && route !== ofTheWhole) expect(status, path).toBe(404);
    }
  });

  it("a code of the other is not found", async () => {
    for (const code of [...(values.transaction?.(other) ?? []), ...other.digests.slice(0, 3)]) {
      const path = `/${here.slug}/verifica?cerca=${code}`;
      expect(found((await ask(path, officer)).text, other, path)).toEqual([]);
    }
  });
});

it("the same paths are there under the municipality they belong to", async () => {
  const cookie = await sessionCookie((await officerOf(torino)).id);
  const missing: string[] = [];
  for (const route of [...pages, ...files.map((file) => `/api${file}`)]) {
    const answers = await Promise.all(pathsOf(route, torino, torino).map((path) => ask(path, cookie)));
    if (!answers.some(({ status }) => status === 200)) missing.push(route);
  }
  expect(missing.filter((route) => !forOthers.includes(route))).toEqual([]);
});

/** Folders below one that hold a file of this name, as parts of a path. */
async function below(root: string, file: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  return names
    .filter((name) => name === file || name.endsWith(`/${file}`))
    .map((name) => (name === file ? "" : `/${name.slice(0, -file.length - 1)}`))
    .sort();
}

/** Every way to fill the Italian path of a route with what is `other`'s. */
function pathsOf(route: string, here: Town, other: Town): string[] {
  const known = pathnames[route as keyof typeof pathnames];
  if (!known && !route.startsWith("/api/")) throw new Error(`${route} is not in lib/language/pathnames.ts`);
  const pattern = !known ? route : typeof known === "string" ? known : known.it;
  const municipality = route === "/api/boundaries/[municipality]" ? here.istatCode : here.slug;
  let paths = [pattern.replace("[municipality]", municipality)];
  for (const [hole, name = ""] of pattern.matchAll(/\[((?:\.\.\.)?\w+)\]/g)) {
    if (name === "municipality") continue;
    const isStep = name === "transaction" && route.includes("/duties/");
    const choices = isStep ? steps : values[name]?.(other);
    if (!choices) throw new Error(`${route}: nobody has said what ${name} is`);
    paths = choices.flatMap((choice) =>
      paths.map((path) => path.replace(hole, choice.split("/").map(encodeURIComponent).join("/"))),
    );
  }
  return paths;
}

function both({ records }: Town, table: string): string[] {
  const rows = records[table] ?? [];
  return [...new Set(rows.flatMap(({ id, slug }) => [id, ...(slug ? [slug] : [])]))];
}

async function ask(path: string, cookie: string): Promise<{ status: number; text: string }> {
  const response = await fetch(own + path, { headers: { cookie }, redirect: "manual" });
  return { status: response.status, text: await response.text() };
}
