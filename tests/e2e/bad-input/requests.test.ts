import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { get } from "node:http";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { pathnames } from "@/lib/language/pathnames";
import { shareEnvironment } from "../../browser/environment";
import { builtActions, type KnownAction, postAction } from "../../browser/post-action";
import { sessionCookie } from "../../browser/session";
import { officerOf, quiet, twoTowns, writes } from "../isolation/town";

const site = inject("site");
const origin = new URL((await fetch(site.origin)).url).origin;
await shareEnvironment({ ...site, origin });
const [torino] = await twoTowns();
await quiet();
const actions = await builtActions();
afterAll(() => db.$disconnect());

let officer = "";
let voter = { id: "", cookie: "" };
let round = { id: "", slug: "" };
beforeAll(async () => {
  officer = await sessionCookie((await officerOf(torino)).id);
  const open = await db.chainRound.findFirstOrThrow({
    where: {
      ...{ municipality: torino.istatCode, ballotKind: "open", state: "open" },
      closesAt: { gt: new Date() },
    },
  });
  round = await db.round.findFirstOrThrow({ where: { municipality: torino.istatCode, id: open.id } });
  const { fiscalNumberHash } = await db.rollEntry.findFirstOrThrow({
    where: {
      ...{ municipality: torino.istatCode, round: open.id },
      fiscalNumberHash: { in: (await db.person.findMany()).flatMap((one) => one.fiscalNumberHash ?? []) },
    },
  });
  const { id } = await db.person.findUniqueOrThrow({ where: { fiscalNumberHash } });
  voter = { id, cookie: await sessionCookie(id) };
});

const call = {
  ...{ title: "Bando di prova", summary: "Una prova.", objectives: "Provare.", whoMay: "Chi prova." },
  ...{ scopes: "A", opensOn: "2027-01-01", closesOn: "2027-06-30", threshold: "70", requiredScores: "2" },
  ...{ maxCost: "1.000,00", "criterionIt[0]": "Cura", "weight[0]": "100" },
};

describe("a call", () => {
  it.each([
    ["closesOn", "2026-12-31", "dates out of order"],
    ["closesOn", "2027-02-30", "a day that does not exist"],
    ["opensOn", "2027/01/01", "a day written in another way"],
    ["title", "Giardino ".repeat(1112), "10,000 characters"],
    ["title", "Giardino\0", "an invisible character"],
    ["title", "   ", "spaces alone"],
    ["threshold", "1e1", "a number in another writing"],
    ["threshold", "-1", "below zero"],
    ["threshold", "70,5", "not whole"],
    ["threshold", "0x46", "hexadecimal"],
    ["maxCost", "-1.000,00", "a negative cost"],
    ["maxCost", "1.000,005", "a fraction of a cent"],
    ["maxCost", "1,000.50", "grouped as in English"],
    ["maxCost", "12,345", "grouped as in English, or a fraction of a cent"],
    ["maxCost", "1e3", "as a computer writes it"],
    ["maxCost", "99999999999999999999", "more than there is"],
    ["weight[0]", "1e2", "a weight in another writing"],
  ])("is refused for its %s «%s»: %s", async (field, typed) => {
    const before = await writes();
    const answer = await post(
      "saveCall",
      "/torino/ufficio/bandi/nuovo",
      { ...call, [field]: typed },
      officer,
    );
    expect(answer.done).toBe(false);
    expect(Object.keys(answer.errors)).toEqual([field]);
    expect(answer.errors[field]?.join()).toMatch(/^\p{Lu}.*\.$/u);
    // A long text is sent apart, under a number.
    if (!field.includes("[") && typed.length < 1000) expect(answer.typed[field] ?? "").toBe(typed);
    expect(answer.typed.objectives).toBe(call.objectives);
    expect(await writes()).toEqual(before);
  });

  it("speaks English on the English page, and reads amounts as English does", async () => {
    const form = { ...call, maxCost: "1.000,50" };
    const answer = await post("saveCall", "/en/torino/office/calls/new", form, officer);
    expect(answer.errors.maxCost?.join()).toMatch(/euro|amount/i);
    expect(Object.keys(answer.errors)).toEqual(["maxCost"]);
    const dates = await post(
      "saveCall",
      "/en/torino/office/calls/new",
      { ...call, maxCost: "1,000.00", closesOn: "2026-12-31" },
      officer,
    );
    expect(dates.errors.closesOn?.join()).toMatch(/date|day/i);
  });
});

