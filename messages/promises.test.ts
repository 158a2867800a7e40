import { glob, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import en from "./en.json";
import italian from "./it.json";

/** An address is only asked for where people write themselves, or shown where people write. */
const labels = /^(Email|(Per p|P)osta elettronica$|By email$|Scrivi un indirizzo|Write an? (whole )?email)/;

const texts = (messages: object): string[] =>
  Object.values(messages).flatMap((value) => (typeof value === "string" ? [value] : texts(value as object)));

/** Mail itself, and pages that speak of it: shown where mail is sent and nowhere else. */
const whereMailIsSent = ["mail", "mailPages"];
const withoutMail = ({ notifications, ...others }: typeof italian | typeof en): object => ({
  ...others,
  notifications: Object.fromEntries(
    Object.entries(notifications).filter(([name]) => !whereMailIsSent.includes(name)),
  ),
});

it("no sentence promises that somebody is written to, but where there is mail", () => {
  const promises =
    /e-?mail|posta elettronica|ti (scriv|avvis|informer|dir(emo|à)|diciamo)|we (will )?(write to|tell|notify|let) you/i;
  const found = [...texts(withoutMail(italian)), ...texts(withoutMail(en))].filter(
    (text) => promises.test(text) && !labels.test(text),
  );
  expect(found).toEqual([]);
});

it("a page that speaks of mail asks first whether any is sent, or is where a mail's own link leads", async () => {
  const ofLinks = [
    "app/[locale]/(site)/unsubscribe/page.tsx",
    "app/[locale]/(site)/confirm-address/page.tsx",
  ];
  const unasked: string[] = [];
  for await (const page of glob("app/**/*.tsx")) {
    const text = await readFile(page, "utf8");
    if (text.includes("notifications.mailPages") && !text.includes("mailMode()") && !ofLinks.includes(page))
      unasked.push(page);
  }
  expect(unasked).toEqual([]);
});
