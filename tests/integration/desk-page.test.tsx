/** What the office's page shows of desks after the closing, in both languages: to who told a balance, and to who confirms it. */
import { randomUUID } from "node:crypto";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext, PathParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { prerender } from "react-dom/static";
import { afterEach, describe, expect, it } from "vitest";
import type { DeskView } from "@/features/desk/queries";
import en from "@/messages/en.json";
import italian from "@/messages/it.json";
import type { RecordOf } from "@/protocol/records";
import type { Sheet } from "@/protocol/records/desk";
import { request, serverActions } from "./actions/request";

await serverActions();
const { Balances } = await import("@/features/desk/balances");
const { Sheets } = await import("@/features/desk/sheets");

const round = randomUUID();
const teller = { organisation: "Case", person: "coordinator" } as const;
const incidentsDigest = "5a".repeat(32);
const incident = "Una scheda è caduta in una grata.";

const open: RecordOf<"station"> = {
  ...{ municipality: "001272", round, id: "casa", state: "open", openedBy: teller, openedOn: "2027-03-01" },
  delivered: [{ area: 1, sheets: 15 }],
};
const told: RecordOf<"station"> = {
  ...open,
  state: "told",
  balance: {
    areas: [{ area: 1, given: 10, spoiled: 1, unused: 3, lost: 1, cast: 10 }],
    ...{ incidentsDigest, by: teller, on: "2027-03-02" },
  },
};

function viewOf(station: RecordOf<"station">, ...bundles: RecordOf<"sheets">[]): DeskView {
  return {
    ...{ stations: [station], bundles, vouched: () => 12 },
    incidents: new Map([[incidentsDigest, incident]]),
    houses: new Map([["casa", "Cascina di prova"]]),
  };
}

const sheets: Sheet[] = [
  ...Array.from({ length: 7 }, () => ({ choices: [1, 2] })),
  ...Array.from({ length: 2 }, () => ({ choices: [] })),
  { fault: "unreadable" },
];
const entered: RecordOf<"sheets"> = {
  ...{ municipality: "001272", round, bundle: 1, state: "entered", area: 1, sheets },
  ...{ by: teller, on: "2027-03-02" },
};

const errors: string[] = [];
afterEach(() => expect(errors.splice(0)).toEqual([]));

async function sent(locale: "it" | "en", page: ReactNode): Promise<string> {
  request.locale = locale;
  const { prelude } = await prerender(
    <AppRouterContext.Provider value={{} as never}>
      <PathParamsContext.Provider value={{ locale, municipality: "torino" }}>
        <PathnameContext.Provider value="/torino">
          <NextIntlClientProvider
            locale={locale}
            messages={(locale === "it" ? italian : en) as never}
            timeZone="Europe/Rome"
            onError={({ message }) => errors.push(message)}
          >
            {page}
          </NextIntlClientProvider>
        </PathnameContext.Provider>
      </PathParamsContext.Provider>
    </AppRouterContext.Provider>,
  );
  return new Response(prelude).text();
}

describe.each(["it", "en"] as const)("in %s", (locale) => {
  const messages = locale === "it" ? italian.desk : en.desk;

  it("a balance begins with how many sheets came and how many people were vouched for", async () => {
    const page = await sent(locale, <Balances round={round} view={viewOf(open)} own="Comune" />);
    expect(page).toContain(messages.tell);
    expect(page).not.toContain(messages.confirmBalance);
    expect(page).toContain(messages.balanceText.replace("{delivered}", "15").replace("{vouched}", "12"));
  });

  it("whoever confirms one reads its numbers and what happened; who told it waits", async () => {
    const other = await sent(locale, <Balances round={round} view={viewOf(told)} own="Garanti" />);
    expect(other).toContain(messages.confirmBalance);
    expect(other).toContain(incident);
    // What is corrected begins with what was told.
    expect(other).toMatch(/name="unused"[^>]*value="3"|value="3"[^>]*name="unused"/);
    const own = await sent(locale, <Balances round={round} view={viewOf(told)} own="Case" />);
    expect(own).not.toContain(messages.confirmBalance);
    expect(own).toContain(messages.waitsForOther);
  });

  it("sheets are entered while some are left, and compared by piles", async () => {
    const closed = { ...told, state: "closed" } as const;
    const first = await sent(locale, <Sheets round={round} view={viewOf(closed)} own="Case" />);
    expect(first).toContain('id="enter-sheets-1"');
    const other = await sent(locale, <Sheets round={round} view={viewOf(closed, entered)} own="Garanti" />);
    expect(other).not.toContain('id="enter-sheets-2"');
    expect(other).toContain(messages.confirmSheets);
    expect(other).toMatch(/<code>1 2<\/code>.*?>7</);
  });

  it("fewer than ten are not entered at all", async () => {
    const areas = [{ area: 1, given: 9, spoiled: 0, unused: 6, lost: 0, cast: 9 }];
    const few = { ...told, state: "closed", balance: { areas, by: teller, on: "2027-03-02" } } as const;
    const page = await sent(locale, <Sheets round={round} view={viewOf(few)} own="Case" />);
    expect(page).toContain(messages.sheetsNotOpened);
    expect(page).not.toContain("<textarea");
  });
});