describe("a ballot", () => {
  it.each([
    ["for a project that is not on it", ["99"]],
    ["with more choices than the round allows", Array.from({ length: 40 }, (_, index) => String(index + 1))],
    ["with one project twice", ["1", "1"]],
    ["without a choice", []],
    ["with a number in another writing", ["1e0"]],
    ["below the first project", ["0"]],
  ])("%s is refused and nothing is written", async (_, choices) => {
    const before = await writes();
    const form = choices.map((choice, index): [string, string] => [`choices[${index}]`, choice]);
    const answer = await cast(voter.cookie, form, round.id);
    expect(answer.done).toBe(false);
    expect([answer.failure, ...Object.values(answer.errors).flat()].join("")).toMatch(/\.$/);
    expect(await writes()).toEqual(before);
  });

  it("after the closing, by somebody who is not on the roll, or by nobody is refused", async () => {
    const before = await writes();
    const closed = await db.chainRound.findFirstOrThrow({
      where: { municipality: torino.istatCode, state: { not: "open" } },
    });
    expect((await cast(voter.cookie, [["choices[0]", "1"]], closed.id)).failure).toMatch(/\.$/);
    expect((await cast(voter.cookie, [["choices[0]", "1"]], randomUUID())).failure).toMatch(/\.$/);
    const stranger = await db.person.create({
      data: { displayName: "Persona di prova", residence: "001001" },
    });
    const after = await writes();
    expect((await cast(await sessionCookie(stranger.id), [["choices[0]", "1"]], round.id)).done).toBe(false);
    expect((await cast("", [["choices[0]", "1"]], round.id)).failure).toMatch(/accesso/);
    expect(await writes()).toEqual(after);
    await db.person.delete({ where: { id: stranger.id } });
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  function cast(cookie: string, choices: [string, string][], id: string) {
    const form: [string, string][] = [["round", id], ["command", randomUUID()], ...choices];
    return postForm("cast", `/torino/votazioni/${round.slug}/vota/rivedi`, form, cookie);
  }
});

describe("a form sent twice", () => {
  it("by the back button or in two windows at once is there once", async () => {
    const { id: proposal, commons } = await db.chainProposal.findFirstOrThrow({
      where: { municipality: torino.istatCode, state: { not: "submitted" } },
    });
    const { slug } = await db.commons.findFirstOrThrow({
      where: { municipality: torino.istatCode, id: commons },
    });
    const command = randomUUID();
    const send = () =>
      post(
        "writeComment",
        `/torino/beni/${slug}`,
        { aboutType: "proposal", aboutId: proposal, command, text: "Una volta sola." },
        voter.cookie,
      );
    const answers = [await send(), ...(await Promise.all([send(), send()]))];
    expect(answers.map(({ done }) => done)).toEqual([true, true, true]);
    expect(await db.comment.count({ where: { aboutId: proposal, text: "Una volta sola." } })).toBe(1);
    await db.comment.deleteMany({ where: { aboutId: proposal, text: "Una volta sola." } });
  });
});

describe("a request from another site", () => {
  it("runs no action", async () => {
    const before = await writes();
    const action = known("saveCall");
    const { done, failure } = await postAction(
      `${origin}/torino/ufficio/bandi/nuovo`,
      action.id,
      Object.entries(call),
      { cookie: officer, origin: "https://elsewhere.example" },
    );
    expect([done, failure]).toEqual([false, undefined]);
    expect(await writes()).toEqual(before);
  });

  it.each(["/api/uploads/torino", "/api/uploads/torino/digest", "/api/sign-in", "/api/sign-out"])(
    "is refused by %s",
    async (path) => {
      const before = await writes();
      const body = new FormData();
      body.set("file", new File(["%PDF-1.4\n"], "a.pdf"));
      for (const [name, value] of [
        ["origin", "https://elsewhere.example"],
        ["sec-fetch-site", "cross-site"],
      ] as const) {
        const accept = "application/json";
        const request = { method: "POST", body, headers: { [name]: value, cookie: officer, accept } };
        const response = await fetch(origin + path, { ...request, redirect: "manual" });
        const refused =
          response.status === 403 || response.headers.get("location")?.includes("upload_refused");
        expect(refused, `${path} ${response.status}`).toBe(true);
      }
      expect(await writes()).toEqual(before);
    },
  );
});

describe("an upload", () => {
  const upload = async (name: string, bytes: string | Uint8Array<ArrayBuffer>) => {
    const body = new FormData();
    body.set("file", new File([bytes], name));
    const headers = { cookie: voter.cookie, accept: "application/json", origin };
    const response = await fetch(`${origin}/api/uploads/torino?lingua=en`, { method: "POST", body, headers });
    return { status: response.status, answer: (await response.json()) as Record<string, string> };
  };

  it.each([
    ["empty.pdf", "", 422, /empty/],
    ["picture.png", "%PDF-1.4\n", 422, /not what its name says/],
    ["program.exe", "MZ", 422, /./],
    ["page.html", "<script>alert(1)</script>", 422, /./],
  ])("of %s is refused in a sentence", async (name, bytes, status, sentence) => {
    const before = await writes();
    const { status: given, answer } = await upload(name, bytes);
    expect(given).toBe(status);
    expect(answer.sentence).toMatch(sentence);
    expect(await writes()).toEqual(before);
  });

  it("keeps of a name what is a name", async () => {
    const { status, answer } = await upload(`../../etc/\u202Egpj.${"lungo".repeat(60)}.pdf`, "%PDF-1.4\n");
    expect(status).toBe(201);
    expect(answer.name).toMatch(/^[^/\\\u202E]{1,120}\.pdf$/);
    await db.attachment.delete({ where: { id: answer.id ?? "" } });
  });
});

describe("pages", () => {
  const nasty = [
    "-1",
    "0",
    "1e9",
    "999999999999",
    "NaN",
    "%25",
    "%5F",
    "%27%3B--",
    "%3Cscript%3E",
    "%F0%9F%8C%B3",
    "a%0D%0Ab",
  ];
  const names = [
    "pagina",
    "page",
    "cerca",
    "stato",
    "tipo",
    "zona",
    "vista",
    "anno",
    "linea",
    "nome",
    "file",
    "limite",
    "bando",
    "bene",
  ];

  it("answer every query without failing", { timeout: 280_000 }, async () => {
    const routes = (await readdir("app/[locale]/[municipality]", { recursive: true }))
      .filter((name) => name.endsWith("page.tsx") && !name.slice(0, -9).includes("["))
      .map((name) => `/[municipality]/${name}`.replace(/\/?page\.tsx$/, ""));
    for (const route of routes) {
      const pattern = pathnames[route as keyof typeof pathnames];
      const path = (typeof pattern === "string" ? pattern : pattern.it).replace("[municipality]", "torino");
      for (let turn = 0; turn < 4; turn += 1) {
        const query = names
          .map((name, index) => `${name}=${nasty[(index + turn * 3) % nasty.length]}`)
          .join("&");
        const response = await fetch(`${origin}${path}?${query}`, {
          headers: { cookie: officer },
          redirect: "manual",
        });
        expect(response.status, `${path}?${query}`).toBeLessThan(500);
        expect(await response.text()).not.toContain("<script>alert");
      }
    }
  });

  it.each(["/torino/beni/%00", "/torino/beni?cerca=%00", "/torino/%E0%A4%A", "/?nome=%00"])(
    "refuse %s as an address",
    async (path) => {
      expect((await fetch(origin + path)).status).toBe(400);
    },
  );

  it("name no other port than their own, whatever a request calls them", async () => {
    for (const path of ["/torino", "/torino/commons", "/accedi", "/sitemap.xml", "/torino/mio"]) {
      const answer = await askAs("127.0.0.1:9999", path);
      expect(answer, path).toMatch(/^HTTP \d{3}/);
      expect(answer, path).not.toContain(":9999");
    }
  });

  it("take no wildcard in a search", async () => {
    const all = await (await fetch(`${origin}/torino/beni?cerca=%25`)).text();
    expect(all).not.toMatch(/href="\/torino\/beni\/[a-z]/);
    expect(await (await fetch(`${origin}/?nome=_`)).text()).not.toContain('href="/torino"');
  });

  it("all carry a policy, whatever they are", async () => {
    const paths = [
      "/",
      "/torino",
      "/torino/x.js",
      "/nope",
      "/accedi",
      "/torino/verifica/x",
      "/%00",
      "/api/health",
    ];
    const others = [
      "/api/funds/torino/payments.csv",
      "/api/boundaries/all",
      "/api/personal-data",
      "/trial-id/auth",
    ];
    for (const path of [...paths, ...others]) {
      const { headers } = await fetch(origin + path, { redirect: "manual" });
      expect(headers.get("content-security-policy"), path).toMatch(/default-src 'none'/);
    }
  });

  it.each([
    "https://elsewhere.example/",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
  ])("signing in does not lead to %s afterwards", async (da) => {
    const html = await (await fetch(`${origin}/accedi?da=${encodeURIComponent(da)}`)).text();
    expect(/name="from" value="([^"]*)"/.exec(html)?.[1]).toMatch(/^\/(?![/\\])/);
    const headers = { origin, "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ from: da });
    const response = await fetch(`${origin}/api/sign-in`, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
    });
    const callback = response.headers.getSetCookie().find((cookie) => /-callback=/.test(cookie)) ?? "";
    expect(decodeURIComponent(callback)).not.toMatch(/elsewhere|javascript/);
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax/i);
  });
});

/** Status, headers and body of a page asked for under another name. */
function askAs(host: string, path: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path, headers: { host } }, (response) => {
      let text = `HTTP ${response.statusCode} ${JSON.stringify(response.headers)}`;
      response.on("data", (chunk: Buffer) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    }).on("error", reject);
  });
}

function known(name: string): KnownAction {
  return actions.find((action) => action.name === name) ?? expect.fail(`no action ${name}`);
}

function post(name: string, path: string, form: Readonly<Record<string, string>>, cookie: string) {
  return postForm(name, path, Object.entries(form), cookie);
}

function postForm(name: string, path: string, form: [string, string][], cookie: string) {
  return postAction(origin + path, known(name).id, form, { cookie });
}
