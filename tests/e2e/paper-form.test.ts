import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import words from "@/messages/it.json";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { sessionCookie } from "../browser/session";

const site = inject("site");
const origin = new URL((await fetch(site.origin)).url).origin;
await shareEnvironment({ ...site, origin });
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  // Other files act as the same coordinator, as often as an hour allows.
  await db.rateCount.deleteMany();
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

const torino = "001272";

/** A pact of whose money a report is owed, and a coordinator of a house, who can be a witness of it. */
async function owed(): Promise<{ path: string; report: string; coordinator: string }> {
  const report = await db.chainReport.findFirstOrThrow({
    where: { municipality: torino, submittedOn: null },
    orderBy: { id: "asc" },
  });
  const commitment = await db.chainCommitment.findUniqueOrThrow({
    where: { municipality_id: { municipality: torino, id: report.commitment } },
  });
  const pact = await db.pact.findUniqueOrThrow({
    where: { municipality_id: { municipality: torino, id: commitment.pact } },
  });
  const held = { municipality: torino, role: "coordinator", state: "held" };
  const { person } = await db.chainOffice.findFirstOrThrow({ where: held });
  return { path: `/torino/patti/${pact.slug}`, report: report.id, coordinator: person };
}

describe.each([
  ["with JavaScript", true, 320],
  ["without", false, 1440],
] as const)("a witness at a house, %s", (_, javaScriptEnabled, width) => {
  it("prints the form to be signed, with what is typed on it, and goes on with the same form", async () => {
    const { path, report, coordinator } = await owed();
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 900 } });
    const [name = "", value = ""] = (await sessionCookie(coordinator)).split("=");
    await context.addCookies([{ name, value, url: origin }]);
    const page = await context.newPage();
    await page.goto(origin + path);
    const form = page.locator(`form#paper-report-${report}`);
    await form.evaluate((element) => {
      const task = element.closest("details");
      if (task) task.open = true;
    });
    await form.locator("textarea").fill("Aperto ogni sabato, con 40 persone.");
    const [answer] = await Promise.all([
      context.waitForEvent("response", (response) => response.url().includes("/paper?")),
      form.getByRole("button", { name: words.papers.form.print }).click(),
    ]);
    expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "application/pdf"]);
    expect(await form.locator("textarea").inputValue()).toBe("Aperto ogni sabato, con 40 persone.");
    expect(page.url()).toBe(origin + path);
    expect(await db.outboxItem.count({ where: { subjectType: "report", subjectId: report } })).toBe(0);
    const edge = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(edge).toBeLessThanOrEqual(0);
    await context.close();
  });
});
