/** The site on a network of three organisations: who confirms what it shows, and what it does without one of them. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { organisationNamed } from "@/ledger/network/description";
import { networkFolders } from "@/ledger/network/folders";
import { processNames } from "@/ledger/network/nodes";
import { resume, stop } from "@/ledger/network/processes";
import { readNetwork } from "@/ledger/network/site";
import { launchBrowser } from "@/tests/browser/browser";
import { People, reloadUntil, send } from "@/tests/e2e/people";

const { origin } = inject("site");
const folders = networkFolders(inject("network"));
const network = await readNetwork(folders);
if (!network) throw new Error("there is no network");
/** The one that the application asks first, and whose blocks it follows. */
const first = processNames.peer(organisationNamed(network, "comune"));

const all = ["ha lo stesso blocco", "ha lo stesso blocco", "ha lo stesso blocco"];
const withoutFirst = ["non risponde", ...all.slice(1)];

let browser: Browser;
let people: People;
beforeAll(async () => {
  browser = await launchBrowser();
  people = new People(browser, origin);
});
afterAll(async () => {
  await resume(folders.run, first);
  await browser.close();
});

const says = (page: Page) =>
  page
    .locator('section[aria-labelledby="confirmations"] li > span:last-child')
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim()));
const confirms = (page: Page, expected: readonly string[]) => async () =>
  JSON.stringify(await says(page)) === JSON.stringify(expected);

describe("a vote", () => {
  let vote = "";
  let proof = "";

  it("is confirmed by the peers of three organisations, and the receipt says so", async () => {
    const page = await people.at("Amina Diallo", "/torino/votazioni");
    await page.getByRole("link", { name: "Giardini e piazze: scegli tu" }).first().click();
    await page.waitForURL(/\/torino\/votazioni\/[^/]+$/);
    vote = `${new URL(page.url()).pathname}/vota`;
    await castVote(page, "1");
    await reloadUntil(page, confirms(page, all));
    proof = await page.locator('main a[href*="/verifica/"]').first().evaluate(hrefOf);
    await page.goto(proof);
    expect(await says(page)).toEqual(all);
    expect(await page.getByText("Tutto coincide").count()).toBe(1);
  });

  it("is taken, shown and proved while the peer that is asked first is gone, which the proof says", async () => {
    await stop(folders.run, first, "SIGKILL");
    const page = await people.page("Amina Diallo");
    await castVote(page, "2");
    await reloadUntil(page, confirms(page, withoutFirst));
    await page.goto(proof);
    expect(await says(page)).toEqual(withoutFirst);
    expect(await page.getByText("Tutto coincide").count()).toBe(1);
    const { status, peers } = await health();
    expect(status).toBe("degraded");
    expect(peers).toContainEqual({ organisation: "ComuneMSP", height: null });
    expect(peers).toContainEqual({ organisation: "CaseMSP", height: expect.any(Number) });
  });

  it("is confirmed by all three again once that peer is back, also the one it was not there for", async () => {
    const page = await people.page("Amina Diallo");
    await page.goto(`${origin}${vote.replace(/vota$/, "ricevuta")}`);
    await resume(folders.run, first);
    await reloadUntil(page, confirms(page, all));
    // Nothing stopped meanwhile: the tables took up again what they follow.
    await expect.poll(async () => (await health()).status, { timeout: 30_000 }).toBe("ok");
  });

  async function castVote(page: Page, choices: string): Promise<void> {
    await page.goto(origin + vote);
    await send(page, "form#ballot", { choices });
    await page.waitForURL(/\/rivedi$/);
    await send(page, "form#cast");
    await page.waitForURL(/\/ricevuta$/);
    await reloadUntil(page, async () => (await page.getByText("Il tuo voto è registrato").count()) > 0);
  }
});

async function health(): Promise<{ status: string; peers: unknown[] }> {
  return (await fetch(`${origin}/api/health`)).json();
}

const hrefOf = (link: Element) => (link as HTMLAnchorElement).href;
