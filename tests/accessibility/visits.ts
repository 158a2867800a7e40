import type { Page } from "playwright-core";

/** One look at a page of the site, by a visitor or by a trial person. */
export type Visit = {
  /** Folder below `app/[locale]` whose page it is. */
  folder: string;
  path: string;
  /** Follows the first link to such a path on the page at `path`: names of calls and pacts differ between runs. */
  follow?: RegExp;
  /** What is done on the page before it is looked at. */
  prepare?: (page: Page) => Promise<unknown>;
  as?: string;
};

const resident = "Andrei Munteanu";
const officer = "Laura Giordano";

const one = "[^/?#]+";

export const visits: readonly Visit[] = [
  { folder: "(site)", path: "/" },
  { folder: "(site)", path: "/?nome=xyzzy" },
  { folder: "(site)", path: "/en?nome=san" },
  { folder: "(site)/sign-in", path: "/accedi?error=OAuthCallback" },
  { folder: "(site)/sign-in", path: "/en/sign-in?uscito=1" },
  { folder: "(site)/accessibility", path: "/en/accessibility" },
  { folder: "(site)/how-it-works", path: "/come-funziona" },
  { folder: "(site)/how-it-works", path: "/en/how-it-works" },
  { folder: "(site)/privacy", path: "/privacy" },
  { folder: "(site)/offline", path: "/senza-rete" },
  { folder: "(site)/first-key", path: "/prima-chiave" },
  {
    folder: "(site)/first-key",
    path: "/en/first-key?founding=00112233445566778899aabbccddeeff&person=somebody&name=Somebody",
  },
  { folder: "(site)/[...rest]", path: "/nessun-comune" },
  { folder: "[municipality]/[...rest]", path: "/en/torino/no-such-page" },

  { folder: "[municipality]", path: "/torino" },
  { folder: "[municipality]", path: "/en/aglie" },
  { folder: "[municipality]/commons", path: "/torino/beni" },
  { folder: "[municipality]/commons", path: "/en/torino/commons?vista=mappa" },
  { folder: "[municipality]/commons", path: "/torino/beni?q=xyzzy" },
  // The one with the longest story, looked at by somebody who can comment and by somebody who can hide comments.
  {
    folder: "[municipality]/commons/[commons]",
    path: "/torino/fondi",
    follow: path("beni", one),
    as: resident,
  },
  {
    folder: "[municipality]/commons/[commons]",
    path: "/en/torino/calls/co-city-bando-a-sportello",
    follow: path("en/torino/commons", one),
    as: officer,
  },
  { folder: "[municipality]/calls", path: "/torino/bandi" },
  { folder: "[municipality]/calls/[call]", path: "/en/torino/calls", follow: path("en/torino/calls", one) },
  { folder: "[municipality]/houses", path: "/torino/case" },
  {
    folder: "[municipality]/houses/[house]",
    path: "/en/torino/houses",
    follow: path("en/torino/houses", one),
  },

  { folder: "[municipality]/rounds", path: "/torino/votazioni" },
  {
    folder: "[municipality]/rounds/[round]",
    path: "/en/torino/rounds",
    follow: path("en/torino/rounds", one),
  },
  {
    folder: "[municipality]/rounds/[round]/vote",
    path: "/torino",
    follow: path("votazioni", one),
    prepare: (page) => goOn(page, "vota"),
    as: resident,
  },
  {
    folder: "[municipality]/rounds/[round]/receipt",
    path: "/torino",
    follow: path("votazioni", one),
    prepare: (page) => goOn(page, "ricevuta"),
    as: resident,
  },
  {
    folder: "[municipality]/rounds/[round]/result",
    path: "/torino/votazioni",
    follow: path("votazioni", "axto-2018-[^/]*"),
    prepare: async (page) => {
      await goOn(page, "esito");
      await page.getByRole("button", { name: "Conta con questa regola" }).click();
      await page.getByText(/i progetti scelti sono gli stessi|Entrerebbero|Resterebbero fuori/).waitFor();
    },
  },

  { folder: "[municipality]/pacts", path: "/en/torino/pacts" },
  { folder: "[municipality]/pacts/[pact]", path: "/en/torino/pacts", follow: path("en/torino/pacts", one) },
  {
    folder: "[municipality]/pacts/[pact]",
    path: "/torino/ufficio",
    follow: path("patti", one),
    prepare: openAll,
    as: officer,
  },
  { folder: "[municipality]/funds", path: "/torino/fondi" },
  { folder: "[municipality]/funds", path: "/en/torino/funds?stato=paid&ordina=amount&verso=descending" },
  { folder: "[municipality]/funds/[payment]", path: "/torino/fondi", follow: path("fondi", one) },

  { folder: "[municipality]/register", path: "/torino/ruoli" },
  { folder: "[municipality]/register", path: "/en/torino/register?ordina=person&verso=ascending" },

  { folder: "[municipality]/verify", path: "/torino/verifica" },
  { folder: "[municipality]/verify", path: `/en/torino/verify?codice=${"0".repeat(64)}` },
  {
    folder: "[municipality]/verify/[transaction]",
    path: "/torino/fondi",
    follow: path("verifica", "[0-9a-f]{64}"),
  },

  { folder: "[municipality]/propose", path: "/en/torino/propose" },
  { folder: "[municipality]/mine", path: "/torino/mio", as: resident },
  { folder: "[municipality]/mine/acts", path: "/torino/mio/atti", as: officer },
  { folder: "[municipality]/sign", path: "/en/torino/sign", as: officer },
  { folder: "[municipality]/mine/data", path: "/en/torino/mine/data", as: officer },
  { folder: "[municipality]/mine/data/erase", path: "/torino/mio/dati/cancella", as: resident },

  { folder: "[municipality]/office", path: "/torino/ufficio", as: officer },
  { folder: "[municipality]/office", path: "/en/torino/office", as: "Ivana Conti" },
  { folder: "[municipality]/office", path: "/torino/ufficio", as: "Riccardo Valfrè" },
  { folder: "[municipality]/office", path: "/en/torino/office", as: "Maria Zanetti" },
  { folder: "[municipality]/office/roll", path: "/torino/ufficio/elenco", as: "Valeria Nicola" },
  { folder: "[municipality]/mine/keys", path: "/torino/mio/chiavi", as: officer, prepare: openAll },
  { folder: "[municipality]/mine/keys", path: "/en/torino/mine/keys", as: resident },
  {
    folder: "[municipality]/office/register",
    path: "/torino/ufficio/ruoli",
    as: "Valeria Nicola",
    prepare: openAll,
  },
  { folder: "[municipality]/office/register", path: "/en/torino/office/register", as: "Maria Zanetti" },
  {
    folder: "[municipality]/office/settings",
    path: "/torino/ufficio/impostazioni",
    as: "Valeria Nicola",
    prepare: openAll,
  },
  { folder: "[municipality]/office/settings", path: "/en/torino/office/settings", as: "Maria Zanetti" },
  { folder: "[municipality]/office/lines", path: "/en/torino/office/lines", as: officer, prepare: openAll },
  { folder: "[municipality]/office/calls", path: "/torino/ufficio/bandi", as: officer },
  { folder: "[municipality]/office/calls/new", path: "/en/torino/office/calls/new", as: officer },
  {
    folder: "[municipality]/office/calls/[call]",
    path: "/torino/ufficio/bandi",
    follow: path("ufficio/bandi", "(?!nuovo)[^/]+"),
    prepare: openAll,
    as: officer,
  },
  { folder: "[municipality]/office/proposals", path: "/en/torino/office/proposals", as: officer },
  {
    folder: "[municipality]/office/proposals/[proposal]",
    path: "/torino/ufficio",
    follow: path("ufficio/proposte", one),
    prepare: openAll,
    as: officer,
  },
  {
    folder: "[municipality]/office/proposals/[proposal]",
    path: "/en/torino/office",
    follow: path("en/torino/office/proposals", one),
    prepare: openAll,
    as: "Nadia Haddad",
  },
  { folder: "[municipality]/office/co-design", path: "/torino/ufficio/coprogettazione", as: "Paolo Rosso" },
  {
    folder: "[municipality]/office/co-design/[proposal]",
    path: "/torino/ufficio/coprogettazione",
    follow: path("ufficio/coprogettazione", one),
    prepare: openAll,
    as: "Paolo Rosso",
  },
  { folder: "[municipality]/office/rounds", path: "/torino/ufficio/votazioni", as: officer },
  {
    folder: "[municipality]/office/rounds/[round]",
    path: "/en/torino/office/rounds",
    follow: path("en/torino/office/rounds", "[0-9a-f-]{36}"),
    prepare: openAll,
    as: officer,
  },
  {
    folder: "[municipality]/office/rounds/new/[call]",
    path: "/torino/ufficio/votazioni",
    follow: path("ufficio/votazioni/nuova", one),
    as: officer,
  },
];

/** Paths of Torino in Italian, or as written when they name their language. */
function path(section: string, name: string): RegExp {
  return new RegExp(`^/${section.startsWith("en/") ? section : `torino/${section}`}/${name}$`);
}

/** A page below the one that is open. */
export async function goOn(page: Page, last: string): Promise<void> {
  await page.goto(`${page.url().replace(/[?#].*$/, "")}/${last}`);
}

/** Everything folded away is looked at too. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
  });
}
