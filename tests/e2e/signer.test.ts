import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import { Assertion } from "@/protocol/acts/carried";
import { signedActText } from "@/protocol/acts/signed-act";
import { SignerDesk } from "@/services/signer/desk-client";
import { launchBrowser } from "../browser/browser";
import { shareEnvironment } from "../browser/environment";
import { signIn } from "../browser/sign-in";

const { origin, signerOrigin, data } = inject("site");
const municipality = "001272";
let browser: Browser;
let laura: string;
beforeAll(async () => {
  browser = await launchBrowser();
  await shareEnvironment({ origin, data });
  laura = (await db.person.findFirstOrThrow({ where: { displayName: "Laura Giordano" } })).id;
  await new SignerDesk(join(data, "signer", "desk.sock")).passkey({
    ...{ municipality, person: laura, account: "torino-laura-giordano", name: "Laura Giordano" },
    ...{ organisation: "Comune", origin },
  });
});
afterAll(async () => {
  await browser.close();
  await db.$disconnect();
});

const act = () =>
  signedActText({
    ...{ founding: "0".repeat(32), channel: "cocity", transaction: "proposals:publish", municipality },
    ...{ person: laura, role: "responsible_officer", expiresOn: "2026-11-30", seen: {} },
    input: { municipality, id: "p-1", command: crypto.randomUUID() },
  });

/** Posts an act of Laura's as a page of the site does, from a page that may post anywhere. */
async function post(page: Page): Promise<void> {
  const fields = { act: act(), person: laura, return: `${origin}/torino?firma=1`, language: "it" };
  await page.evaluate(
    ([action, values]) => {
      const meta = document.createElement("meta");
      Object.assign(meta, { name: "referrer", content: "strict-origin" });
      document.head.append(meta);
      const form = document.createElement("form");
      Object.assign(form, { method: "post", action });
      for (const [name, value] of Object.entries(values)) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value });
        form.append(field);
      }
      document.body.append(form);
      form.submit();
    },
    [`${signerOrigin}/sign`, fields] as const,
  );
}

async function freePage(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await (await browser.newContext({ bypassCSP: true, ...options })).newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

describe("the trial signer", () => {
  it("signs for the person whom the browser chose at the sign-in, after one click", async () => {
    const page = await freePage();
    await signIn(page, origin, "Laura Giordano", "/torino");
    await post(page);
    await page.getByRole("heading", { name: "Firma di prova" }).waitFor();
    await page.getByText("Laura Giordano").waitFor();
    await page.getByRole("button", { name: "Firma" }).click();
    await page.waitForURL(/\/torino\?firma=1&credential=/);
    const { searchParams } = new URL(page.url());
    const members = Object.keys(Assertion.shape).map((name) => [name, searchParams.get(name)]);
    expect(Assertion.safeParse(Object.fromEntries(members)).success).toBe(true);
    await page.context().close();
  });

  it("asks whoever has not chosen yet who they are", async () => {
    const page = await freePage();
    await page.goto(`${origin}/torino`);
    await post(page);
    await page.getByRole("button", { name: "Laura Giordano" }).click();
    await page.getByRole("heading", { name: "Firma di prova" }).waitFor();
    await page.context().close();
  });

  it("signs nothing for another person", async () => {
    const page = await freePage();
    await signIn(page, origin, "Marco Bonino", "/torino");
    await post(page);
    await page.getByText("L’atto è di un’altra persona").waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    await page.context().close();
  });

  it("takes nothing from a page of another site, and shows itself in no frame", async () => {
    const page = await freePage();
    await signIn(page, origin, "Laura Giordano", "/torino");
    const server = createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><title>Attacker</title><iframe src="${signerOrigin}/chosen"></iframe>`);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const frame = page.frames()[1];
    await expect.poll(() => frame?.url()).toBe("chrome-error://chromewebdata/");
    await post(page);
    await page.getByText("La richiesta non viene da una pagina di Co-City").waitFor();
    await page.context().close();
    await new Promise((closed) => {
      server.closeAllConnections();
      server.close(closed);
    });
  });
});
