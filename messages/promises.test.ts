import { expect, it } from "vitest";
import en from "./en.json";
import italian from "./it.json";

/** Nothing sends mail: an address is only asked for where an office writes by itself, or shown where people write. */
const labels = /^(Email|Scrivi un indirizzo|Write an? (whole )?email)/;

const texts = (messages: object): string[] =>
  Object.values(messages).flatMap((value) => (typeof value === "string" ? [value] : texts(value as object)));

it("no sentence promises that somebody is written to", () => {
  const promises =
    /e-?mail|posta elettronica|ti (scriv|avvis|informer|dir(emo|à)|diciamo)|we (will )?(write to|tell|notify|let) you/i;
  const found = [...texts(italian), ...texts(en)].filter((text) => promises.test(text) && !labels.test(text));
  expect(found).toEqual([]);
});
