/** Who signs in by SPID is looked up in ANPR: what is asked, what is kept of it, and that nothing hangs on an answer. */
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { passphrase, writeAnprSettings } from "@/lib/anpr/test/local-clients";
import { LocalPdnd } from "@/lib/anpr/test/local-pdnd";
import { LocalFederation } from "@/lib/federation/test/local-federation";
import { writeSettings } from "@/lib/federation/test/local-site";
import { people } from "@/lib/federation/test/signing";
import { federatedBrowser } from "./federated-browser";
import { request, serverActions } from "./request";

const [torino, aglie] = ["001272", "001001"];
const others = await new LocalFederation().start();
const pdnd = await new LocalPdnd().start();
Object.assign(process.env, {
  OIDC_CLIENT_ID: "cocity",
  ORIGIN: others.origin,
  OIDC_FEDERATION: writeSettings(others),
  ANPR_RESIDENCE: writeAnprSettings(pdnd, [torino, aglie], { daily: 5 }),
  ANPR_KEY_PASSPHRASE: passphrase,
});
const { db } = await serverActions();
const { begin, lead, signedInAs, afresh } = await federatedBrowser(others);
const { confirmResidence, forgetResidenceLookups } = await import("@/lib/anpr/lookups");
const { residenceCheck } = await import("@/features/people/queries");
const { ResidenceNotice } = await import("@/features/people/residence-notice");
const { personalExport } = await import("@/features/people/export-queries");
const { erasePerson } = await import("@/features/people/erasure-service");
const { log } = await import("@/lib/log");

const anna = people.anna.fiscal;
const asked = () => pdnd.received.filter(({ path }) => path.endsWith("/anpr-service-e002"));
const signIn = async (from = "/torino/bandi", ipa = "c_demo1") => {
  expect(await lead(await others.provider.authorize(await begin(undefined, from)), ipa)).toBe(from);
  return db.person.findUniqueOrThrow({ where: { id: (await signedIn()).person } });
};
const signedIn = async () => {
  const session = await signedInAs();
  if (!session) throw new Error("somebody has signed in");
  return session;
};
const lookups = () => db.residenceLookup.findMany({ orderBy: { createdAt: "asc" } });
/** As if everything had been asked that many days ago. */
const daysPass = async (days: number) => {
  for (const { id, createdAt } of await lookups()) {
    const at = new Date(createdAt.getTime() - days * 86_400_000);
    await db.residenceLookup.update({ where: { id }, data: { createdAt: at, askedAt: at } });
  }
};

beforeAll(async () => {
  for (const [istatCode, slug, name] of [
    [torino, "torino", "Torino"],
    [aglie, "aglie", "Agliè"],
  ] as const)
    await db.municipality.create({ data: { istatCode, slug, name, lat: 45, lon: 7, active: true } });
});
beforeEach(async () => {
  await afresh();
  pdnd.reset();
  pdnd.residents.clear();
  pdnd.residents.set(anna, torino);
  await db.residenceLookup.deleteMany();
  await db.person.updateMany({ data: { residence: null } });
});
afterAll(() => {
  others.stop();
  pdnd.stop();
});

