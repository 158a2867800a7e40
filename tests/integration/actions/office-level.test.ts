import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { takeOffice } from "../register-rows";
import { request, serverActions } from "./request";
import { proposalOnLedger, settle, torino } from "./town";

class Elsewhere extends Error {}
vi.mock("next/navigation", async (original) => ({
  ...(await original<object>()),
  notFound: () => {
    throw new Elsewhere("not found");
  },
}));
vi.mock("@/lib/language/navigation", async () => ({
  redirect: ({ href }: { href: { pathname: string; query: object } }) => {
    throw new Elsewhere(`${href.pathname} ${JSON.stringify(href.query)}`);
  },
  getPathname: ({ href }: { href: unknown }) => String(href),
}));

const { db } = await serverActions();
const { currentViewer } = await import("@/lib/auth");
const { requireOfficial } = await import("@/lib/viewer");
const { introducePerson } = await import("@/features/people/service");
const { giveFeedback } = await import("@/features/feedback/service");
const feedback = await import("@/app/api/feedback/[municipality]/answers.csv/route");
const { default: ManageMeetingPage } = await import(
  "@/app/[locale]/[municipality]/meetings/[meeting]/edit/page"
);
const orders = await import("@/app/api/treasury/[municipality]/orders.csv/route");

const [giulia, marco, third] = trialPeople;
if (!giulia || !marco || !third) throw new Error("there are no trial people");
let administrator: string;
let treasurer: string;

beforeAll(async () => {
  await settle(db);
  administrator = await introducePerson(giulia);
  treasurer = await introducePerson(marco);
  const of = { municipality: torino, organisation: "Comune" } as const;
  await takeOffice(db, { ...of, person: administrator, role: "administrator" });
  await takeOffice(db, { ...of, person: treasurer, role: "treasurer" });
});

beforeEach(() => {
  request.person = administrator;
  request.session = { level: 2, minutesAgo: 0 };
});

const context = { params: Promise.resolve({ municipality: "torino" }) };
const answers = (query = "") =>
  feedback.GET(new Request(`http://localhost:3000/api/feedback/torino/answers.csv${query}`), context);
const list = () => orders.GET(new Request("http://localhost:3000/api/treasury/torino/orders.csv"), context);

describe("somebody in office who has signed in at the first level alone", () => {
  it("holds no office: neither exports nor pages know them", async () => {
    expect((await answers()).status).toBe(200);
    expect((await currentViewer())?.roles).toMatchObject([{ role: "administrator" }]);
    expect(await requireOfficial(torino)).toMatchObject({ id: administrator });
    request.session = { level: 1, minutesAgo: 0 };
    expect((await answers()).status).toBe(404);
    expect((await currentViewer())?.roles).toEqual([]);
    await expect(requireOfficial(torino)).rejects.toThrow('/sign-in {"da":"/torino","error":"level"}');

    request.person = treasurer;
    expect((await list()).status).toBe(404);
    request.session = { level: 2, minutesAgo: 0 };
    expect((await list()).status).toBe(200);
  });

  it("is not who holds none: they find nothing there at either level", async () => {
    request.person = await introducePerson(third);
    await expect(requireOfficial(torino)).rejects.toThrow("not found");
  });
});

describe("whoever represents a proposal and has signed in at the first level alone", () => {
  it("is led to the second one before its meeting's page shows who comes", async () => {
    const representative = await introducePerson(third);
    await proposalOnLedger(db, { id: "meeting-here", state: "co_design", representative });
    const hour = (at: string) => new Date(`2026-12-10T${at}:00:00Z`);
    const { id } = await db.meeting.create({
      data: {
        ...{ id: randomUUID(), municipality: torino, aboutType: "proposal", aboutId: "meeting-here" },
        ...{ title: "Incontro", language: "it", agenda: "Orari.", convenedBy: representative },
        ...{ startsAt: hour("17"), endsAt: hour("18") },
      },
    });
    const props = { params: Promise.resolve({ locale: "it", municipality: "torino", meeting: id }) };
    request.person = representative;
    request.session = { level: 1, minutesAgo: 0 };
    await expect(ManageMeetingPage(props as never)).rejects.toThrow(
      '/sign-in {"da":"/torino","error":"level"}',
    );
    request.session = { level: 2, minutesAgo: 0 };
    expect(await ManageMeetingPage(props as never)).toBeDefined();
    request.person = treasurer;
    await expect(ManageMeetingPage(props as never)).rejects.toThrow("not found");
  });
});

describe("the file of what people say of pages", () => {
  it.each([
    ["?da=0000-01-01", "2000"],
    ["?a=0000-01-01&lingua=en", "2000"],
    ["?da=ieri", "22/11/2026"],
  ])("answers %s with a sentence", async (query, words) => {
    const response = await answers(query);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      422,
      "text/plain; charset=utf-8",
    ]);
    expect(await response.text()).toContain(words);
  });

  it("names records that are there, and nothing that somebody put into an address", async () => {
    await proposalOnLedger(db, { id: "orti", state: "published" });
    const about = { istatCode: torino, slug: "torino" };
    const values = { stars: 5, answer: null, text: "" };
    for (const name of ["commons-of-orti", "il-sindaco-ruba"])
      await giveFeedback(about, { path: `/torino/beni/${name}`, ...values });
    const rows = await db.pageFeedback.findMany({ orderBy: { record: "asc" } });
    expect(rows.map(({ page, record }) => [page, record])).toEqual([
      ["/[municipality]/commons/[commons]", "commons-of-orti"],
      ["/[municipality]/commons/[commons]", null],
    ]);
  });
});
