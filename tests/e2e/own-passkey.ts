/** What somebody in office does with a passkey of their own, on the founded trial. */
import type { Locator, Page } from "playwright-core";
import { db } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";
import words from "@/messages/it.json";
import { isSigningPage, paper, send } from "./people";

/** Every code that a page shows. */
export async function codesOn(page: Page): Promise<string[][]> {
  const lists = await page.getByRole("list", { name: words.passkeys.code }).all();
  return Promise.all(lists.map((list) => list.locator('[aria-hidden="true"]').allTextContents()));
}

/** The button of the signing page that asks the person's own authenticator. */
export function ownButton(page: Page): Locator {
  return page.getByRole("button", { name: /^Firma (?:\d+ atti )?con la chiave di accesso$/ });
}

/**
 * Asks for another amount of a budget line, up to the page on which it is signed.
 * @param place of the line in the list
 * @returns the act's command
 */
export async function askForBudget(page: Page, site: string, budget: string, place = 1): Promise<string> {
  await page.goto(`${site}/torino/ufficio/linee`);
  const line = page.locator('form#change-budget select[name="id"] option').nth(place);
  await send(page, "form#change-budget", {
    ...{ id: (await line.getAttribute("value")) ?? "", budget, actKind: "determina" },
    ...{ actNumber: crypto.randomUUID(), actDate: todayInItaly(), actBody: "Ufficio di prova" },
    actFile: await paper("Determina di prova"),
  });
  await page.waitForURL(isSigningPage);
  return commandOn(page);
}

/** Signs what the signing page shows with the passkey that the browser has. */
export async function signWithOwn(page: Page): Promise<void> {
  await page.waitForURL(isSigningPage);
  await ownButton(page).click();
  await page.waitForURL((url) => !isSigningPage(url));
}

/** How it ended with an act on its way to the ledger: its status, and the ledger's refusal. */
export async function endOf(command: string): Promise<string> {
  for (const end = Date.now() + 90_000; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const { status, errorCode } = await db.outboxItem.findUniqueOrThrow({ where: { id: command } });
    if (status === "committed" || errorCode) return errorCode ?? status;
    if (Date.now() > end) throw new Error(`${command} is ${status}`);
  }
}

function commandOn(page: Page): string {
  const [command = ""] = (new URL(page.url()).searchParams.get("atti") ?? "").split(",");
  return command;
}
