import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { db } from "@/lib/db";
import { pathnames } from "@/lib/language/pathnames";
import { can, type Permission, type Viewer } from "@/lib/permissions";
import words from "@/messages/it.json";
import { actRoles } from "@/protocol/acts/roles";
import { shareEnvironment } from "../../browser/environment";
import { type Answer, builtActions, type KnownAction, postAction } from "../../browser/post-action";
import { sessionCookie } from "../../browser/session";
import { officerOf, quiet, type Town, twoTowns, writes } from "./town";

const site = inject("site");
const origin = new URL((await fetch(site.origin)).url).origin;
await shareEnvironment({ ...site, origin });
const [torino, aglie] = await twoTowns();
await quiet();
afterAll(() => db.$disconnect());

/** What a person changes of their own, or makes new, and that names no record of anybody's. */
const namesNothing = new Set([
  "writeNewsletter",
  ...["savePreferences", "eraseMe", "endOtherSessions", "openLine", "registerPayee"],
  ...["saveProfile", "putDoneAway", "removeMap", "saveEmblem", "removeEmblem"],
  ...["saveTreasuryCodes", "proposeOutcomes"],
  // To oneself, and to the providers of the site.
  ...["testMail", "tryingSignIn"],
]);
const actions = (await builtActions()).filter(({ name }) => !namesNothing.has(name));

/*
 * Every server action of the build is posted with all that belongs to the other municipality, under every kind of id.
 * A new action is posted as soon as it is there.
 */
describe.each([
  { here: torino, other: aglie },
  { here: aglie, other: torino },
])("by somebody of $here.name", ({ here, other }) => {
  it.each(actions)("$name with ids of the other changes nothing", async (action) => {
    const permission = await permissionOf(action);
    const person = await whoMay(permission, here);
    const headers = { cookie: await sessionCookie(person.id) };
    const before = await writes();
    const text = await sourceOf(action);
    for (const form of forms(other, /\bid\b|stepSchema|stepAction/.test(text))) {
      const answer = await postAction(origin + pageOf(action, here), action.id, form, headers);
      expect(refused(answer), JSON.stringify([answer, Object.fromEntries(form)])).toBe(true);
    }
    expect(await writes()).toEqual(before);
  });

  it.each(actions)("$name on the other's own page changes nothing", async (action) => {
    const permission = await permissionOf(action);
    const person = await whoMay(permission, here);
    // What anybody may do who has signed in, may be done in every municipality.
    if (can({ ...person, roles: [] }, other.istatCode, permission)) return;
    const headers = { cookie: await sessionCookie(person.id) };
    const before = await writes();
    const [form] = forms(other, false);
    const answer = await postAction(origin + pageOf(action, other), action.id, form ?? [], headers);
    expect(answer.failure).toBe(words.errors.not_allowed);
    expect(await writes()).toEqual(before);
  });
});

it("nothing of all this has come to the ledger", async () => {
  const response = await fetch(`${origin}/api/health`);
  const { outbox } = z.object({ outbox: z.number() }).parse(await response.json());
  expect(outbox).toBe(0);
});

function refused({ failure, errors, done }: Answer): boolean {
  return !done && (failure !== undefined || Object.keys(errors).length > 0);
}

/** The text of an action, from its name to the next one's. */
async function sourceOf({ file, name }: KnownAction): Promise<string> {
  const whole = await readFile(file, "utf8");
  const start = whole.indexOf(`export const ${name} =`);
  const end = whole.indexOf("\nexport const ", start + 1);
  return whole.slice(start, end < 0 ? undefined : end);
}

