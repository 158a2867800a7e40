import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import words from "@/messages/it.json";
import { launchBrowser } from "../browser/browser";
import { signIn } from "../browser/sign-in";
import { virtualAuthenticator } from "../browser/virtual-authenticator";
import { byScript, inTheBytes, lie, withName } from "./lying-server";
import { type NextDay, nextDayOf } from "./next-day";
import { askForBudget, codesOn, endOf, ownButton, signWithOwn } from "./own-passkey";
import { People, reloadUntil, send, sendAct } from "./people";

const { origin, data } = inject("site");
const municipality = "001272";
const name = "Stefano Barbero";

let browser: Browser;
/** The owner's browser, whose authenticator keeps the key. */
let owner: Page;
let next: NextDay;
/** The key's id in the register. */
let key = "";
beforeAll(async () => {
  browser = await launchBrowser();
  // A page that a service worker brings cannot be altered on its way.
  owner = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
  owner.setDefaultTimeout(60_000);
  await signIn(owner, origin, name, "/torino");
  await virtualAuthenticator(owner);
});
afterAll(async () => {
  await next?.stop();
  await browser.close();
});

/** Each step stands on the one before, to the end of the file: the first that fails ends the journey. */
describe("a passkey of one's own", () => {
  let code: string[] = [];

  it("is made by its owner, whose screen shows a code", async () => {
    await owner.goto(`${origin}/torino/mio/chiavi`, { waitUntil: "networkidle" });
    await owner.getByRole("button", { name: words.passkeys.createButton }).click();
    await expect.poll(() => codesOn(owner), { timeout: 60_000 }).toHaveLength(1);
    [code = []] = await codesOn(owner);
    expect(code).toHaveLength(8);
    await owner.getByText(words.passkeys.phases.offered, { exact: true }).waitFor();
  });

  it("is proposed and confirmed by two organisations that see the same code", async () => {
    const people = new People(browser, origin);
    for (const [who, step] of [
      ["Valeria Nicola", "propose"],
      ["Irene Castelli", "confirm"],
    ] as const) {
      const page = await people.at(who, "/torino/ufficio/ruoli");
      const form = `form[id^="${step}-key-"]`;
      await reloadUntil(page, async () => (await page.locator(form).count()) > 0);
      await expect.poll(() => codesOn(page)).toEqual([code]);
      await sendAct(page, form, { compared: "on" });
      await reloadUntil(page, async () => (await page.locator(form).count()) === 0);
    }
  });

  it("does not sign on the day on which it was confirmed", async () => {
    await owner.goto(`${origin}/torino/mio/chiavi`);
    await owner.getByText(/^vale dal/).waitFor();
    await askForBudget(owner, origin, "1.100.000,00");
    await owner.getByRole("button", { name: words.signing.trialSign }).waitFor();
    expect(await ownButton(owner).count()).toBe(0);
  });

  it("signs the day after, first that the trial signer signs for its owner no more", async () => {
    next = await nextDayOf(data);
    const own = await db.chainPasskey.findMany({ where: { municipality } });
    const records = own.map(({ record }) => record as { id: string; trial?: boolean });
    key = records.find(({ trial }) => !trial)?.id ?? "";
    await signIn(owner, next.origin, name, "/torino");
    await owner.goto(`${next.origin}/torino/mio/chiavi`);
    const trialKey = owner.locator("li", { hasText: words.passkeys.trial });
    await send(owner, `form#${await trialKey.locator("form").getAttribute("id")}`);
    await signWithOwn(owner);
    const withdrawn = trialKey.getByText(words.passkeys.phases.withdrawn);
    await reloadUntil(owner, async () => (await withdrawn.count()) > 0);
  });

  it("signs an act of its owner's office, which stands among their acts with a proof", async () => {
    const command = await askForBudget(owner, next.origin, "1.200.000,00");
    await ownButton(owner).waitFor();
    expect(await owner.getByRole("button", { name: words.signing.trialSign }).count()).toBe(0);
    await signWithOwn(owner);
    expect(await endOf(command)).toBe("committed");
    await owner.goto(`${next.origin}/torino/mio/atti`);
    const own = owner.locator("main ol > li", { hasText: words.thread.steps.funds.changeBudget }).first();
    await own.getByText(words.signing.byPasskey).waitFor();
    await own.getByRole("link", { name: words.signing.proof }).click();
    await owner.getByText(words.verify.proof.sound).waitFor();
    const check = owner.locator("li", { hasText: words.verify.proof.checks.act });
    await check.getByText(words.verify.proof.good).waitFor();
    await owner.getByText(words.verify.proof.with.passkey).waitFor();
    const [id = ""] = /[0-9a-f]{64}/.exec(owner.url()) ?? [];
    expect(await db.chainTransaction.findFirst({ where: { id } })).toMatchObject({ command, passkey: key });
  });
});

