import type { Page } from "playwright-core";

/** Signs in as a trial person, by the name on their button, and comes back to `path`. */
export async function signIn(page: Page, origin: string, name: string, path: string): Promise<void> {
  await page.goto(`${origin}/accedi?da=${encodeURIComponent(path)}`);
  await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
  await page.getByRole("button", { name }).click();
  await page.waitForURL((url) => url.pathname + url.search === path);
}

/** Signs out of the site and of the provider. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: "Esci" }).click();
  await page.getByRole("main").getByRole("button", { name: "Esci" }).click();
  await page.waitForURL(/\/accedi\?uscito=1$/);
}
