import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import { RegisteredList } from "./registered-list";

const endsAt = new Date("2026-10-01T18:00:00Z");
const people = [{ name: "Giulia Ferrero", isWaiting: false, at: new Date("2026-09-01T08:00:00Z") }];

describe.each([
  ["it", italian, /finito da più di 30 giorni: i nomi .* non si vedono più/, /fino a 30 giorni dopo la fine/],
  ["en", en, /ended more than 30 days ago: the names .* no longer shown/, /until 30 days after its end/],
] as const)("who comes, in %s", (locale, messages, over, until) => {
  const shown = (now: string) =>
    renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={messages as never} timeZone="Europe/Rome">
        <RegisteredList endsAt={endsAt} people={people} now={new Date(now)} />
      </NextIntlClientProvider>,
    );

  it("is named until a month after the meeting, and says until when", () => {
    expect(shown("2026-10-31T18:00:00Z")).toContain("Giulia Ferrero");
    expect(shown("2026-10-31T18:00:00Z")).toMatch(until);
    expect(shown("2026-10-31T18:00:00Z")).not.toMatch(over);
  });

  it("is no longer named then, and the page says so", () => {
    expect(shown("2026-10-31T18:00:01Z")).toMatch(over);
    expect(shown("2026-10-31T18:00:01Z")).not.toContain("Giulia");
  });
});
