/** A ballot from its first choice to the receipt, with and without JavaScript. What is chosen never stands in an address. */
import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { signIn } from "../browser/sign-in";

const site = inject("site");
const { origin } = site;
await shareEnvironment(site);
let browser: Browser;
let path = "";
let record: { projects: { number: number; proposal: string; costCents: number }[]; ballot: { most: number } };

beforeAll(async () => {
  browser = await launchBrowser();
  const round = await db.chainRound.findFirstOrThrow({
    where: { municipality: "001272", ballotKind: "open", state: "open" },
  });
  record = round.record as unknown as typeof record;
  const { slug } = await db.round.findUniqueOrThrow({
    where: { municipality_id: { municipality: round.municipality, id: round.id } },
  });
  path = `/torino/votazioni/${slug}`;
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

describe.each([
  { javaScriptEnabled: true, voter: "Stefano Barbero" },
  { javaScriptEnabled: false, voter: "Amina Diallo" },
])("a ballot (JavaScript: $javaScriptEnabled)", ({ javaScriptEnabled, voter }) => {
  it("is as it was after a project has been read and two have been compared", async () => {
    const page = await ballotOf(voter, javaScriptEnabled);
    await choose(page, [1, 2]);
    await page
      .getByRole("button", { name: /^Leggi il progetto/ })
      .first()
      .click();
    await page.waitForURL(/\/beni\//);
    await page.getByRole("main").getByRole("link", { name: "Torna alla tua scheda" }).click();
    await page.waitForURL(/\/vota$/);
    expect(await chosen(page)).toEqual([1, 2]);
    await page.locator("form#ballot details").evaluateAll((all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    await page.getByLabel("Il primo").selectOption("1");
    await page.getByLabel("Il secondo").selectOption("2");
    await page.getByRole("button", { name: "Mettili a confronto" }).click();
    await page.waitForURL(/\/confronta\?primo=1&secondo=2$/);
    expect(await page.getByRole("table").locator("thead th").count()).toBe(2);
    await page.getByRole("link", { name: "Torna alla tua scheda" }).click();
    await page.waitForURL(/\/vota$/);
    expect(await chosen(page)).toEqual([1, 2]);
    await page.context().close();
  });

  it("says which limit is broken and by how much, and keeps what was chosen", async () => {
    const page = await ballotOf(voter, javaScriptEnabled);
    const all = record.projects.map(({ number }) => number);
    await choose(page, all);
    await page.getByRole("button", { name: "Rivedi la scheda" }).click();
    const over = all.length - record.ballot.most;
    await page
      .getByText(`Le tue scelte sono ${all.length} e il massimo è ${record.ballot.most}: toglin`)
      .first()
      .waitFor();
    expect(over).toBeGreaterThan(0);
    expect(await chosen(page)).toEqual(all);
    await page.context().close();
  });

  it("is summed up before it is given, and the round's page says that its voter has voted", async () => {
    const page = await ballotOf(voter, javaScriptEnabled);
    const addresses: string[] = [];
    page.on("framenavigated", (frame) => addresses.push(frame.url()));
    await choose(page, [2, 3]);
    await page.getByRole("button", { name: "Rivedi la scheda" }).click();
    await page.waitForURL(/\/vota\/rivedi$/);
    const cents = record.projects
      .filter(({ number }) => number === 2 || number === 3)
      .reduce((sum, { costCents }) => sum + costCents, 0);
    const main = page.getByRole("main");
    expect(await main.textContent()).toContain(`2 di ${record.ballot.most}`);
    expect(plain(await main.textContent())).toContain(
      plain(new Intl.NumberFormat("it-IT", { style: "currency", currency: "EUR" }).format(cents / 100)),
    );
    await page.getByRole("button", { name: "Registra il mio voto" }).click();
    await page.waitForURL(/\/ricevuta$/);
    await page.goto(origin + path);
    await page.getByText(/Voto numero \d+, dato/).waitFor();
    expect(await page.getByRole("link", { name: "Vota", exact: true }).count()).toBe(0);
    await page.goto(`${origin}/torino/mio`);
    await page.locator(`a[href="${path}/ricevuta"]`).waitFor();
    expect(addresses.filter((address) => /choices|scelte|[?&][^=]*=2%2C3/.test(address))).toEqual([]);
    await page.context().close();
  });
});

it("the order of the projects follows from the code that is shown, and is not everybody's", async () => {
  const orders: number[][] = [];
  for (const voter of ["Stefano Barbero", "Luca Gallo"]) {
    const page = await ballotOf(voter, true);
    const order = await page
      .locator('form#ballot input[name="choices"]')
      .evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLInputElement).value)));
    const code = (await page.locator("main code").last().textContent()) ?? "";
    expect(code).toMatch(/^[0-9a-f]{12}$/);
    const lot = (proposal: string) => createHash("sha256").update(`${code}\n${proposal}`).digest("hex");
    const drawn = [...record.projects].sort((a, b) => (lot(a.proposal) < lot(b.proposal) ? -1 : 1));
    expect(order).toEqual(drawn.map(({ number }) => number));
    orders.push(order);
    await page.context().close();
  }
  expect(orders[0]).not.toEqual(orders[1]);
});

it("what is pasted to be checked is answered and stands in no address", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/torino/verifica`);
  await page.locator("textarea#code").fill(`Hai scelto: 3. Giardino\nChiave ${"a".repeat(64)}`);
  await page.locator("form:has(textarea#code) button").click();
  await page.waitForURL(/\/verifica\?risposta=[0-9a-f]{12}$/);
  expect(await page.getByText("a".repeat(64)).count()).toBeGreaterThan(0);
  expect(await page.locator("textarea#code").inputValue()).toContain("Hai scelto: 3. Giardino");
  await context.close();
});

async function ballotOf(voter: string, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, origin, voter, `${path}/vota`);
  return page;
}

async function choose(page: Page, numbers: readonly number[]): Promise<void> {
  for (const { number } of record.projects)
    await page
      .locator(`form#ballot input[name="choices"][value="${number}"]`)
      .setChecked(numbers.includes(number));
}

/** What is ticked once the page's script, where there is one, has put everything in its place. */
async function chosen(page: Page): Promise<number[]> {
  const ticked = await page
    .locator('form#ballot input[name="choices"]:checked')
    .evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLInputElement).value)));
  return ticked.sort((a, b) => a - b);
}

/** Spaces that keep an amount on one line are spaces. */
function plain(text: string | null): string {
  return (text ?? "").replace(/\s/g, " ");
}
