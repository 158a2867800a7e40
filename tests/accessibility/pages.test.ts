import { glob } from "node:fs/promises";
import { dirname } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { Auditor } from "./audit";
import { type Refusal, refusals } from "./refusals";
import { type Visit, visits } from "./visits";

const site = inject("site");
const { origin } = site;
await shareEnvironment(site);
const resident = "Sara Vercelli";
/** Looked at in `sealed.test.ts`, with the parties that a voter's device asks. */
const sealedFolders = ["credential", "desk", "check", "secrecy"].map(
  (page) => `[municipality]/rounds/[round]/${page}`,
);
const dossierFolder = "[municipality]/propose/[draft]/[step]";
let browser: Browser;
let auditor: Auditor;
beforeAll(async () => {
  browser = await launchBrowser();
  auditor = new Auditor(browser, origin, await italianTexts());
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

it("no page is forgotten", async () => {
  const looked = new Set([...visits.map(({ folder }) => folder), dossierFolder, ...sealedFolders]);
  const forgotten: string[] = [];
  for await (const page of glob("**/page.tsx", { cwd: "app/[locale]" }))
    if (!looked.delete(dirname(page))) forgotten.push(page);
  expect({ forgotten, gone: [...looked] }).toEqual({ forgotten: [], gone: [] });
});

describe("pages", () => {
  it.each(visits.map((visit) => ({ visit, name: `${visit.folder}: ${nameOf(visit)}` })))(
    "$name",
    async ({ visit }) => {
      expect(await auditor.audit((page) => reach(page, visit), visit.as)).toEqual([]);
    },
  );
});

describe("the dossier", () => {
  let first = "";

  it("its beginning", async () => {
    const wrong = await auditor.audit(async (page) => {
      await page.goto(`${origin}/torino/proponi`);
      await page
        .getByRole("button", { name: /^Comincia per/ })
        .first()
        .click();
      await page.waitForURL(/\/proponi\/.+\/1/);
      first = new URL(page.url()).pathname;
    }, resident);
    expect(wrong).toEqual([]);
  });

  it.each([2, 3, 4, 5, 6, 7])("step %i", async (step) => {
    const path = first.replace(/1$/, String(step));
    // Every other one in English.
    const address = step % 2 === 0 ? path : path.replace("/torino/proponi", "/en/torino/propose");
    expect(await auditor.audit((page) => page.goto(origin + address), resident)).toEqual([]);
  });

  it("a step that was refused", async () => {
    const wrong = await auditor.audit(async (page) => {
      await page.goto(origin + first.replace(/1$/, "4"));
      await page.locator('form#step-what [name="cost"]').fill("meno di tutto");
      await page.locator('form#step-what button[type="submit"]').last().click();
      await corrections(page);
    }, resident);
    expect(wrong).toEqual([]);
  });
});

describe("forms that were refused", () => {
  it.each(refusals)("$form", async (refusal) => {
    expect(await auditor.audit((page) => refuse(page, refusal), refusal.as)).toEqual([]);
  });
});

describe("on the way", () => {
  it("the trial provider's choice of people", async () => {
    const wrong = await auditor.audit(async (page) => {
      await page.goto(`${origin}/accedi`);
      await page.getByRole("button", { name: "Accedi con l’accesso di prova" }).click();
      await page.getByRole("button", { name: "Giulia Ferrero" }).waitFor();
    });
    expect(wrong).toEqual([]);
  });

  it("the menu, open", async () => {
    const wrong = await auditor.audit(async (page) => {
      await page.goto(`${origin}/torino`);
      await page.getByText("Menu", { exact: true }).click();
    });
    expect(wrong).toEqual([]);
  });
});

/** What people and offices wrote of what is found on pages, as it stands alone there. */
async function italianTexts(): Promise<string[]> {
  const titles = { select: { title: true, summary: true } } as const;
  const [commons, calls, rounds, proposals, pacts, milestones] = await Promise.all([
    db.commons.findMany({ select: { name: true, description: true } }),
    db.call.findMany(titles),
    db.round.findMany(titles),
    db.proposal.findMany(titles),
    db.pact.findMany({ select: { title: true } }),
    db.milestoneText.findMany({ select: { title: true, deliverable: true } }),
  ]);
  const texts = [commons, calls, rounds, proposals, pacts, milestones].flat().flatMap(Object.values);
  return [...new Set(texts)].filter((text) => text.length > 3);
}

function nameOf({ path, follow, as }: Visit): string {
  return [path, follow && "a link there", as && `as ${as}`].filter(Boolean).join(", ");
}

async function reach(page: Page, { path, follow, prepare }: Omit<Visit, "folder">): Promise<void> {
  await page.goto(origin + path);
  if (follow) {
    const links = await page
      .locator("main a[href^='/']")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const link = links.find((href) => follow.test(new URL(href, origin).pathname));
    if (!link) throw new Error(`${path} has no link like ${follow}: ${links.join(" ")}`);
    await page.goto(origin + link);
  }
  await prepare?.(page);
}

async function refuse(page: Page, refusal: Refusal): Promise<void> {
  await reach(page, refusal);
  const form = page.locator(refusal.form).first();
  await form.evaluate((element) => {
    for (let up: Element | null = element; up; up = up.parentElement)
      if (up instanceof HTMLDetailsElement) up.open = true;
  });
  for (const [name, value] of Object.entries(refusal.fill ?? {}))
    await form.locator(`[name="${name}"]`).fill(value);
  await form.locator('button[type="submit"]').last().click();
  await corrections(page);
}

/** What is to be put right, gathered at the top of its form. */
async function corrections(page: Page): Promise<void> {
  await page
    .getByText(/^(C’è una cosa|Ci sono \d+ cose) da correggere/)
    .first()
    .waitFor();
}
