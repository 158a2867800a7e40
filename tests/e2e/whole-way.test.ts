import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../browser/browser";
import { actsOf, admit, propose } from "./admitted-proposal";
import { People, paper, reloadUntil, send, sendAct } from "./people";

const { origin } = inject("site");
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" }).format(new Date());
const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
const mark = Date.now().toString(36);
const title = `Cortile ${mark}`;

let browser: Browser;
let people: People;
let file: string;
let act: ReturnType<typeof actsOf>;
beforeAll(async () => {
  browser = await launchBrowser();
  people = new People(browser, origin);
  file = await paper("Documento di prova");
  act = actsOf(mark, file);
});
afterAll(() => browser.close());

const has = (page: Page, text: string | RegExp) => async () => (await page.getByText(text).count()) > 0;
const hasForm = (page: Page, form: string) => async () => (await page.locator(form).count()) > 0;

/** Transactions of the journey below that belong to the story of one commons. */
const stepsOfTheWay = 25;

/** Each step stands on the one before: the first that fails ends the journey. */
describe("from an idea to a paid milestone", () => {
  let proposalPath = "";
  let roundPath = "";
  let pactPath = "";

  it("a call is published and a resident proposes", async () => {
    proposalPath = await propose(people, origin, { mark, title, file });
  });

  it("the office publishes it, two assessors score it, and it is admitted by an act", async () => {
    await admit(people, proposalPath, { mark, file });
  });

  it("residents vote, two organisations attest, and the Giunta funds it", async () => {
    const officer = await people.at("Laura Giordano", "/torino/ufficio/votazioni");
    await officer.getByRole("link", { name: new RegExp(`Bando ${mark}`) }).click();
    const closesAt = new Date(Date.now() + 150_000);
    const wall = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Rome",
      dateStyle: "short",
      timeStyle: "short",
    });
    await send(officer, "form#round", {
      ...{
        title: `Voto ${mark}`,
        summary: "Un voto di prova.",
        ballotType: "approval",
        least: "1",
        most: "1",
      },
      ...{
        rule: "equal_shares",
        budget: "20.000,00",
        opensOn: today,
        closesAt: wall.format(closesAt).replace(" ", "T"),
      },
      ...{ requiredAttestations: "2", objectionDays: "0" },
    });
    await officer.waitForURL(/\/ufficio\/votazioni\/[0-9a-f-]{36}$/);
    const office = new URL(officer.url()).pathname;
    await sendAct(officer, "form#freeze");
    await reloadUntil(officer, hasForm(officer, "form#open"));
    await sendAct(officer, "form#open");
    await reloadUntil(officer, has(officer, "aperta"));
    await officer.getByRole("link", { name: "Guarda la pagina pubblica" }).click();
    await officer.waitForURL(/\/torino\/votazioni\//);
    roundPath = new URL(officer.url()).pathname;

    for (const name of ["Marco Bonino", "Amina Diallo"]) {
      const voter = await people.at(name, `${roundPath}/vota`);
      await send(voter, "form#ballot", { choices: "1" });
      await voter.waitForURL(/\/rivedi$/);
      await send(voter, "form#cast");
      await voter.waitForURL(/\/ricevuta$/);
      await reloadUntil(voter, has(voter, "Il tuo voto è registrato"));
    }

    await officer.goto(origin + office);
    await reloadUntil(officer, hasForm(officer, "form#close"), 240);
    await sendAct(officer, "form#close");
    await reloadUntil(officer, hasForm(officer, "form#count"));
    await sendAct(officer, "form#count");
    await reloadUntil(officer, hasForm(officer, "form#attest"));
    await sendAct(officer, "form#attest");
    const guarantor = await people.at("Maria Zanetti", office);
    await reloadUntil(guarantor, hasForm(guarantor, "form#attest"));
    await sendAct(guarantor, "form#attest");
    await reloadUntil(officer, hasForm(officer, "form#finalise"));
    await sendAct(officer, "form#finalise", act("DD 3"));
    const giunta = await people.at("Alberto Maina", office);
    await reloadUntil(giunta, hasForm(giunta, "form#decide-1"));
    await sendAct(giunta, "form#decide-1", act("DG 4"));
    await reloadUntil(giunta, has(giunta, "finanziata"));

    const late = await people.at("Luca Gallo", `${roundPath}/vota`);
    expect(await late.locator("form#ballot").count()).toBe(0);
  }, 600_000);

  it("the pact is drafted, approved, signed by both and becomes active", async () => {
    const proposal = proposalPath.split("/").pop();
    const casa = await people.at("Paolo Rosso", `/torino/ufficio/coprogettazione/${proposal}`);
    await sendAct(casa, "form#start-co-design");
    await reloadUntil(casa, hasForm(casa, "form#finish-co-design"));
    await sendAct(casa, "form#finish-co-design", { document: file });
    await reloadUntil(casa, async () => !(await hasForm(casa, "form#finish-co-design")()));
    const text = "Testo di prova del patto.";
    await send(casa, "form#pact", {
      ...{ title: `Patto ${mark}`, form: "ordinary", startsOn: today, endsOn: later(700) },
      ...{ objectives: text, actions: text, roles: text, duties: text },
    });
    await reloadUntil(casa, hasForm(casa, "form#issue-version"));
    await sendAct(casa, "form#issue-version");
    const giunta = await people.at("Alberto Maina", "/torino/patti");
    await reloadUntil(giunta, has(giunta, `Patto ${mark}`));
    await giunta.getByRole("link", { name: `Patto ${mark}` }).click();
    await giunta.waitForURL(/\/torino\/patti\//);
    pactPath = new URL(giunta.url()).pathname;
    await sendAct(giunta, "form#approveGiunta", act("DG 5"));
    const officer = await people.at("Laura Giordano", pactPath);
    await reloadUntil(officer, hasForm(officer, "form#sign-party-comune"));
    await sendAct(officer, "form#sign-party-comune");
    const resident = await people.at("Giulia Ferrero", pactPath);
    await reloadUntil(resident, hasForm(resident, "form#sign-party-proponent"));
    await sendAct(resident, "form#sign-party-proponent");
    await reloadUntil(resident, has(resident, "con una chiave propria"));
    await casa.goto(origin + pactPath);
    await sendAct(casa, "form#insurance", { document: file, validUntil: later(365) });
    const technical = await people.at("Franco Peretti", pactPath);
    await sendAct(technical, "form#briefing", { document: file, heldOn: today });
    await reloadUntil(officer, hasForm(officer, "form#activate"));
    await reloadUntil(officer, async () => (await officer.getByText("manca", { exact: true }).count()) === 0);
    await sendAct(officer, "form#activate");
    await reloadUntil(officer, has(officer, "attivo"));
  });

  it("money is committed, a milestone verified and accepted, and the payment paid", async () => {
    const officer = await people.at("Laura Giordano", pactPath);
    const line = await officer
      .locator('form#commit [name="line"] option', { hasText: "Cura e attività" })
      .getAttribute("value");
    const payee = await officer
      .locator('form#commit [name="payee"] option', { hasText: "Edilcura" })
      .getAttribute("value");
    await sendAct(officer, "form#commit", {
      ...{
        line: line ?? "",
        payee: payee ?? "",
        type: "direct_works",
        amount: "1.000,00",
        cig: "ZABCDE1234",
        ...act("DD 6"),
      },
    });
    const casa = await people.at("Paolo Rosso", pactPath);
    await reloadUntil(casa, hasForm(casa, 'form[id^="plan-"]'));
    await sendAct(casa, 'form[id^="plan-"]', {
      ...{
        "title[0]": "Lavori",
        "deliverable[0]": "Lavori finiti",
        "dueOn[0]": later(20),
        "amount[0]": "800,00",
      },
    });
    // The proponent comes to a Casa and signs on paper; the guarantors look at it as well. Who saw it does not verify it.
    const witness = await people.at("Elena Marchetti", pactPath);
    await reloadUntil(witness, hasForm(witness, 'form[id^="paper-evidence-"]'));
    await sendAct(witness, 'form[id^="paper-evidence-"]', { evidence: file, scan: file, seen: "on" });
    const guarantor = await people.at("Maria Zanetti", "/torino/ufficio/firme");
    await reloadUntil(guarantor, hasForm(guarantor, 'form[id^="confirm-paper-"]'));
    await sendAct(guarantor, 'form[id^="confirm-paper-"]', { seen: "on" });
    await reloadUntil(casa, hasForm(casa, 'form[id^="verify-"]'));
    await sendAct(casa, 'form[id^="verify-"]', { report: file });
    await reloadUntil(officer, hasForm(officer, 'form[id^="accept-"]'));
    await sendAct(officer, 'form[id^="accept-"]', { amount: "800,00" });
    const resident = await people.at("Giulia Ferrero", pactPath);
    await reloadUntil(resident, hasForm(resident, 'form[id^="request-"]'));
    await send(resident, 'form[id^="request-"]', { amount: "900,00" });
    await resident
      .getByText(/restano 800,00/)
      .first()
      .waitFor();
    await sendAct(resident, 'form[id^="request-"]', { amount: "800,00" });
    await reloadUntil(officer, hasForm(officer, 'form[id^="check-"]'));
    await sendAct(officer, 'form[id^="check-"]');
    // The accounting office clears and orders, one person each.
    const accountant = await people.at("Beatrice Fassio", pactPath);
    await reloadUntil(accountant, hasForm(accountant, 'form[id^="liquidate-"]'));
    await sendAct(accountant, 'form[id^="liquidate-"]', act("DL 7"));
    const second = await people.at("Emilio Gariglio", pactPath);
    await reloadUntil(second, hasForm(second, 'form[id^="order-"]'));
    await sendAct(second, 'form[id^="order-"]', { orderNumber: `M-${mark}` });
    const treasurer = await people.at("Ivana Conti", pactPath);
    await reloadUntil(treasurer, hasForm(treasurer, 'form[id^="outcome-"]'));
    await sendAct(treasurer, 'form[id^="outcome-"]', {
      ...{ outcome: "paid", reference: `Q-${mark}`, on: today, document: file },
    });
    await reloadUntil(treasurer, has(treasurer, "pagato"));

    const councillor = await people.at("Riccardo Valfrè", "/torino/fondi?stato=paid");
    await reloadUntil(councillor, has(councillor, title));
  });

  it("anybody checks every step of the thread against the ledger", async () => {
    const anybody = await (await browser.newContext()).newPage();
    anybody.setDefaultTimeout(60_000);
    await anybody.goto(`${origin}/torino/beni?cerca=${encodeURIComponent(title)}`);
    await anybody.getByRole("main").getByRole("link", { name: title }).first().click();
    await anybody.waitForURL(/\/torino\/beni\/[^?]+$/);
    const thread = anybody.url();
    const proofs = await anybody
      .locator('main a[href*="/verifica/"]')
      .evaluateAll((links) => [...new Set(links.map((link) => (link as HTMLAnchorElement).href))]);
    // From the proposal to the outcome of the treasury, by eleven people of three organisations.
    expect(proofs.length).toBeGreaterThanOrEqual(stepsOfTheWay);
    const kinds = new Set<string | null>();
    for (const proof of proofs) {
      await anybody.goto(proof);
      const step = await anybody.locator('section[aria-labelledby="step"] > p').textContent();
      expect(await anybody.getByText("Tutto coincide").count(), `${step}: ${proof}`).toBe(1);
      // The proof leads back to the thread it is of.
      expect(
        await anybody.locator(`main a[href="${new URL(thread).pathname}"]`).count(),
        `${step}: ${proof}`,
      ).toBeGreaterThan(0);
      kinds.add(step);
    }
    expect(kinds.size).toBeGreaterThan(stepsOfTheWay / 2);
  });
});
