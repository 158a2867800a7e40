/**
 * A whole sealed vote on the running Co-City: announced, keys gathered from three organisations, prolonged, voted by ten
 * people in Chromium, changed on a second device with the words, opened by two trustees, counted, and checked by its voter
 * on the site, from another organisation's page, and as a whole by the verifier in the browser.
 *
 * Its terms are as long as this machine needs: by how long what came before took.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { wallClock } from "@/lib/local-time";
import { nodePrimitives } from "@/voting/sealed/node";
import { launchBrowser } from "../browser/browser";
import { freePort } from "../free-port";
import { admit, propose } from "./admitted-proposal";
import { People, paper, reloadUntil, send, sendAct } from "./people";

const { origin } = inject("site");
const mark = Date.now().toString(36);
const title = `Giardino ${mark}`;
const officerName = "Laura Giordano";
const trustees = [officerName, "Elena Marchetti", "Maria Zanetti"];
/** Below ten ballots an area is not opened. */
const voters = [
  ...["Giulia Ferrero", "Marco Bonino", "Amina Diallo", "Luca Gallo", "Teresa Actis", "Andrei Munteanu"],
  ...["Sara Vercelli", "Davide Cerutti", "Chiara Bosco", "Nadia Haddad"],
];
const patience = 600_000;

let browser: Browser;
let people: People;
let office = "";
let round = "";
let closesAt: Date;
let slow = 1;
const began = Date.now();
let words: string[] = [];
const secrets = trustees.map(() => randomBytes(32));

beforeAll(async () => {
  browser = await launchBrowser();
  people = new People(browser, origin);
});
afterAll(() => browser.close());

