/** A pact from a funded proposal to its renewal, by the pages of everybody who has a part in it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { wrongOn } from "../accessibility/on-page";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { signByKeys, tabTo, unfoldByKeys } from "../browser/keyboard";
import { type FundedProposal, fundedProposal } from "./funded-proposal";
import { later, outcomeFile, PactPeople, today } from "./pact-people";
import { isSigningPage, reloadUntil, send, sendAct, signAct, trialSignOn } from "./people";
import { isQueued, takeUp } from "./queues";

const site = inject("site");
const { origin } = site;
await shareEnvironment(site);
const mark = Date.now().toString(36);
const title = `Patto ${mark}`;
const milestone = `Rampa ${mark}`;
// The treasury knows orders by at most seven digits.
const order = `9${String(Date.now()).slice(-5)}`;
const officer = "Laura Giordano";
const substitute = "Davide Cerutti";

let browser: Browser;
let people: PactPeople;
let proposal: FundedProposal;
beforeAll(async () => {
  browser = await launchBrowser();
  proposal = await fundedProposal("001272");
  people = await PactPeople.of(browser, origin, proposal, { title, mark });
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

const hasForm = (page: Page, form: string) => async () => (await page.locator(form).count()) > 0;

/** Each step stands on the one before: the first that fails ends the journey. */
describe("a pact", () => {
  let path = "";

  it("is drafted by a coordinator, and changed by a new version that everybody signs", async () => {
    const office = `/torino/ufficio/coprogettazione/${proposal.id}`;
    const casa = await people.at("Paolo Rosso", office);
    if (await hasForm(casa, "form#start-co-design")()) await sendAct(casa, "form#start-co-design");
    await takeUp(casa, origin, "Progettare insieme", proposal.title);
    await sendAct(casa, "form#finish-co-design", { document: people.file });
    await takeUp(casa, origin, "Scrivere la bozza del patto", proposal.title);
    expect(await wrongOn(casa)).toEqual([]);
    const text = "Testo di prova del patto.";
    await send(casa, "form#pact", {
      ...{ title, form: "ordinary", startsOn: today, endsOn: later(700), withCase: "on" },
      ...{ objectives: text, actions: text, roles: text, duties: text },
    });
    await reloadUntil(casa, hasForm(casa, "form#issue-version"));
    await sendAct(casa, "form#issue-version");
    path = await people.approve("DG 1");

    // Whoever is to sign asks for another sentence: the approval goes with the version that it was of.
    await people.reads("Paolo Rosso", office, /decadono l’approvazione e le firme/);
    await send(casa, "form#pact", { duties: "Doveri cambiati dopo l’approvazione." });
    await casa.getByText(/Bozza salvata/).waitFor();
    await sendAct(casa, "form#issue-version");
    await people.approveAndSign("DG 2");
    const resident = await people.reads(proposal.proponent, path, "con una chiave propria");
    expect(await resident.getByText("Versione 2").count()).toBeGreaterThan(0);
    expect(await wrongOn(resident)).toEqual([]);
  });

  it("has its money committed and its work planned", async () => {
    const page = await people.at(officer, path);
    const choice = async (name: string, text: string) => {
      const option = page.locator(`form#commit [name="${name}"] option`, { hasText: text });
      return (await option.first().getAttribute("value")) ?? "";
    };
    await sendAct(page, "form#commit", {
      ...{ line: await choice("line", "Cura e attività"), payee: await choice("payee", "Edilcura") },
      ...{ type: "direct_works", amount: "1.000,00", cig: "ZABCDE1234", ...people.act("DD 3") },
    });
    const casa = await people.at("Paolo Rosso", path);
    await reloadUntil(casa, hasForm(casa, 'form[id^="plan-"]'));
    await sendAct(casa, 'form[id^="plan-"]', {
      ...{ "title[0]": milestone, "deliverable[0]": "Tutto come da progetto." },
      ...{ "dueOn[0]": later(20), "amount[0]": "800,00", reportOn: later(60) },
    });
  });

  it("is objected to by a resident, in English and by keyboard, and a guarantor upholds it", async () => {
    await people.proveAndVerify();
    const english = path.replace("/torino/patti/", "/en/torino/pacts/");
    const neighbour = proposal.proponent === "Teresa Actis" ? "Marco Bonino" : "Teresa Actis";
    const resident = await people.at(neighbour, english);
    await reloadUntil(resident, hasForm(resident, 'form[id^="object-"]'));
    await unfoldByKeys(resident, "Object to the verification");
    await tabTo(resident, resident.locator('form[id^="object-"] textarea'));
    await resident.keyboard.type("The ramp is not there.");
    await tabTo(resident, resident.locator('form[id^="object-"] button[type="submit"]'));
    await resident.keyboard.press("Enter");
    // What was sent is said until it is recorded, and from then on shown as it stands.
    await resident
      .getByText(/Objection sent|to be decided/)
      .first()
      .waitFor();
    await people.reads(neighbour, english, /to be decided/);
    expect(await wrongOn(resident)).toEqual([]);

    // Until it is decided nobody accepts the work: it waits for the guarantors, who read what is wrong.
    const guarantor = await people.at("Maria Zanetti", "/en/torino");
    await takeUp(guarantor, origin, "decide an objection", title);
    expect(await isQueued(await people.page(officer), origin, "Accettare il lavoro", title)).toBe(false);
    await unfoldByKeys(guarantor, "Decide the objection");
    await guarantor.getByText("The ramp is not there.").first().waitFor();
    const form = 'form[id^="decide-objection-"]';
    await tabTo(guarantor, guarantor.locator(`${form} input[type="radio"]`));
    await guarantor.keyboard.press("Space");
    await tabTo(guarantor, guarantor.locator(`${form} textarea`));
    await guarantor.keyboard.type("Seen on the spot: no ramp.");
    await tabTo(guarantor, guarantor.locator(`${form} button[type="submit"]`));
    await guarantor.keyboard.press("Enter");
    await guarantor.waitForURL(isSigningPage);
    await signByKeys(guarantor, trialSignOn(guarantor), isSigningPage);
    await people.reads(neighbour, english, /upheld: the work has to be proved again/);
    await resident
      .getByText(/Seen on the spot: no ramp/)
      .first()
      .waitFor();

    await people.proveAndVerify();
    await people.next(officer, "Accettare il lavoro", 'form[id^="accept-"]', { amount: "800,00" });
  });

  it("has somebody stand in for the treasurer, once two organisations say so", async () => {
    const page = await people.at("Valeria Nicola", "/torino/ufficio/ruoli");
    const treasurer = page.locator('form#propose-office [name="substituteFor"] option', {
      hasText: "Ivana Conti",
    });
    await sendAct(page, "form#propose-office", {
      ...{ person: substitute, role: "treasurer", from: today, until: later(10) },
      ...{ substituteFor: (await treasurer.getAttribute("value")) ?? "", ...people.act("DD 4") },
    });
    const other = await people.page("Tommaso Audisio");
    await takeUp(other, origin, "Confermare il ruolo", substitute, "");
    expect(await wrongOn(other)).toEqual([]);
    const proposed = other.locator("li").filter({ hasText: substitute }).locator('form[id^="confirm-"]');
    await sendAct(other, `form#${await proposed.first().getAttribute("id")}`);
    await people.reads("Riccardo Valfrè", "/torino/ruoli", /al posto di Ivana Conti/);
  });

  it("is paid by an order that the treasury sends back, while a councillor sees where the money stands", async () => {
    await people.own("Chiedere il pagamento", 'form[id^="request-"]', { amount: "800,00" });
    const control = `/en/torino/control-room?bene=${proposal.commons.id}`;
    expect(await wrongOn(await people.reads("Riccardo Valfrè", control, milestone))).toEqual([]);
    await people.checkToOrder("DL 5", order);

    const page = await people.page(substitute);
    expect(await isQueued(page, origin, "Registrare l’esito", title)).toBe(true);
    await page.goto(`${origin}/torino/ufficio/tesoreria`);
    const files = await outcomeFile(order, "800,00", "NON ESEGUIBILE");
    await send(page, "form#read-treasury-files", { files });
    await page.waitForURL(/\/ufficio\/tesoreria\/[0-9a-f-]{36}$/);
    expect(await wrongOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Conferma", exact: true }).click();
    await signAct(page);
    await people.reads(substitute, path, "tornato indietro");
  });

  it("is paid in the end, for less than was asked for and with the reason for it", async () => {
    await people.own("Chiedere il pagamento", 'form[id^="request-"]', { amount: "800,00" });
    const page = await people.page(officer);
    await takeUp(page, origin, "Controllare la richiesta", title);
    await sendAct(page, 'form[id^="reduce-"]', { amount: "50,00", reason: "La rampa costa meno." });
    await people.reads(officer, path, /Ridotto di 50,00/);
    await people.checkToOrder("DL 6", `${order}1`);
    await people.next(substitute, "Registrare l’esito", 'form[id^="outcome-"]', {
      ...{ outcome: "paid", reference: `Q-${mark}`, on: today, document: people.file },
    });
    await people.reads(substitute, path, "pagato");
    // The reason is there for the one who was paid less.
    const resident = await people.at(proposal.proponent, path);
    await resident.getByRole("link", { name: /750,00/ }).click();
    await resident.waitForURL(/\/fondi\//);
    await resident.getByText("La rampa costa meno.").first().waitFor();
    expect(await wrongOn(resident)).toEqual([]);
    await people.own("una relazione", 'form[id^="report-"]', { text: "Relazione di prova: tutto fatto." });
  });

  it("is renewed: another takes its place once everybody has approved and signed it", async () => {
    const casa = await people.at("Paolo Rosso", path);
    await casa.getByRole("link", { name: "Rinnova il patto o cambialo" }).click();
    await send(casa, "form#renew-pact");
    await casa.getByText(/prende il posto di/).waitFor();
    await send(casa, "form#pact", { startsOn: today, endsOn: later(1400), duties: "Doveri del rinnovo." });
    await casa.getByText(/Bozza salvata/).waitFor();
    expect(await wrongOn(casa)).toEqual([]);
    await sendAct(casa, "form#issue-version");
    await people.approveAndSign("DG 7");
    const anybody = await people.reads(proposal.proponent, path, "rinnovato");
    await anybody.getByRole("link", { name: title }).first().click();
    await anybody.waitForURL(({ pathname }) => /^\/torino\/patti\/./.test(pathname) && pathname !== path);
    expect(await anybody.getByText("Doveri del rinnovo.").count()).toBe(1);
    expect(await wrongOn(anybody)).toEqual([]);
  });
});
