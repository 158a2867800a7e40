/** The page of a Comune's first steps: what it reads of database and ledger, and how it is sent in both languages. */
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import type { Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { request, serverActions } from "./actions/request";
import { aglie, settle, torino } from "./actions/town";
import { act, actor, dayOf, foundedTorino, office, official, project } from "./register-rows";

class Elsewhere extends Error {}
vi.mock("next/navigation", async (original) => ({
  ...(await original<object>()),
  notFound: () => {
    throw new Elsewhere("not found");
  },
}));

const { db } = await serverActions();
const { firstHourOf, missingBeforeCall } = await import("@/features/first-hour/queries");
const { NotReadyForCall, Readiness } = await import("@/features/first-hour/readiness");
const { Checklist } = await import("@/features/first-hour/checklist");
const { requireOfficial } = await import("@/lib/viewer");
const { judge } = await import("@/features/first-hour/rules");
const { saveProfile } = await import("@/features/municipalities/profile-service");
const { changeRoll } = await import("@/features/people/roll-service");
const { default: FirstHourPage } = await import("@/app/[locale]/[municipality]/office/first-hour/page");

const here = { istatCode: torino, slug: "torino" };
const day = "2026-03-15";
const people = {
  ...{ valeria: "Comune", irene: "Garanti", paolo: "Case", laura: "Comune", nadia: "Comune" },
} as const satisfies Record<string, Organisation>;

beforeAll(async () => {
  await settle(db);
  for (const id of Object.keys(people))
    await db.person.create({ data: { id, displayName: `Persona ${id}` } });
});

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.municipality, chain.day, chain.official, chain.office, chain.passkey,
    chain.budget_line, chain.call, public."MunicipalityProfile", public."RollPerson", public."House",
    public."Boundary", public."Call"`;
  await project(db, foundedTorino(), dayOf(day), official("valeria", "Comune"));
  await project(db, office("valeria", "Comune", "administrator"));
  request.person = "valeria";
  request.path = "/torino/ufficio/avvio";
});

const profile = {
  ...{ website: "", address: "piazza Palazzo di Città 1", phone: "011 1", email: "", pec: "", taxCode: "" },
  ...{ offices: "", accessibilityUrl: "https://form.agid.gov.it/view/1", privacyContact: "dpo@example.org" },
};

const house = { municipality: torino, id: "casa", slug: "casa", name: "Casa", address: "via 1" };

async function everybody(): Promise<void> {
  await project(
    db,
    ...(["irene", "paolo", "laura", "nadia"] as const).map((id) => official(id, people[id])),
    office("irene", "Garanti", "administrator"),
    office("paolo", "Case", "administrator"),
    office("laura", "Comune", "responsible_officer"),
    office("nadia", "Comune", "assessor"),
    ...(Object.keys(people) as (keyof typeof people)[]).map((id) => keyOf(id, people[id])),
  );
}

async function line(): Promise<void> {
  await db.$executeRaw`INSERT INTO chain.budget_line
    (municipality, id, fund, name, year, kind, "budgetCents", "committedCents", "acceptedCents", "paidCents",
     fictional, record, "transactionId", block)
    VALUES (${torino}, 'line', 'Fondo', 'Linea', 2026, 'current', 100, 0, 0, 0, false, '{}', ${"0".repeat(64)}, 1)`;
}

describe("what a Comune has", () => {
  it("is nearly nothing on its first day: an administrator without a key, and the settings", async () => {
    const { facts, administrators } = await firstHourOf(here);
    expect(facts.organisations).toEqual({
      Comune: "no_key",
      Case: "no_administrator",
      Garanti: "no_administrator",
    });
    expect(administrators.Comune).toEqual([]);
    expect(judge(facts)).toMatchObject({ settings: "done", profile: "missing", districts: "not_needed" });
    expect(await missingBeforeCall(here)).toEqual([
      ...["profile", "privacy", "accessibility", "organisations", "callPeople", "lines", "signIn"],
    ]);
  });

  it("is noted with who and when, step by step, until a call can open", async () => {
    await saveProfile(torino, profile, "valeria");
    await everybody();
    await line();
    expect(await missingBeforeCall(here)).toEqual(["signIn"]);
    await project(db, foundedTorino({ trial: true }));
    expect(await missingBeforeCall(here)).toEqual([]);
    await changeRoll(torino, ["RSSMRA85T10A562S"], "add");
    const { facts, done, administrators } = await firstHourOf(here);
    expect(administrators.Garanti).toEqual(["Persona irene"]);
    expect(facts.roll).toBe(1);
    expect(done.profile).toEqual({ by: "Persona valeria", at: expect.any(Date) });
    expect(done.roll?.at).toBeInstanceOf(Date);
  });

  it("counts no key that a resident has, nor an office that is suspended", async () => {
    await everybody();
    await project(db, keyOf("irene", "Garanti", { resident: true }));
    await project(
      db,
      office("nadia", "Comune", "assessor", {
        state: "suspended",
        suspension: {
          by: actor("valeria", "Comune", "administrator"),
          on: day,
          until: "2026-03-22",
          reasonDigest: "a".repeat(64),
        },
      }),
    );
    const { facts } = await firstHourOf(here);
    expect(facts.organisations.Garanti).toBe("no_key");
    expect(facts.acting.map(({ person }) => person)).not.toContain("nadia");
  });

  it("knows districts by their boundaries, houses and offices", async () => {
    await db.house.create({ data: { ...house, district: 10 } });
    const geometry = {
      type: "Polygon",
      coordinates: [
        [
          [7, 45],
          [7.1, 45],
          [7.1, 45.1],
          [7, 45],
        ],
      ],
    };
    const boundary = { municipality: torino, kind: "district", code: "2", name: "2", geometry, credit: "" };
    await db.boundary.create({ data: boundary });
    const { facts } = await firstHourOf(here);
    expect(facts).toMatchObject({ districts: ["2", "10"], outlined: ["2"], houses: 1, map: false });
    expect(judge(facts).districts).toBe("missing");
  });

  it("is nothing of another Comune's", async () => {
    await saveProfile(aglie, profile, "valeria");
    await changeRoll(aglie, ["RSSMRA85T10A562S"], "add");
    const { facts, done } = await firstHourOf(here);
    expect(facts).toMatchObject({ roll: 0, profile: { contacts: false } });
    expect(done.profile).toBeUndefined();
  });
});

describe("the page", () => {
  const page = () =>
    FirstHourPage({
      params: Promise.resolve({ locale: "it", municipality: "torino" }),
      searchParams: Promise.resolve({}),
    } as never);

  /** What the page says of the state of things; the forms beside it are asked for by the browser's tests. */
  const state = async (locale: "it" | "en") => {
    const firstHour = await firstHourOf(here);
    const viewer = await requireOfficial(torino);
    return drawn(
      <>
        <Readiness facts={firstHour.facts} />
        <Checklist municipality={here} viewer={viewer} firstHour={firstHour} />
      </>,
      locale,
    );
  };

  it("names what is missing, and folds away what is done once little is left", async () => {
    const first = await state("it");
    expect(first).toContain("Prima di aprire un bando mancano ancora 7 cose");
    expect(first).toContain('href="/torino/ufficio/recapiti"');
    expect(first).not.toContain("<details");
    expect(await state("en")).toContain("7 things are still missing before a call can open");
    await saveProfile(torino, profile, "valeria");
    await everybody();
    await line();
    await changeRoll(torino, ["RSSMRA85T10A562S"], "add");
    await db.house.create({ data: house });
    await project(db, foundedTorino({ trial: true }));
    const later = await state("it");
    expect(later).toContain("Non manca nulla per aprire un bando");
    expect(later).toContain("<details");
  });

  it("is for the administrators of the Comune alone", async () => {
    await everybody();
    for (const person of ["irene", "paolo", "laura", "nobody"]) {
      request.person = person;
      await expect(page()).rejects.toThrow();
    }
    request.person = "valeria";
    expect(await page()).toBeDefined();
  });
});

it("whoever publishes a call is told what is missing, and where it is seen if they may look", async () => {
  const missing = await missingBeforeCall(here);
  const notice = (administers: boolean) =>
    drawn(<NotReadyForCall {...{ municipality: "torino", missing, administers }} />, "it");
  expect(notice(false)).toContain("una linea di bilancio");
  expect(notice(false)).not.toContain("<a ");
  expect(notice(true)).toContain('href="/torino/ufficio/avvio"');
  expect(drawn(<NotReadyForCall municipality="torino" missing={[]} administers />, "it")).toBe("");
});

/** As it is sent, each of its sentences found. */
function drawn(node: ReactNode, locale: "it" | "en"): string {
  const errors: string[] = [];
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={(locale === "it" ? italian : en) as never}
      timeZone="Europe/Rome"
      onError={({ message }) => errors.push(message)}
    >
      {node}
    </NextIntlClientProvider>,
  );
  expect(errors).toEqual([]);
  return markup;
}

let keys = 0;
const keyIds = new Map<string, string>();

/** A key that counts, as the projection writes it. */
function keyOf(
  person: string,
  organisation: Organisation,
  changes: Partial<RecordOf<"passkey">> = {},
): readonly ["passkey", RecordOf<"passkey">] {
  const id = keyIds.get(person) ?? (++keys).toString(16).padStart(64, "0");
  keyIds.set(person, id);
  return [
    "passkey",
    {
      ...{ municipality: torino, id, person, organisation, credential: "AAEC", spki: "MFkw", algorithm: -7 },
      ...{
        rpId: "localhost",
        state: "counting",
        proposedOn: act.date,
        confirmations: [],
        countsFrom: act.date,
      },
      ...changes,
    },
  ];
}