const has = (page: Page, text: string | RegExp) => async () => (await page.getByText(text).count()) > 0;
const hasForm = (page: Page, form: string) => async () => (await page.locator(form).count()) > 0;
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Each step stands on the one before: the first that fails ends the vote. */
describe("a sealed vote", () => {
  it(
    "is announced, its keys are gathered, and it is frozen and opened",
    async () => {
      const file = await paper("Documento di prova");
      const proposal = await propose(people, origin, { mark, title, file });
      await admit(people, proposal, { mark, file });
      const officer = await people.at(officerName, "/torino/ufficio/votazioni");
      await officer.getByRole("link", { name: new RegExp(`Bando ${mark}`) }).click();
      // A quiet machine has needed fifteen seconds until here.
      slow = Math.max(1, (Date.now() - began) / 15_000);
      closesAt = afterSeconds(45 + 15 * slow);
      const today = wallClock(new Date()).slice(0, 10);
      await send(officer, "form#round", {
        ...{ title: `Voto segreto ${mark}`, summary: "Un voto di prova.", ballotType: "approval" },
        ...{ least: "1", most: "1", rule: "equal_shares", budget: "20.000,00", opensOn: today },
        ...{
          closesAt: wallClock(closesAt),
          requiredAttestations: "2",
          objectionDays: "0",
        },
      });
      await officer.waitForURL(/\/ufficio\/votazioni\/[0-9a-f-]{36}$/);
      office = new URL(officer.url()).pathname;
      await sendAct(officer, "form#announce", { groupSize: "2", graceMinutes: "1", publishDays: "1" });
      // Issuers and services offer their keys by themselves; three trustees are waited for.
      await reloadUntil(officer, has(officer, "Mancano 3 cose"), 180);
      for (const [index, name] of trustees.entries()) {
        const key = await nodePrimitives.x25519PublicKey(secrets[index] as Buffer);
        const trustee = await people.at(name, office);
        await reloadUntil(trustee, hasForm(trustee, "form#trustee-key"));
        await sendAct(trustee, "form#trustee-key", { key: Buffer.from(key).toString("hex") });
      }
      await officer.goto(origin + office);
      await reloadUntil(officer, has(officer, "Le chiavi ci sono tutte"));
      await sendAct(officer, "form#freeze");
      await reloadUntil(officer, hasForm(officer, "form#open"));
      await sendAct(officer, "form#open");
      await reloadUntil(officer, has(officer, "aperta"));
      await officer.getByRole("link", { name: "Guarda la pagina pubblica" }).click();
      await officer.waitForURL(/\/torino\/votazioni\//);
      round = new URL(officer.url()).pathname;
      await officer.getByText("Il voto è segreto", { exact: true }).waitFor();
    },
    patience,
  );

  it(
    "is prolonged once by the guarantors, with an act and a reason",
    async () => {
      const guarantor = await people.at("Maria Zanetti", office);
      await guarantor.locator("form#prolong").waitFor();
      closesAt = new Date(Math.max(closesAt.getTime() + 1000, afterSeconds(120 + 30 * slow).getTime()));
      await sendAct(guarantor, "form#prolong", {
        ...{ closesAt: wallClock(closesAt), reason: "Un ente ha risposto in ritardo. (Prova.)" },
        ...{ actKind: "determina", actNumber: `P ${mark}`, actDate: wallClock(new Date()).slice(0, 10) },
        ...{ actBody: "Garanti", actFile: await paper("Proroga") },
      });
      await reloadUntil(guarantor, has(guarantor, "Prorogata"));
      expect(await guarantor.locator("form#prolong").count()).toBe(0);
    },
    patience,
  );

  it.concurrent.each(voters)(
    "%s takes a credential and votes",
    async (name) => {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(`${origin}${round}/credenziale`);
      await press(page, "Comincia");
      await heading(page, "Scrivi queste dodici parole");
      if (name === voters[0]) {
        words = await page
          .getByRole("list", { name: "Le tue dodici parole" })
          .locator("strong")
          .allTextContents();
      }
      await press(page, name === voters[0] ? "Le ho scritte" : "Vado avanti senza parole");
      await press(page, "Accedi");
      await page.getByRole("button", { name }).click();
      if (name === voters[0]) {
        await heading(page, "Controlliamo che le parole siano giuste");
        for (const field of await page.getByLabel(/^Parola numero/).all()) {
          const place = Number(/\d+/.exec((await field.getAttribute("name")) ?? "")?.[0]);
          await field.fill(words[place] ?? "");
        }
        await press(page, "Confronta");
      }
      await heading(page, "Hai la credenziale di voto");
      await page.getByRole("link", { name: "Vota", exact: true }).click();
      await cast(page);
      await page.context().close();
    },
    patience,
  );

  it(
    "is changed on a second device with the words alone",
    async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${origin}${round}/vota`);
      await press(page, "Scrivo le mie parole");
      await page.getByLabel("Le tue dodici parole").fill(words.join(" "));
      await press(page, "Vai alla scheda");
      await cast(page);
      expect(Date.now()).toBeLessThan(closesAt.getTime());
      await page.context().close();
    },
    patience,
  );

  it("is closed, opened by two trustees and counted", async () => {
    const officer = await people.at(officerName, office);
    await reloadUntil(officer, hasForm(officer, "form#close"), 600);
    await sendAct(officer, "form#close");
    await reloadUntil(officer, has(officer, "Schede chiuse pubblicate: 10. Non ne manca nessuna."), 240);
    for (const index of [0, 2]) {
      const trustee = await people.at(trustees[index] as string, office);
      await reloadUntil(trustee, hasForm(trustee, "form#release-key"));
      await sendAct(trustee, "form#release-key", { key: (secrets[index] as Buffer).toString("hex") });
    }
    await officer.goto(origin + office);
    await reloadUntil(officer, hasForm(officer, "form#count"));
    await sendAct(officer, "form#count");
    await reloadUntil(officer, hasForm(officer, "form#attest"));
    await sendAct(officer, "form#attest");
    const guarantor = await people.at("Maria Zanetti", office);
    await reloadUntil(guarantor, hasForm(guarantor, "form#attest"));
    await sendAct(guarantor, "form#attest");
  }, 1_500_000);

  it("stands in the final list and says what was chosen", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${origin}${round}/controlla`);
    await page.getByLabel("Le tue dodici parole").fill(words.join(" "));
    await press(page, "Controlla");
    await heading(page, "La tua scheda è fra quelle contate");
    await page.getByText("Nell’elenco c’è la tua scheda numero 2.").waitFor();
    await page.locator("main li strong").getByText(title).waitFor();
    await page.goto(`${origin}${round}/segretezza`);
    await page.getByText("Schede che contano", { exact: true }).waitFor();
    await page.context().close();
  });

  it("stands also on another organisation's page, which has no cookie and no other host to ask", async () => {
    const elsewhere = await startCheckPage();
    try {
      const [municipality, id] = ["torino", office.split("/").at(-1)];
      const context = await browser.newContext({ locale: "it-IT", viewport: { width: 320, height: 640 } });
      const page = await context.newPage();
      const cookies: string[] = [];
      page.on("request", (request) => {
        const { cookie } = request.headers();
        if (cookie) cookies.push(request.url());
      });
      await page.goto(`${elsewhere.origin}/${municipality}/${id}`);
      await page.getByLabel("Le tue dodici parole").fill(words.slice(0, 11).join(" "));
      await press(page, "Controlla");
      await page.getByText("Servono dodici parole").waitFor();
      await page.getByLabel("Le tue dodici parole").fill(words.join(" "));
      await press(page, "Controlla");
      await heading(page, "La tua scheda è fra quelle contate");
      await page.getByText(`1. ${title}`).waitFor();
      await press(page, "Non è quello che ho scelto");
      await page.getByText("Abbiamo contato la tua segnalazione").waitFor();
      expect(cookies).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await context.close();
    } finally {
      elsewhere.stop();
    }
  });

  it("is counted in public: two checks, and one report of another choice", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${origin}${round}/esito`);
    await page.getByRole("heading", { name: "Controlli dopo la chiusura" }).waitFor();
    const figure = (term: string) =>
      page.locator("dt", { hasText: term }).locator("xpath=following-sibling::dd[1]").textContent();
    expect(await figure("Controlli fatti")).toBe("2");
    expect(await figure("Schede non trovate")).toBe("0");
    expect(await figure("Segnalazioni di una scelta diversa")).toBe("1");
    await page.context().close();
  });

  it("is verified as a whole in the reader's browser", async () => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`${origin}${round}/esito`);
    await page.getByRole("link", { name: "Verifica questo esito nel tuo browser" }).click();
    await press(page, "Verifica nel browser");
    await page.getByText("Tutto ciò che si può controllare è a posto").waitFor();
    await page.getByText("Ogni scheda è aperta e rifatta").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.context().close();
  });
});

function afterSeconds(seconds: number): Date {
  return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);
}

/** `npm run check-page`, as an organisation runs it. */
async function startCheckPage() {
  const port = await freePort();
  const program = ["--conditions=react-server", "--import", "tsx", "services/check-page/main.ts"];
  const child = spawn(
    process.execPath,
    [...program, "--site", new URL((await fetch(origin)).url).origin, "--listen", `127.0.0.1:${port}`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** One project is on the ballot. */
async function cast(page: Page): Promise<void> {
  await heading(page, "Scegli");
  await page.getByLabel(/^1\. /).check();
  await press(page, "Rivedi la scheda");
  await press(page, "Sigilla la scheda");
  await heading(page, "La scheda è sigillata");
  await press(page, "Invia il voto");
  await page.getByRole("heading", { level: 2, name: /^Il tuo voto è (ricevuto|registrato)$/ }).waitFor();
}
