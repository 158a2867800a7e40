import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseMunicipalities } from "@/features/municipalities/rules";
import en from "@/messages/en.json";
import it_ from "@/messages/it.json";
import { datePhrases, deadlinePhrases, placePhrases, timePhrases } from "./phrases";

const days = Array.from({ length: 366 }, (_, index) =>
  new Date(Date.UTC(2028, 0, 1 + index)).toISOString().slice(0, 10),
);

describe("Italian dates", () => {
  it("join their article and preposition, on every day of a year", () => {
    for (const day of days) {
      const { date, dateThe, dateTo, dateFrom, dateOf } = datePhrases("date", day, "it");
      const elided = day.endsWith("-08") || day.endsWith("-11");
      expect([dateThe, dateTo, dateFrom, dateOf]).toEqual(
        elided
          ? [`l’${date}`, `all’${date}`, `dall’${date}`, `dell’${date}`]
          : [`il ${date}`, `al ${date}`, `dal ${date}`, `del ${date}`],
      );
    }
  });

  it("read as people write them", () => {
    expect(datePhrases("date", "2027-01-08", "it").dateThe).toBe("l’8 gennaio 2027");
    expect(datePhrases("date", "2026-12-18", "it").dateTo).toBe("al 18 dicembre 2026");
    expect(datePhrases("date", "2026-11-11", "it").dateFrom).toBe("dall’11 novembre 2026");
    expect(datePhrases("date", "2026-12-01", "it").dateOf).toBe("del 1 dicembre 2026");
  });

  it("stay bare in English, where the message has the preposition", () => {
    for (const day of days)
      expect(new Set(Object.values(datePhrases("date", day, "en")))).toEqual(
        new Set([datePhrases("date", day, "en").date]),
      );
  });

  it("name the zone of a deadline, on its day in Rome", () => {
    const closing = new Date("2026-12-07T23:30:00Z");
    expect(deadlinePhrases("when", closing, "it").whenTo).toBe(
      "all’8 dicembre 2026 alle ore 00:30 (ora italiana)",
    );
    expect(deadlinePhrases("when", closing, "en").when).toBe("8 December 2026 at 00:30 (Italian time)");
  });
});

it("hours follow, also one o’clock", () => {
  const at = (hour: number) =>
    timePhrases("time", new Date(Date.UTC(2026, 11, 1, hour - 1, 5, 9)), "it").timeTo;
  const said = Array.from({ length: 23 }, (_, index) => at(index + 1));
  expect(said[0]).toBe("all’1:05:09");
  expect(said[10]).toBe("alle 11:05:09");
  expect(said.filter((text) => text.startsWith("all’"))).toHaveLength(1);
});

it("places take «ad» before an A, in all 312 municipalities", async () => {
  const rows = parseMunicipalities(await readFile("prisma/seed/data/municipalities.csv", "utf8"));
  expect(rows).toHaveLength(312);
  const withD = rows.filter(({ name }) => placePhrases("name", name, "it").nameTo === `ad ${name}`);
  expect(withD.map(({ name }) => name)).toEqual(
    rows.map(({ name }) => name).filter((name) => name.startsWith("A")),
  );
  expect(placePhrases("name", "Torino", "it").nameTo).toBe("a Torino");
  expect(placePhrases("name", "Agliè", "en").nameTo).toBe("Agliè");
});

describe("messages", () => {
  const texts = (messages: object): string[] =>
    Object.values(messages).flatMap((value) =>
      typeof value === "string" ? [value] : texts(value as object),
    );

  it("leave articles before a value to its phrase", () => {
    const articles =
      /\b(?:il|lo|la|i|gli|(?:a|da|de|ne|su|co)(?:l|llo|lla|i|gli)|all?[’']|dall[’'])\s?\{(?!year|name|number\b)\w+/gi;
    expect(texts(it_).flatMap((text) => text.match(articles) ?? [])).toEqual([]);
    expect(texts(it_).filter((text) => /\b(?:a|ad) \{(?:name|municipality)\}/i.test(text))).toEqual([
      "Risposta a {name}",
    ]);
  });

  it("put no word in the plural after a number that may be one", () => {
    const plurals =
      /(?:^|[^#\w{])\{(?!effectiveVotes)\w+\} (?:voti|persone|schede|righe|giorni|anni|progetti|votes|people|ballots|lines|days|years|projects)\b/;
    // After `other` of a choice by number the number is not one.
    const bare = (text: string) => text.replace(/other \{(?:[^{}]|\{\w+\})*\}/g, "");
    expect([...texts(it_), ...texts(en)].filter((text) => plurals.test(bare(text)))).toEqual([]);
  });

  it("of both languages leave «a» and «an» before a value aside", () => {
    expect(texts(en).filter((text) => /\ban? \{/i.test(text))).toEqual([]);
  });
});
