/** Names, tax codes and accounts in every field of every form: none is logged, none is asked of the ledger. */
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { typedMembers } from "@/ledger/client/outbox/typed-text";
import { todayInItaly } from "@/lib/local-time";
import { addDays } from "@/protocol/days";
import { keepWritten } from "../written";
import { everyAction, type Known, somebodyInEveryOffice, whoMay } from "./every-action";
import { request, serverActions } from "./request";
import { settle, torino } from "./town";

process.env.LOG_LEVEL = "trace";
const { db } = await serverActions();
const { introducePerson } = await import("@/features/people/service");
const { trialPeople } = await import("@/prisma/seed/trial-people");

const name = "Ermenegilda Zampognaro";
const codes = ["ZMPRNG80A41L219E", "IT60X0542811101000000123456", "IT60 X054 2811 1010 0000 0123 456"];
/** Nobody signs in with it: a form that asks for a person's code takes one that is right. */
const secrets = ["zampognaro", ...codes.map((code) => code.toLowerCase())];

const actions = await everyAction();
const { names, choices } = await fieldsInSource();
/** What a field that does not take any text may take instead. */
const instead = [
  ...["RSSMRA70A41F205Z", "2026-03-01", addDays(todayInItaly(), 60), "10:00", "1", "12,50", "100,00", "2027"],
  ...["on", "yes", "true", "somebody@example.org", "https://comune.example", "99999990007"],
  ...[
    "C11B26000000001",
    "Z123456789",
    "a".repeat(64),
    "-7",
    "UFABCD",
    "0001234",
    "A2A-00000001",
    "2026-03-01T10:00",
  ],
  new File([`%PDF-1.4 ${name} ${codes.join(" ")}`], `${name} ${codes[0]}.pdf`, { type: "application/pdf" }),
];
/** Forms of which a field takes only what a page or a file has made before; all their other fields are filled in. */
const madeBefore: readonly string[] = [
  ...["features/ballots/actions.ts choose: next", "features/calls/actions.ts saveCall: weight"],
  ...["features/desk/actions.ts enterSheets: sheets", "features/desk/actions.ts seeDevice: deskCode"],
  ...["features/funds/actions.ts planMilestones: title"],
  ...["features/funds/exceptions-actions.ts replaceRepresentative: person"],
  ...["features/notifications/actions.ts markAllRead: until"],
  ...["features/notifications/actions.ts saveFrequencies: proposals, office"],
  ...[
    "features/people/roll-actions.ts importRoll: mode",
    "features/pictures/emblem-actions.ts saveEmblem: file",
  ],
  ...["features/register/actions.ts proposeOffice: role"],
  ...["features/rounds/actions.ts saveRound: rule, requiredAttestations"],
  ...["features/sealed-voting/actions.ts announceSealed: groupSize"],
  ...["features/treasury/actions.ts readTreasuryFiles: files"],
  ...["features/treasury/actions.ts saveTreasuryCodes: bankCode, currentCode, investmentCode"],
];
const written: string[] = [];
let personOf: Map<string, string>;

beforeAll(async () => {
  await settle(db);
  personOf = await somebodyInEveryOffice(db);
  const grown = trialPeople.find(({ roles: held }) => held.length === 0);
  if (!grown) throw new Error("there are no such trial people");
  personOf.set("resident", await introducePerson(grown));
  keepWritten(written);
});

describe.each([
  { what: "a name with a tax code and an account", planted: `${name} ${codes.join(" ")}` },
  { what: "a name", planted: name },
])("$what", ({ planted }) => {
  it.each(actions)("in $file $name", async ({ action, permission, file, name: called }) => {
    const [role] = whoMay(permission);
    request.person = personOf.get(role ? `${role} ${torino}` : "resident");
    const stuck = await fillIn({ action, planted });
    if (stuck.length > 0) hard.add(`${file} ${called}: ${stuck.join(", ")}`);
    expect(secretsIn(written.splice(0))).toEqual([]);
  });

  it("in whatever files, readers' answers and scripts' messages are posted", async () => {
    for (const route of await postRoutes()) await post(route, planted);
    expect(secretsIn(written.splice(0))).toEqual([]);
  });

  it("is asked of the ledger only where a public text is typed, and never with a code", async () => {
    const items = await db.outboxItem.findMany({ select: { transaction: true, input: true } });
    for (const { transaction, input } of items)
      for (const { member, text } of textsIn(input)) {
        const isTyped = secretsIn([text]).length === 0 || typedMembers.has(member);
        expect(isTyped, `${transaction} ${member}: ${text}`).toBe(true);
        for (const code of codes) expect(text, transaction).not.toContain(code);
      }
    // Without a code forms do get there.
    if (planted === name) expect(items.length).toBeGreaterThan(0);
  });
});

