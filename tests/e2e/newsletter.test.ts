/** A newsletter from its writing to the mailbox of who asked for it, and out of it again. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { comes } from "../browser/reloading";
import { signIn } from "../browser/sign-in";

const site = inject("site");
const { origin } = site;
const archive = "/torino/notiziario";
const office = "/torino/ufficio/notiziario";
await shareEnvironment(site);
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

it.each([
  ["with JavaScript", true, "Sara Vercelli"],
  ["without", false, "Andrei Munteanu"],
] as const)(
  "%s: asked for, written, previewed, tried, sent once, read, left",
  async (_, javaScriptEnabled, name) => {
    const title = `Novità ${javaScriptEnabled ? "uno" : "due"}`;
    const reader = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await signIn(reader, origin, name, archive);
    await reader.getByRole("button", { name: "Ricevi il notiziario" }).click();
    await reader.getByRole("button", { name: "Non ricevere più il notiziario" }).waitFor();

    const context = await browser.newContext({ javaScriptEnabled });
    const writer = await context.newPage();
    await signIn(writer, origin, "Valeria Nicola", office);
    await writer.getByLabel("Titolo in italiano").fill(title);
    await writer.getByLabel("Testo in italiano").fill("Si vota fino a domenica.\n\nhttps://example.org/voto");
    await writer.getByLabel("Titolo in inglese").fill(`News ${title}`);
    await writer.getByLabel("Testo in inglese").fill("Voting is open until Sunday.");
    await writer.getByRole("button", { name: "Salva la bozza" }).click();
    await writer.getByRole("heading", { name: "Come si legge" }).waitFor();
    await writer.getByText("Voting is open until Sunday.").first().waitFor();
    expect(await facts(writer)).toMatchObject({
      "Lo hanno chiesto": "1 persona",
      "Lo riceverebbero": "1 persona",
    });
    const { id } = await db.newsletter.findFirstOrThrow({ where: { titleIt: title } });
    expect((await fetch(`${origin}${archive}/${id}`)).status).toBe(404);

    await writer.getByRole("button", { name: "Manda una prova a me" }).click();
    await writer.getByText("La prova è in partenza").waitFor();
    const second = await context.newPage();
    await second.goto(writer.url());
    await writer.getByRole("button", { name: "Invia il notiziario" }).click();
    await writer.getByText("Metti il segno").or(writer.getByRole("alert")).first().waitFor();
    expect((await db.newsletter.findUniqueOrThrow({ where: { id } })).sentAt).toBeNull();
    for (const page of [writer, second]) {
      await page.getByLabel(/Ho letto/).check();
      await page.getByRole("button", { name: "Invia il notiziario" }).click();
      await page.getByText("Pubblicato e inviato a 1 persona").first().waitFor();
    }
    expect(await db.mail.count({ where: { newsletter: id, kind: "newsletter" } })).toBe(1);

    await reader.goto(origin + archive);
    await reader.getByRole("link", { name: title }).click();
    await reader.getByText("Si vota fino a domenica.").waitFor();
    expect(await reader.getByRole("link", { name: "https://example.org/voto" }).count()).toBe(1);
    expect(await (await fetch(`${origin}/api/feeds/torino?tipo=newsletter`)).text()).toContain(title);

    await comes(writer, `${origin}/torino/mio/posta`, `[Prova] ${title}`);
    await comes(reader, `${origin}/torino/mio/posta`, title);
    await reader.getByRole("link", { name: title }).click();
    await reader.getByText("List-Unsubscribe=One-Click").waitFor();
    await reader.getByRole("link", { name: /\/disiscrizione\?link=/ }).click();
    await reader.getByText("Notiziario del Comune").first().waitFor();
    await reader.getByRole("button", { name: "Non mandatemeli più" }).click();
    await reader.getByText("Non ricevi più il notiziario").waitFor();
    await reader.goto(origin + archive);
    await reader.getByRole("button", { name: "Ricevi il notiziario" }).waitFor();
  },
);

async function facts(page: Page): Promise<Record<string, string>> {
  const [terms, descriptions] = await Promise.all([
    page.locator("dl dt").allInnerTexts(),
    page.locator("dl dd").allInnerTexts(),
  ]);
  return Object.fromEntries(terms.map((term, index) => [term.trim(), (descriptions[index] ?? "").trim()]));
}
