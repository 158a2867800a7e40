/** From following to a mail and out of it again, as somebody of the trial does it. */
import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { comes } from "../browser/reloading";
import { signIn } from "../browser/sign-in";

const site = inject("site");
const { origin } = site;
const centre = "/torino/mio/avvisi";
const settings = `${centre}/impostazioni`;
await shareEnvironment(site);
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

describe.each([
  ["with JavaScript", true, "Sara Vercelli"],
  ["without", false, "Andrei Munteanu"],
] as const)("being told, %s", (_, javaScriptEnabled, name) => {
  it("what is followed comes into the centre and by mail, and stops by the link of the mail", async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await signIn(page, origin, name, settings);
    await page.getByRole("button", { name: "Segui tutto il Comune" }).click();
    await page.getByRole("button", { name: "Smetti di seguire tutto il Comune" }).waitFor();
    await page.getByLabel("Incontri").selectOption("now");
    await page.getByRole("button", { name: "Salva la scelta" }).click();
    await page.getByText("La tua scelta è salvata").waitFor();

    const title = `Merenda ${randomUUID().slice(0, 8)}`;
    const { recordEvent } = await import("@/features/notifications/event-service");
    const { id } = await db.house.findFirstOrThrow({ where: { municipality: "001272" } });
    await recordEvent(db, {
      ...{ id: randomUUID(), municipality: "001272", kind: "meetings", name: "houses:event" },
      ...{ subjects: [`house:${id}`], about: { type: "house", id } },
      facts: { title, starts: "2027-01-11T16:00:00.000Z" },
    });
    await comes(page, `${origin}${centre}?tipo=meetings&nuovi=1`, title);
    await page
      .getByRole("listitem")
      .filter({ hasText: title })
      .getByRole("button", { name: "Segna come letto" })
      .click();
    await page.getByRole("listitem").filter({ hasText: title }).waitFor({ state: "detached" });

    await comes(page, `${origin}/torino/mio/posta`, title);
    await page.getByRole("link", { name: title }).click();
    await page.getByText("List-Unsubscribe=One-Click").waitFor();
    await page.getByRole("link", { name: /\/disiscrizione\?link=/ }).click();
    await page.getByRole("button", { name: "Non mandatemeli più" }).click();
    await page.getByText("Fatto: non ricevi più questi messaggi").waitFor();
    await page.goto(origin + settings);
    expect(await page.getByLabel("Incontri").inputValue()).toBe("never");
    await context.close();
  });

  it("an address counts once its link was opened and its button pressed", async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await signIn(page, origin, name, settings);
    await page.getByRole("textbox", { name: "Indirizzo di posta elettronica" }).fill("nessuno");
    await page.getByRole("button", { name: "Salva e manda il collegamento" }).click();
    await page.getByText("Scrivi un indirizzo di posta come").first().waitFor();
    await page.getByRole("textbox", { name: "Indirizzo di posta elettronica" }).fill("prova@example.org");
    await page.getByRole("button", { name: "Salva e manda il collegamento" }).click();
    await page.getByText("prova@example.org: da confermare").waitFor();
    await comes(page, `${origin}/torino/mio/posta`, "Conferma il tuo indirizzo");
    await page.getByRole("link", { name: "Conferma il tuo indirizzo" }).first().click();
    await page.getByRole("link", { name: /\/conferma-indirizzo\?link=/ }).click();
    await page.getByRole("button", { name: "Sì, è il mio indirizzo" }).click();
    await page.getByText("Indirizzo confermato").waitFor();
    await page.goto(origin + settings);
    await page.getByText("prova@example.org: confermato").waitFor();
    await context.close();
  });
});

it("links that nobody made do nothing, and say so", async () => {
  const guessed = `${origin}/api/mail/unsubscribe?link=${"A".repeat(140)}`;
  expect(
    (await fetch(guessed, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) }))
      .status,
  ).toBe(404);
  const shown = await fetch(guessed);
  expect(shown.url).toContain("/disiscrizione?link=");
  expect(await shown.text()).toContain("Questo collegamento non vale più");
});

it("the feed says what has happened", async () => {
  const feed = await fetch(`${origin}/api/feeds/torino?lingua=en`);
  expect(feed.headers.get("content-type")).toContain("application/atom+xml");
  expect(await feed.text()).toMatch(/<entry>\s*<id>[^<]+<\/id>\s*<title>[^<]+<\/title>/);
  const rss = await fetch(`${origin}/api/feeds/torino?lingua=en&formato=rss`);
  expect(rss.headers.get("content-type")).toContain("application/rss+xml");
  expect(await rss.text()).toMatch(
    /<item>\s*<guid isPermaLink="false">[^<]+<\/guid>\s*<title>[^<]+<\/title>/,
  );
});