async function permissionOf(action: KnownAction): Promise<Permission> {
  const text = await sourceOf(action);
  const permission =
    /permission: "([^"]+)"|Action\("\w+", "([^"]+)"/.exec(text) ??
    expect.fail(`${action.file}: no permission of ${action.name}`);
  return (permission[1] ?? permission[2]) as Permission;
}

/** Somebody of a municipality, and of no other, who may do something there. */
async function whoMay(permission: Permission, town: Town): Promise<Viewer> {
  const viewers: Viewer[] = [];
  // Not every municipality has a district.
  for (const role of actRoles) if (role !== "district_council") viewers.push(await officerOf(town, role));
  // What is the Comune's alone is for its own administrators.
  viewers.push(await officerOf(town, "administrator", "Comune"));
  const found = viewers.find((viewer) => can({ ...viewer }, town.istatCode, permission));
  return found ?? expect.fail(`nobody in ${town.name} may ${permission}`);
}

/** A page that has the action, of a record of the municipality it is posted in. */
function pageOf({ pages, name }: KnownAction, { slug, records }: Town): string {
  const route = pages.find((page) => page in pathnames) ?? expect.fail(`${name} is on no page`);
  const known = pathnames[route as keyof typeof pathnames];
  const pattern = typeof known === "string" ? known : known.it;
  const tables: Readonly<Record<string, string>> = {
    commons: "Commons",
    call: "Call",
    round: "Round",
    pact: "Pact",
    picture: "Picture",
    comment: "Comment",
    case: "CommentCase",
  };
  return pattern.replace("[municipality]", slug).replace(/\[(\w+)\]/g, (_, hole: string) => {
    const [record] = records[tables[hole] ?? "proposal"] ?? [];
    return record?.slug ?? record?.id ?? "1";
  });
}

type Form = [string, string | File][];

/** The fields of every form at once, filled with what is the town's: `id`, where asked, is in turn each kind of record. */
function forms({ records }: Town, everyId: boolean): Form[] {
  const of = (table: string) => records[table]?.[0]?.id ?? randomUUID();
  const file = new File(["%PDF-1.4\n%a test\n"], "prova.pdf", { type: "application/pdf" });
  const ids = [
    ...[
      "milestone",
      "payment",
      "pact",
      "proposal",
      "Round",
      "commitment",
      "budget_line",
      "subject",
      "report",
    ],
    "objection",
  ];
  const text = "Un testo di prova.";
  const common = (id: string): Form =>
    Object.entries({
      ...{ id, command: randomUUID(), call: of("call"), proposal: of("proposal"), round: of("round") },
      ...{
        commons: of("commons"),
        comment: of("Comment"),
        ...{ aboutType: "proposal", aboutId: of("proposal"), inCase: of("CommentCase") },
        ...{ appeal: of("CommentAppeal"), outcome: "reverse", facts: text, reasons: text },
        draft: of("Proposal"),
        attachment: of("Attachment"),
      },
      ...{ pact: of("pact"), line: of("budget_line"), lines: of("budget_line"), payee: of("subject") },
      ...{
        subject: of("subject"),
        milestone: of("milestone"),
        into: of("proposal"),
        proposals: of("proposal"),
      },
      ...{ party: "party-comune", version: "1", documentHash: "a".repeat(64), step: "where", revision: "0" },
      ...{
        confirm: "on",
        kind: "support",
        reason: text,
        text,
        summary: text,
        objectives: text,
        whoMay: text,
      },
      ...{ scopes: "A", opensOn: "2026-11-01", closesOn: "2027-06-30", threshold: "70", requiredScores: "2" },
      ...{
        maxCost: "1.000,00",
        "criterionIt[0]": "Cura",
        "weight[0]": "100",
        ballotType: "approval",
        least: "1",
      },
      ...{
        most: "1",
        rule: "equal_shares",
        budget: "1.000,00",
        closesAt: "2027-06-30T12:00",
        objectionDays: "0",
      },
      ...{ requiredAttestations: "2", choices: "1", funded: "yes", upheld: "yes", person: "Nessuno Di Qui" },
      ...{ role: "councillor", mode: "add", form: "ordinary", startsOn: "2026-12-01", endsOn: "2027-12-01" },
      ...{
        actions: text,
        roles: text,
        duties: text,
        transaction: "pacts:approveGiunta",
        validUntil: "2027-12-01",
      },
      ...{ heldOn: "2026-11-01", type: "goods", orderNumber: "M-1", outcome: "paid", reference: "Q-1" },
      ...{ on: "2026-11-01", dueOn: "2027-12-01", legalBasis: text, office: text, responsibleOfficer: text },
      ...{ selectionMethod: text, projectLink: "https://example.org/", actKind: "determina", actNumber: "1" },
      ...{ picture: of("Picture"), pictureReport: of("PictureReport"), target: `commons:${of("Commons")}` },
      ...{ alternativeText: text, author: text, takenOn: "2026-05-01", license: "CC-BY-4.0", people: "none" },
      ...{ focus: "centre", ground: "other", answer: text },
      ...{ actDate: "2026-11-01", actBody: text, replyTo: of("Comment") },
      transactionId: of("transaction"),
    });
  const files: Form = ["actFile", "document", "evidence", "report", "file"].map((name) => [name, file]);
  const single: Form = [
    ["title", "Una prova"],
    ["amount", "1,00"],
  ];
  const rows: Form = Object.entries({
    ...{ "title[0]": "Una prova", "deliverable[0]": text, "dueOn[0]": "2027-12-01", "amount[0]": "1,00" },
  });
  return [
    ...(everyId ? ids : ids.slice(0, 1)).map((table) => [...common(of(table)), ...files, ...single]),
    [...common(of("commitment")).filter(([name]) => name !== "dueOn"), ...files, ...rows],
    // What is new has no id yet.
    [...common("").filter(([name]) => name !== "id"), ...files, ...single],
    [...common("").filter(([name]) => !["id", "call", "proposal"].includes(name)), ...files, ...single],
  ];
}