const hard = new Set<string>();
it("reaches every form", () => {
  const what =
    "a field that takes nothing planted: add what it takes to `instead`, or its form to `madeBefore`";
  expect([...hard].sort(), what).toEqual([...madeBefore].sort());
});

/** Posts a form with the text in every field that takes it. @returns fields that took nothing */
async function fillIn({ action, planted }: Pick<Known, "action"> & { planted: string }): Promise<string[]> {
  const tried = new Map<string, number>();
  for (;;) {
    const form = new FormData();
    for (const field of names) form.append(field, textFor(field, tried.get(field) ?? 0, planted));
    const answer = await action(undefined, form).catch(() => undefined);
    const refused = Object.keys((answer && "submission" in answer && answer.submission.error) || {})
      .map((field) => field.replace(/[[.].*$/, ""))
      .filter((field) => names.has(field));
    const open = refused.filter((field) => (tried.get(field) ?? 0) < triesOf(field));
    if (open.length === 0) return refused;
    for (const field of new Set(open)) tried.set(field, (tried.get(field) ?? 0) + 1);
  }
}

const triesOf = (field: string) => (choices.get(field)?.length ?? 0) + instead.length + 1;

function textFor(field: string, attempt: number, planted: string): string | File {
  if (field === "command") return randomUUID();
  const others = [planted, ...(choices.get(field) ?? []), randomUUID(), ...instead];
  return others[attempt % others.length] ?? planted;
}

/** Every name that a form's schema or its fields may have, and the choices of those that have some. */
async function fieldsInSource(): Promise<{ names: Set<string>; choices: Map<string, string[]> }> {
  const names = new Set<string>();
  const choices = new Map<string, string[]>();
  const files = (await readdir("features", { recursive: true })).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes(".test."),
  );
  const sources = await Promise.all(files.map(async (file) => readFile(join("features", file), "utf8")));
  const protocol = (await readdir("protocol", { recursive: true })).filter((file) => file.endsWith(".ts"));
  const lists = new Map<string, string[]>();
  for (const source of [
    ...sources,
    ...(await Promise.all(protocol.map((file) => readFile(join("protocol", file), "utf8")))),
  ])
    for (const [, list = "", words = ""] of source.matchAll(/const (\w+)[^=\n]* = \[([^\]]*)\]/g))
      lists.set(list, wordsIn(words));
  for (const [index, source] of sources.entries()) {
    for (const [, field = ""] of source.matchAll(/^\s*(?:\.\.\.\{ )?(\w+): ?(?:z\b|\w+\(|\w+,$)/gm))
      if (/schema|actions|service/.test(files[index] ?? "")) names.add(field);
    for (const [, field = ""] of source.matchAll(/\bname: "(\w+)"/g)) names.add(field);
    for (const [, field = "", list = ""] of source.matchAll(/(\w+):[^\n]*z\s*\.enum\(([^)]*)\)/g))
      choices.set(field, [
        ...(choices.get(field) ?? []),
        ...(list.startsWith("[") ? wordsIn(list) : (lists.get(list.trim()) ?? [])),
      ]);
  }
  names.add("command");
  return { names, choices };
}

function wordsIn(list: string): string[] {
  return [...list.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word);
}

function secretsIn(texts: readonly string[]): string[] {
  return secrets.filter((secret) => texts.some((text) => text.toLowerCase().includes(secret)));
}

async function postRoutes(): Promise<string[]> {
  const found: string[] = [];
  for (const file of await readdir("app/api", { recursive: true }))
    if (file.endsWith("route.ts") && /\bPOST\b/.test(await readFile(join("app/api", file), "utf8")))
      found.push(file);
  expect(found.length).toBeGreaterThan(8);
  return found;
}

async function post(route: string, planted: string): Promise<void> {
  const { POST } = (await import(/* @vite-ignore */ join(process.cwd(), "app/api", route))) as {
    POST?: (sent: Request, context: object) => Promise<Response>;
  };
  const form = new FormData();
  for (const field of names) form.append(field, planted);
  form.append("file", new File([planted], `${planted}.pdf`, { type: "application/pdf" }));
  const address = `http://localhost:3000/api/${route}?q=${encodeURIComponent(planted)}`;
  const params = { municipality: "torino", round: planted, part: [planted], path: [planted] };
  const origin = "http://localhost:3000";
  const headers = { "sec-fetch-site": "same-origin", accept: "application/json", origin };
  // What a route throws the framework answers, and logs by its kind alone.
  for (const body of [form, JSON.stringify({ text: planted, [planted]: planted })])
    await POST?.(new Request(address, { method: "POST", headers, body }), {
      params: Promise.resolve(params),
    }).catch(() => undefined);
}

function textsIn(value: unknown, member = ""): { member: string; text: string }[] {
  if (typeof value === "string") return [{ member, text: value }];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, member));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, key));
}
