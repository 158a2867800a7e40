/** Everybody who has a part in one pact, each at the page where their queue leads them. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { todayInItaly } from "@/lib/local-time";
import { addDays } from "@/protocol/days";
import { actsOf } from "./admitted-proposal";
import type { FundedProposal } from "./funded-proposal";
import { People, paper, reloadUntil, sendAct } from "./people";
import { takeUp, takeUpOwn } from "./queues";

type Values = Readonly<Record<string, string>>;

export const today = todayInItaly();
export const later = (days: number) => addDays(today, days);

export class PactPeople extends People {
  readonly act: ReturnType<typeof actsOf>;

  private constructor(
    browser: Browser,
    private readonly site: string,
    readonly proposal: FundedProposal,
    /** Of the pact, and of no other. */
    readonly title: string,
    mark: string,
    /** A document as people attach them. */
    readonly file: string,
  ) {
    super(browser, site);
    this.act = actsOf(mark, file);
  }

  static async of(
    browser: Browser,
    site: string,
    proposal: FundedProposal,
    { title, mark }: { title: string; mark: string },
  ): Promise<PactPeople> {
    return new PactPeople(browser, site, proposal, title, mark, await paper("Documento di prova"));
  }

  /** Somebody takes up what their office has waiting, and signs the form of it. @returns the page's path */
  async next(name: string, step: string, form: string, values: Values = {}): Promise<string> {
    const page = await this.page(name);
    await takeUp(page, this.site, step, this.title);
    return signOn(page, form, values);
  }

  /** The same of whoever proposed, whose own page says what is asked of them. */
  async own(step: string, form: string, values: Values = {}): Promise<string> {
    const page = await this.page(this.proposal.proponent);
    await takeUpOwn(page, this.site, step, this.title);
    return signOn(page, form, values);
  }

  /** Somebody looks at a page again until it says something. */
  async reads(name: string, path: string, text: string | RegExp): Promise<Page> {
    const page = await this.at(name, path);
    await reloadUntil(page, async () => (await page.getByText(text).count()) > 0);
    return page;
  }

  /**
   * The Giunta approves the version that stands. Where there are district councils their queue has it, and the Giunta
   * finds it among the pacts. @returns the path of the pact's page
   */
  async approve(number: string): Promise<string> {
    const giunta = await this.at("Alberto Maina", "/torino/patti");
    const drafted = giunta
      .getByRole("listitem")
      .filter({ hasText: this.title })
      .filter({ hasText: "in bozza" });
    await reloadUntil(giunta, async () => (await drafted.count()) > 0);
    await drafted.getByRole("link", { name: this.title }).first().click();
    await giunta.waitForURL(/\/torino\/patti\/./);
    const path = await signOn(giunta, "form#approveGiunta", this.act(number));
    await this.reads("Alberto Maina", path, "da firmare");
    return path;
  }

  /** The Giunta approves the version that stands, every party signs it, and it comes into force. */
  async approveAndSign(number: string): Promise<void> {
    const { file } = this;
    await this.approve(number);
    await this.next("Laura Giordano", "Firmare il patto", "form#sign-party-comune");
    await this.next("Elena Marchetti", "Firmare il patto", "form#sign-party-case");
    await this.own("Firmare il patto", "form#sign-party-proponent");
    const insurance = { document: file, validUntil: later(365) };
    await this.next("Paolo Rosso", "Registrare l’assicurazione", "form#insurance", insurance);
    const briefing = { document: file, heldOn: today };
    await this.next("Franco Peretti", "Fare l’incontro sulla sicurezza", "form#briefing", briefing);
    const path = await this.next("Laura Giordano", "Attivare il patto", "form#activate");
    await this.reads("Laura Giordano", path, "attivo");
  }

  /** The work is proved by whoever does it, and looked at by a Casa. */
  async proveAndVerify(): Promise<void> {
    await this.own("Consegnare le prove", 'form[id^="evidence-"]', { evidence: this.file });
    await this.next("Paolo Rosso", "Verificare il lavoro", 'form[id^="verify-"]', { report: this.file });
  }

  /** What was asked for is checked, cleared and ordered, each by another person. */
  async checkToOrder(act: string, orderNumber: string): Promise<void> {
    await this.next("Laura Giordano", "Controllare la richiesta", 'form[id^="check-"]');
    await this.next("Beatrice Fassio", "liquidare", 'form[id^="liquidate-"]', this.act(act));
    await this.next("Emilio Gariglio", "emettere il mandato", 'form[id^="order-"]', { orderNumber });
  }
}

async function signOn(page: Page, form: string, values: Values): Promise<string> {
  const { pathname } = new URL(page.url());
  await reloadUntil(page, async () => (await page.locator(form).count()) > 0);
  await sendAct(page, form, values);
  return pathname;
}

/** What the treasury says of an order, as a Comune without OPI hands it in. */
export async function outcomeFile(order: string, euro: string, outcome: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "cocity-outcomes-")), "esiti.csv");
  const rows = [
    "esercizio;numero_mandato;progressivo_beneficiario;importo;esito;data;quietanza",
    `${today.slice(0, 4)};${order};1;${euro};${outcome};${today};`,
  ];
  await writeFile(path, `${rows.join("\n")}\n`);
  return path;
}