describe("at a sign-in ANPR", () => {
  it("confirms who lives here, once while the answer counts, and the person is told", async () => {
    const lines: string[] = [];
    for (const level of ["info", "warn", "error"] as const)
      vi.spyOn(log, level).mockImplementation((...line) => void lines.push(JSON.stringify(line)));
    const person = await signIn();
    vi.restoreAllMocks();
    expect(person.residence).toBe(torino);
    expect(await lookups()).toEqual([
      expect.objectContaining({
        ...{ municipality: torino, person: person.id, service: "C020", outcome: "resident" },
        ...{ anprOperation: "7000001", askedAt: expect.any(Date) },
      }),
    ]);
    const [question] = asked();
    expect(JSON.parse(question?.body ?? "{}").criteriRicerca).toEqual({ codiceFiscale: anna });
    expect(question?.headers["agid-jwt-trackingevidence"]).toBeDefined();
    expect(JSON.stringify([await lookups(), lines])).not.toMatch(new RegExp(`${anna}|VIA|ROSSI`));
    await signIn();
    expect(asked()).toHaveLength(1);
    await daysPass(31);
    await signIn();
    expect(asked()).toHaveLength(2);
    expect(await residenceCheck(torino, person.id)).toMatchObject({ state: "resident" });
  });

  it("says that somebody does not live here, or not any more, and is asked again the next day", async () => {
    await signIn();
    await daysPass(31);
    pdnd.residents.set(anna, aglie);
    const person = await signIn();
    expect(person.residence).toBeNull();
    expect(await residenceCheck(torino, person.id)).toMatchObject({ state: "elsewhere" });
    await signIn();
    expect(asked()).toHaveLength(2);
    pdnd.residents.delete(anna);
    await daysPass(1);
    await signIn();
    expect(await residenceCheck(torino, person.id)).toMatchObject({ state: "not_found" });
  });

  it("is not asked by a second municipality about whoever is known to live in the first", async () => {
    await signIn();
    const person = await signIn("/aglie/bandi", "c_demo2");
    expect(person.residence).toBe(torino);
    expect(asked()).toHaveLength(1);
    expect(await residenceCheck(aglie, person.id)).toBeUndefined();
  });

  it("that says nothing, or something about somebody else, keeps nobody out and takes nothing away", async () => {
    const { id } = await signIn();
    await daysPass(31);
    pdnd.reply = (response) =>
      void response.writeHead(200).end(
        JSON.stringify({
          listaSoggetti: {
            datiSoggetto: [
              {
                generalita: { codiceFiscale: { codFiscale: "BNCLCU80A01L219M" } },
                residenza: [{ indirizzo: { comune: { codiceIstat: aglie } } }],
              },
            ],
          },
        }),
      );
    expect((await signIn()).residence).toBe(torino);
    expect((await lookups()).at(-1)?.outcome).toBe("person");
    expect(await residenceCheck(torino, id)).toMatchObject({ state: "failed" });
    pdnd.reply = undefined;
    await signIn();
    expect(await residenceCheck(torino, id)).toMatchObject({ state: "resident" });
  });

  it("is asked no more often in a day than the municipality may", async () => {
    pdnd.reply = (response) => void response.writeHead(500).end();
    for (let turn = 0; turn < 6; turn += 1) await signIn();
    expect(asked()).toHaveLength(5);
    const last = (await lookups()).at(-1);
    expect(last).toMatchObject({ outcome: "threshold", askedAt: null });
  });

  it("that does not answer is left alone for a while", async () => {
    pdnd.voucherReply = (response) => void response.destroy();
    await signIn();
    await signIn();
    expect(pdnd.received).toHaveLength(1);
    expect((await lookups()).map(({ outcome, askedAt }) => [outcome, askedAt !== null])).toEqual([
      ["unreachable", true],
      ["unreachable", false],
    ]);
    pdnd.voucherReply = undefined;
    const { person } = await signedIn();
    const later = Date.now() + 61_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    await confirmResidence(torino, { person, fiscalNumber: anna, level: 2 });
    vi.restoreAllMocks();
    expect(await residenceCheck(torino, person)).toMatchObject({ state: "resident" });
  });
});

it("what was asked is in what a person takes away, outlives their erasure without a name, and is forgotten after 24 months", async () => {
  const { id } = await signIn();
  const copy = JSON.parse(JSON.stringify(await personalExport(id)));
  const here = copy.municipalities.find((one: { istatCode: string }) => one.istatCode === torino);
  expect(here.questionsToAnpr).toEqual([expect.objectContaining({ service: "C020", outcome: "resident" })]);
  await erasePerson(id);
  expect(await lookups()).toHaveLength(1);
  const later = new Date();
  later.setUTCMonth(later.getUTCMonth() + 24);
  await forgetResidenceLookups(new Date(later.getTime() - 86_400_000));
  expect(await lookups()).toHaveLength(1);
  await forgetResidenceLookups(new Date(later.getTime() + 86_400_000));
  expect(await lookups()).toHaveLength(0);
});

it.each([
  ["it", "failed", "esci e accedi di nuovo"],
  ["it", "elsewhere", "Non risiedi ad Agliè"],
  ["en", "not_found", "Ask the registry office"],
  ["en", "resident", "You live in Agliè"],
] as const)("the person reads in %s of %s what to do", async (locale, state, words) => {
  request.locale = locale;
  const notice = await ResidenceNotice({ check: { state, on: new Date() }, municipality: "Agliè" });
  expect(renderToStaticMarkup(notice)).toContain(words);
  request.locale = "it";
});
