/** A sealed vote in Chromium, screen by screen: taken credential, ballot, second device, check; and how each screen is made. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { SealedParties } from "../browser/sealed-parties";
import { Auditor } from "./audit";

const site = inject("site");
const { origin } = site;
await shareEnvironment(site);
let browser: Browser;
let auditor: Auditor;
let parties: SealedParties;

beforeAll(async () => {
  browser = await launchBrowser();
  auditor = new Auditor(browser, origin);
  parties = await SealedParties.begin("001272", "torino");
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name }).waitFor();
const hexOf = (ballot: { voter: Uint8Array } | undefined) => Buffer.from(ballot?.voter ?? []).toString("hex");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function open(page: Page, person: string, part: string): Promise<void> {
  await parties.answer(page, person);
  await page.goto(`${origin}${parties.paths.it}/${part}`);
}

/** As nobody in particular. */
async function see(page: Page, path: string): Promise<void> {
  await parties.answer(page, "nobody");
  await page.goto(origin + path);
}

async function wordsShown(page: Page): Promise<string[]> {
  await press(page, "Comincia");
  await heading(page, "Scrivi queste dodici parole");
  const words = await page
    .getByRole("list", { name: "Le tue dodici parole" })
    .locator("strong")
    .allInnerTexts();
  expect(words).toHaveLength(12);
  return words;
}

/** Signs in and comes back with a credential. */
async function signedIn(page: Page): Promise<void> {
  await press(page, "Le ho scritte");
  await heading(page, "Adesso di’ chi sei");
  await press(page, "Accedi");
  await heading(page, "Controlliamo che le parole siano giuste");
}

async function wordsGiven(page: Page, words: readonly string[]): Promise<void> {
  for (const field of await page.getByLabel(/^Parola numero/).all()) {
    const place = Number(/\d+/.exec((await field.getAttribute("name")) ?? "")?.[0]);
    await field.fill(`  ${(words[place] ?? "").toUpperCase()} `);
  }
  await press(page, "Confronta");
  await heading(page, "Hai la credenziale di voto");
}

async function enrolled(page: Page, person: string): Promise<string[]> {
  await open(page, person, "credenziale");
  const words = await wordsShown(page);
  await signedIn(page);
  expect(page.url()).not.toContain("#");
  await wordsGiven(page, words);
  return words;
}

async function sealed(page: Page, ...projects: number[]): Promise<void> {
  await heading(page, "Scegli");
  for (const number of projects) await page.getByLabel(new RegExp(`^${number}\\. `)).check();
  await press(page, "Rivedi la scheda");
  await heading(page, "Rivedi la scheda");
  await press(page, "Sigilla la scheda");
  await heading(page, "La scheda è sigillata");
}

