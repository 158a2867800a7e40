/**
 * Every page of the site: the folder below `app/[locale]` and the permanent path in each language.
 * A page that is missing here is not reachable by its Italian path. Paths start with the municipality.
 */
export const pathnames = {
  "/": "/",
  "/accessibility": { it: "/accessibilita", en: "/accessibility" },
  "/how-it-works": { it: "/come-funziona", en: "/how-it-works" },
  "/privacy": { it: "/privacy", en: "/privacy" },
  "/sign-in": { it: "/accedi", en: "/sign-in" },
  "/offline": { it: "/senza-rete", en: "/offline" },
  "/first-key": { it: "/prima-chiave", en: "/first-key" },
  "/[municipality]": "/[municipality]",

  "/[municipality]/commons": { it: "/[municipality]/beni", en: "/[municipality]/commons" },
  "/[municipality]/commons/[commons]": {
    it: "/[municipality]/beni/[commons]",
    en: "/[municipality]/commons/[commons]",
  },
  "/[municipality]/calls": { it: "/[municipality]/bandi", en: "/[municipality]/calls" },
  "/[municipality]/calls/[call]": { it: "/[municipality]/bandi/[call]", en: "/[municipality]/calls/[call]" },
  "/[municipality]/propose": { it: "/[municipality]/proponi", en: "/[municipality]/propose" },
  "/[municipality]/propose/[draft]/[step]": {
    it: "/[municipality]/proponi/[draft]/[step]",
    en: "/[municipality]/propose/[draft]/[step]",
  },
  "/[municipality]/rounds": { it: "/[municipality]/votazioni", en: "/[municipality]/rounds" },
  "/[municipality]/rounds/[round]": {
    it: "/[municipality]/votazioni/[round]",
    en: "/[municipality]/rounds/[round]",
  },
  "/[municipality]/rounds/[round]/vote": {
    it: "/[municipality]/votazioni/[round]/vota",
    en: "/[municipality]/rounds/[round]/vote",
  },
  "/[municipality]/rounds/[round]/receipt": {
    it: "/[municipality]/votazioni/[round]/ricevuta",
    en: "/[municipality]/rounds/[round]/receipt",
  },
  "/[municipality]/rounds/[round]/result": {
    it: "/[municipality]/votazioni/[round]/esito",
    en: "/[municipality]/rounds/[round]/result",
  },
  "/[municipality]/pacts": { it: "/[municipality]/patti", en: "/[municipality]/pacts" },
  "/[municipality]/pacts/[pact]": { it: "/[municipality]/patti/[pact]", en: "/[municipality]/pacts/[pact]" },
  "/[municipality]/funds": { it: "/[municipality]/fondi", en: "/[municipality]/funds" },
  "/[municipality]/funds/[payment]": {
    it: "/[municipality]/fondi/[payment]",
    en: "/[municipality]/funds/[payment]",
  },
  "/[municipality]/houses": { it: "/[municipality]/case", en: "/[municipality]/houses" },
  "/[municipality]/houses/[house]": {
    it: "/[municipality]/case/[house]",
    en: "/[municipality]/houses/[house]",
  },
  "/[municipality]/register": { it: "/[municipality]/ruoli", en: "/[municipality]/register" },
  "/[municipality]/sign": { it: "/[municipality]/firma", en: "/[municipality]/sign" },
  "/[municipality]/verify": { it: "/[municipality]/verifica", en: "/[municipality]/verify" },
  "/[municipality]/verify/[transaction]": {
    it: "/[municipality]/verifica/[transaction]",
    en: "/[municipality]/verify/[transaction]",
  },
  "/[municipality]/mine": { it: "/[municipality]/mio", en: "/[municipality]/mine" },
  "/[municipality]/mine/acts": { it: "/[municipality]/mio/atti", en: "/[municipality]/mine/acts" },
  "/[municipality]/mine/data": { it: "/[municipality]/mio/dati", en: "/[municipality]/mine/data" },
  "/[municipality]/mine/data/erase": {
    it: "/[municipality]/mio/dati/cancella",
    en: "/[municipality]/mine/data/erase",
  },
  "/[municipality]/mine/keys": { it: "/[municipality]/mio/chiavi", en: "/[municipality]/mine/keys" },
  "/[municipality]/office": { it: "/[municipality]/ufficio", en: "/[municipality]/office" },
  "/[municipality]/office/roll": {
    it: "/[municipality]/ufficio/elenco",
    en: "/[municipality]/office/roll",
  },
  "/[municipality]/office/register": {
    it: "/[municipality]/ufficio/ruoli",
    en: "/[municipality]/office/register",
  },
  "/[municipality]/office/co-design": {
    it: "/[municipality]/ufficio/coprogettazione",
    en: "/[municipality]/office/co-design",
  },
  "/[municipality]/office/co-design/[proposal]": {
    it: "/[municipality]/ufficio/coprogettazione/[proposal]",
    en: "/[municipality]/office/co-design/[proposal]",
  },
  "/[municipality]/office/settings": {
    it: "/[municipality]/ufficio/impostazioni",
    en: "/[municipality]/office/settings",
  },
  "/[municipality]/office/lines": {
    it: "/[municipality]/ufficio/linee",
    en: "/[municipality]/office/lines",
  },
  "/[municipality]/office/calls": {
    it: "/[municipality]/ufficio/bandi",
    en: "/[municipality]/office/calls",
  },
  "/[municipality]/office/calls/new": {
    it: "/[municipality]/ufficio/bandi/nuovo",
    en: "/[municipality]/office/calls/new",
  },
  "/[municipality]/office/calls/[call]": {
    it: "/[municipality]/ufficio/bandi/[call]",
    en: "/[municipality]/office/calls/[call]",
  },
  "/[municipality]/office/proposals": {
    it: "/[municipality]/ufficio/proposte",
    en: "/[municipality]/office/proposals",
  },
  "/[municipality]/office/proposals/[proposal]": {
    it: "/[municipality]/ufficio/proposte/[proposal]",
    en: "/[municipality]/office/proposals/[proposal]",
  },
  "/[municipality]/office/rounds": {
    it: "/[municipality]/ufficio/votazioni",
    en: "/[municipality]/office/rounds",
  },
  "/[municipality]/office/rounds/new/[call]": {
    it: "/[municipality]/ufficio/votazioni/nuova/[call]",
    en: "/[municipality]/office/rounds/new/[call]",
  },
  "/[municipality]/office/rounds/[round]": {
    it: "/[municipality]/ufficio/votazioni/[round]",
    en: "/[municipality]/office/rounds/[round]",
  },
} as const;