describe("a server that lies on the page on which acts are signed", () => {
  const amount = (text: string) => owner.locator("article").getByText(text);
  /** Signs what the page shows. @returns how it ended on the ledger */
  const signed = async (command: string) => {
    await signWithOwn(owner);
    return endOf(command);
  };

  it("cannot have an act signed whose words it does not show: the browser makes them of the bytes", async () => {
    const command = await askForBudget(owner, next.origin, "1.300.000,00");
    await lie(
      owner,
      command,
      ({ input, ...act }) => ({ ...act, input: { ...input, budgetCents: 930_000_000 } }),
      inTheBytes,
    );
    await amount("9.300.000,00").first().waitFor();
    expect(await amount("1.300.000,00").count()).toBe(0);
    // Whoever signs without reading has signed it.
    expect(await signed(command)).toBe("committed");
  });

  it("cannot carry an act out as another than it says", async () => {
    const command = await askForBudget(owner, next.origin, "1.300.000,00");
    await lie(owner, command, (act) => ({ ...act, transaction: "funds:openLine" }), inTheBytes);
    await owner.getByRole("heading", { name: words.thread.steps.funds.openLine }).waitFor();
    expect(await signed(command)).toBe("wrong_transaction");
  });

  it("cannot leave out what the records were: it is asked for again", async () => {
    const command = await askForBudget(owner, next.origin, "1.300.000,00");
    const address = owner.url();
    await lie(owner, command, (act) => ({ ...act, seen: {} }), inTheBytes);
    expect(await signed(command)).toBe("seen_incomplete");
    await owner.goto(address, { waitUntil: "networkidle" });
    await owner.getByText(words.signing.again).waitFor();
    expect(await signed(command)).toBe("committed");
  });

  it("cannot add an act to the list without showing it", async () => {
    const asked = await askForBudget(owner, next.origin, "1.310.000,00");
    const added = await askForBudget(owner, next.origin, "9.310.000,00", 2);
    await owner.goto(`${next.origin}/torino/firma?atti=${asked},${added}`);
    await owner.getByRole("heading", { name: "2 atti da firmare" }).waitFor();
    for (const text of ["1.310.000,00", "9.310.000,00"]) await amount(text).first().waitFor();
    await owner.getByRole("button", { name: "Firma 2 atti con la chiave di accesso" }).waitFor();
  });

  it("can give an id a false name, which the page says that it cannot verify", async () => {
    const command = await askForBudget(owner, next.origin, "1.320.000,00");
    const shown = owner.locator("dd", { hasText: words.signing.notVerified }).locator("span").first();
    const name = (await shown.textContent()) ?? "";
    await lie(owner, command, (act) => act, withName(name, "Linea inventata"));
    await owner.locator("dd", { hasText: "Linea inventata" }).getByText(words.signing.notVerified).waitFor();
  });

  it("can have another act signed by a script of its own, which stands among the person's acts", async () => {
    const command = await askForBudget(owner, next.origin, "1.330.000,00");
    await lie(
      owner,
      command,
      ({ input, ...act }) => ({ ...act, input: { ...input, budgetCents: 933_000_000 } }),
      byScript,
    );
    await amount("1.330.000,00").first().waitFor();
    expect(await signed(command)).toBe("committed");
    await owner.goto(`${next.origin}/torino/mio/atti`);
    await owner.getByText("9.330.000,00").first().waitFor({ state: "attached" });
  });
});

describe("a passkey that an administrator withdraws", () => {
  it("signs no more, not even on a page that was open before", async () => {
    const command = await askForBudget(owner, next.origin, "1.340.000,00", 2);
    await ownButton(owner).waitFor();
    const administrator = await new People(browser, next.origin).at(
      "Valeria Nicola",
      "/torino/ufficio/ruoli",
    );
    await sendAct(administrator, `form#withdraw-key-${key}`);
    const where = { municipality, id: key, state: "withdrawn" };
    await expect.poll(() => db.chainPasskey.count({ where }), { timeout: 60_000 }).toBe(1);
    await signWithOwn(owner);
    expect(await endOf(command)).toBe("key_withdrawn");
    await owner.goto(`${next.origin}/torino/ufficio/linee`);
    await owner.getByText(words.pacts.refused).waitFor();
    await owner.goto(`${next.origin}/torino/mio/chiavi`);
    await expect
      .poll(() => owner.getByText(words.passkeys.phases.withdrawn, { exact: true }).count())
      .toBe(2);
  });

  it("leaves its owner with a page that says that they have no key", async () => {
    await askForBudget(owner, next.origin, "1.350.000,00", 2);
    await owner.getByText(words.signing.noPasskey).waitFor();
    expect(await ownButton(owner).count()).toBe(0);
  });
});