const titleOf = async (page: Page, number: number) =>
  (await page
    .getByLabel(new RegExp(`^${number}\\. `))
    .evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? "";

/** Until the code that operators sign. */
async function atDesk(page: Page): Promise<string> {
  await open(page, "nobody", "sportello");
  await wordsShown(page);
  await press(page, "Le ho scritte");
  await heading(page, "Fatti riconoscere da due operatori");
  return ((await page.locator("code").first().textContent()) ?? "").replaceAll(" ", "-");
}

describe("a vote at a desk", () => {
  const fiscalNumber = "RSSCRL50A41L219L";
  const goOn = async (page: Page) => {
    await page.getByLabel("Il tuo codice fiscale").fill(fiscalNumber.toLowerCase());
    await press(page, "Hanno firmato: continua");
  };

  it("waits for a Casa that receives people", async () => {
    const page = await browser.newPage();
    await open(page, "nobody", "sportello");
    await page.getByText("Per ora nessuna Casa ha aperto lo sportello").waitFor();
    await parties.openDesk();
    await page.reload();
    await heading(page, "Prendi la credenziale di voto");
    await page.close();
  });

  it("is cast on a device whose code two operators have signed, and leaves nothing on it", async () => {
    const page = await browser.newPage();
    const code = await atDesk(page);
    await page.getByLabel("Il tuo codice fiscale").fill("RSSCRL50A41L219X");
    await press(page, "Hanno firmato: continua");
    await page.getByText("Questo codice fiscale non è giusto").waitFor();
    await goOn(page);
    await page.getByText("non hanno ancora riconosciuto").waitFor();
    parties.counterpart.vouchers.add(`${fiscalNumber} ${code}`);
    await press(page, "Riprova");
    await heading(page, "Fatti riconoscere da due operatori");
    await goOn(page);
    await heading(page, "Controlliamo che le parole siano giuste");
    await press(page, "Mostrami le parole");
    await press(page, "Vado avanti senza parole");
    await heading(page, "Hai la credenziale di voto");
    expect(await page.getByText("Tienila su questo dispositivo").count()).toBe(0);
    await page.getByRole("link", { name: "Vota", exact: true }).click();
    await sealed(page, 1);
    await press(page, "Invia il voto");
    await heading(page, "Il tuo voto è ricevuto");
    await press(page, "Ho finito: cancella tutto");
    await heading(page, "Prendi la credenziale di voto");
    expect(page.url()).toMatch(/\/sportello$/);
    const left = () => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    expect(await left()).not.toContain("seed");
    await page.goBack();
    await press(page, "Ho finito: cancella tutto");
    expect(await left()).not.toContain("seed");
    await page.close();
  });
});

describe("a sealed vote", () => {
  let words: string[] = [];
  let chosen = "";

  it("is cast with a credential and received", async () => {
    const page = await browser.newPage();
    words = await enrolled(page, "Ada");
    await page.getByRole("link", { name: "Vota", exact: true }).click();
    await page.waitForURL(/\/vota$/);
    await sealed(page, 1, 2);
    await press(page, "Invia il voto");
    await heading(page, "Il tuo voto è ricevuto");
    // Seed and credentials are gone; what is left tells nothing of the choices.
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    expect(kept).toContain('\\"seed\\":null');
    expect(kept).toContain('\\"holding\\":null');
    expect(kept).toContain('\\"content\\":null');
    await parties.record();
    // The page also looks by itself, and its button goes once it has seen the ballot.
    const recorded = heading(page, "Il tuo voto è registrato");
    await Promise.any([press(page, "Guarda se è registrato"), recorded]);
    await recorded;
    await page.close();
  });

  it("is changed on a second device with the words alone", async () => {
    const page = await browser.newPage();
    await open(page, "nobody", "vota");
    await press(page, "Scrivo le mie parole");
    await page.getByLabel("Le tue dodici parole").fill(words.slice(0, 11).join(" "));
    await press(page, "Vai alla scheda");
    await page.getByText("Le parole sono 11: ne servono 12.").waitFor();
    await page.getByLabel("Le tue dodici parole").fill(words.join("  "));
    await press(page, "Vai alla scheda");
    await heading(page, "Scegli");
    chosen = await titleOf(page, 3);
    await sealed(page, 3);
    await press(page, "Invia il voto");
    await heading(page, "Il tuo voto è ricevuto");
    await parties.record();
    const { recorded } = parties.counterpart;
    const key = hexOf(recorded.at(-1));
    expect(recorded.filter((ballot) => hexOf(ballot) === key).map(({ seq }) => seq)).toEqual([1, 2]);
    await page.close();
  });

  it("can be opened instead of sent, and then another one is sealed", async () => {
    const page = await browser.newPage();
    await enrolled(page, "Bruno");
    await page.getByRole("link", { name: "Vota", exact: true }).click();
    await sealed(page, 2);
    const code = await page.locator("main code").textContent();
    await page.getByText("Voglio vedere se il sigillo contiene le mie scelte").click();
    await press(page, "Apri questa scheda");
    await heading(page, "La scheda aperta");
    await page.getByText("È proprio la scheda del codice che avevi visto.").waitFor();
    await press(page, "Torna alla scheda e sigillane un’altra");
    await press(page, "Sigilla la scheda");
    await heading(page, "La scheda è sigillata");
    expect(await page.locator("main code").textContent()).not.toBe(code);
    await press(page, "Invia il voto");
    await heading(page, "Il tuo voto è ricevuto");
    await parties.record();
    await page.close();
  });

  it("is sent again after the network was away, with nothing lost", async () => {
    const page = await browser.newPage();
    await enrolled(page, "Carla");
    await page.getByRole("link", { name: "Vota", exact: true }).click();
    await heading(page, "Scegli");
    await page.context().setOffline(true);
    await page.getByLabel(/^4\. /).check();
    await press(page, "Rivedi la scheda");
    await press(page, "Sigilla la scheda");
    await page.getByRole("alert").getByText("Non riesco a collegarmi.").waitFor();
    await page.context().setOffline(false);
    await press(page, "Riprova");
    await heading(page, "La scheda è sigillata");
    await press(page, "Invia il voto");
    await heading(page, "Il tuo voto è ricevuto");
    await parties.record();
    await page.close();
  });

  it("is refused to whoever is not on the roll, with a sentence and a way", async () => {
    const page = await browser.newPage();
    await open(page, "stranger", "credenziale");
    await wordsShown(page);
    await press(page, "Vado avanti senza parole");
    await press(page, "Accedi");
    await heading(page, "Non hai ancora la credenziale");
    await page.getByText("Non sei nell’elenco di chi può votare qui.").waitFor();
    await page.close();
  });

  it("without scripts the page says what is needed and where the Case are", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}${parties.paths.it}/vota`);
    const houses = page.getByRole("link", { name: "Indirizzi e orari delle Case" });
    expect(await houses.isVisible()).toBe(true);
    expect(await houses.getAttribute("href")).toBe("/torino/case");
    await context.close();
  });

  it("is done with the keyboard alone", async () => {
    const page = await browser.newPage();
    await open(page, "Dario", "credenziale");
    await page.getByRole("button", { name: "Comincia" }).focus();
    await page.keyboard.press("Enter");
    await heading(page, "Scrivi queste dodici parole");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      "Scrivi queste dodici parole",
    );
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Le ho scritte");
    await page.close();
  });

  it("is checked after the closing: it stands, and says what was chosen last", async () => {
    await parties.close();
    const page = await browser.newPage();
    await open(page, "nobody", "controlla");
    await page.getByLabel("Le tue dodici parole").fill(words.join(" "));
    await press(page, "Controlla");
    await heading(page, "La tua scheda è fra quelle contate");
    await page.getByText("Nell’elenco c’è la tua scheda numero 2.").waitFor();
    expect(await page.locator("main li strong").allInnerTexts()).toEqual([chosen]);
    await page.close();
  });
});

/** Each screen narrow and wide, light and dark, in Italian and, where it has no words of its own, in English. */
describe("its screens", () => {
  const audit = (prepare: (page: Page) => Promise<unknown>) => auditor.audit(prepare);
  beforeAll(async () => {
    parties = await SealedParties.begin("001272", "torino");
  });

  it.each([
    ["words", (page: Page) => open(page, "Elena", "credenziale").then(() => wordsShown(page))],
    [
      "words asked back",
      async (page: Page) => {
        await open(page, "Elena", "credenziale");
        await wordsShown(page);
        await signedIn(page);
        await press(page, "Confronta");
        await page.getByText("La parola numero").first().waitFor();
      },
    ],
    ["code for operators", (page: Page) => parties.openDesk().then(() => atDesk(page))],
    ["credential there", (page: Page) => enrolled(page, "Fabio")],
    [
      "ballot",
      async (page: Page) => {
        await enrolled(page, "Gaia");
        await page.getByRole("link", { name: "Vota", exact: true }).click();
        await heading(page, "Scegli");
        await press(page, "Rivedi la scheda");
        await page.getByText("Scegli almeno un progetto.").waitFor();
      },
    ],
    [
      "sealed ballot",
      async (page: Page) => {
        await enrolled(page, "Hans");
        await page.getByRole("link", { name: "Vota", exact: true }).click();
        await sealed(page, 1);
      },
    ],
    [
      "received ballot",
      async (page: Page) => {
        await enrolled(page, "Ida");
        await page.getByRole("link", { name: "Vota", exact: true }).click();
        await sealed(page, 1);
        await press(page, "Invia il voto");
        await heading(page, "Il tuo voto è ricevuto");
        await page.getByText("La ricevuta", { exact: true }).click();
      },
    ],
    [
      "words typed wrongly, in English",
      async (page: Page) => {
        await parties.answer(page, "nobody");
        await page.goto(`${origin}${parties.paths.en}/check`);
        await page.getByLabel(/^Your twelve words/).fill("abaco");
        await press(page, "Check");
        await page.getByText("There is one word: 12 are needed.").waitFor();
      },
    ],
    [
      "who votes, in English",
      async (page: Page) => {
        await see(page, `${parties.paths.en}/vote`);
        await heading(page, "Your voting credential is needed");
      },
    ],
    ["for the sceptical", (page: Page) => see(page, `${parties.paths.it}/segretezza`)],
    ["for the sceptical, in English", (page: Page) => see(page, `${parties.paths.en}/secrecy`)],
    ["the round's page", (page: Page) => see(page, parties.paths.it)],
  ] as const)("%s", async (_, prepare) => {
    expect(await audit(prepare)).toEqual([]);
  });
});
