import { createPublicKey } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { codeGroups, passkeyCode } from "@/features/passkeys/rules";
import words from "@/messages/it.json";
import { MadeKey } from "@/scripts/found/description";
import { launchBrowser } from "../browser/browser";
import { virtualAuthenticator } from "../browser/virtual-authenticator";

const { origin } = inject("site");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const owner = { founding: "00112233445566778899aabbccddeeff", person: "ada-rossi", name: "Ada Rossi" };

describe("the page of first keys", () => {
  it("makes a key on the device, and shows the line to be sent and the code that is read out", async () => {
    const page = await browser.newPage();
    await virtualAuthenticator(page);
    const link = `${origin}/prima-chiave?${new URLSearchParams(owner)}`;
    // The button works once the page's script has run.
    await page.goto(link, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: words.passkeys.createButton }).click();
    const line = await page.getByText('"credential"').textContent();
    const { person, credential, spki } = MadeKey.parse(JSON.parse(line ?? ""));
    expect(person).toBe(owner.person);
    const der = Buffer.from(spki, "base64");
    expect(createPublicKey({ key: der, format: "der", type: "spki" }).asymmetricKeyType).toBe("ec");
    const { founding } = owner;
    const code = await passkeyCode({ founding, person, credential, spki, rpId: "localhost" });
    const shown = page.getByRole("list", { name: words.passkeys.code });
    await shown.waitFor();
    expect(await shown.locator('[aria-hidden="true"]').allTextContents()).toEqual(codeGroups(code));
    await page.close();
  });

  it("makes none without a whole link", async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/prima-chiave?person=ada-rossi`);
    await page.getByText(words.firstKey.noLink).waitFor();
    expect(await page.getByRole("button", { name: words.passkeys.createButton }).count()).toBe(0);
    await page.close();
  });
});
