/**
 * Every page of the site: the folder below `app/[locale]` and the permanent path in each language.
 * A page that is missing here is not reachable by its Italian path. Paths start with the municipality.
 */
export const pathnames = {
  "/": "/",
  "/accessibility": { it: "/accessibilita", en: "/accessibility" },
  "/how-it-works": { it: "/come-funziona", en: "/how-it-works" },
  "/glossary": { it: "/parole", en: "/glossary" },
  "/privacy": { it: "/privacy", en: "/privacy" },
  "/sign-in": { it: "/accedi", en: "/sign-in" },
  "/unsubscribe": { it: "/disiscrizione", en: "/unsubscribe" },
  "/confirm-address": { it: "/conferma-indirizzo", en: "/confirm-address" },
  "/offline": { it: "/senza-rete", en: "/offline" },
  "/first-key": { it: "/prima-chiave", en: "/first-key" },
  "/[municipality]": "/[municipality]",

  "/[municipality]/commons": { it: "/[municipality]/beni", en: "/[municipality]/commons" },
  "/[municipality]/commons/[commons]": {
    it: "/[municipality]/beni/[commons]",
    en: "/[municipality]/commons/[commons]",
  },
  "/[municipality]/commons/[commons]/pictures": {
    it: "/[municipality]/beni/[commons]/fotografie",
    en: "/[municipality]/commons/[commons]/pictures",
  },
  "/[municipality]/pictures/[picture]": {
    it: "/[municipality]/fotografie/[picture]",
    en: "/[municipality]/pictures/[picture]",
  },
  "/[municipality]/office/pictures": {
    it: "/[municipality]/ufficio/fotografie",
    en: "/[municipality]/office/pictures",
  },
  "/[municipality]/meetings": { it: "/[municipality]/incontri", en: "/[municipality]/meetings" },
  "/[municipality]/meetings/new/[type]/[subject]": {
    it: "/[municipality]/incontri/nuovo/[type]/[subject]",
    en: "/[municipality]/meetings/new/[type]/[subject]",
  },
  "/[municipality]/meetings/[meeting]": {
    it: "/[municipality]/incontri/[meeting]",
    en: "/[municipality]/meetings/[meeting]",
  },
  "/[municipality]/meetings/[meeting]/edit": {
    it: "/[municipality]/incontri/[meeting]/modifica",
    en: "/[municipality]/meetings/[meeting]/edit",
  },
  "/[municipality]/comments/[comment]": {
    it: "/[municipality]/commenti/[comment]",
    en: "/[municipality]/comments/[comment]",
  },
  "/[municipality]/comments/on/[type]/[subject]": {
    it: "/[municipality]/commenti/su/[type]/[subject]",
    en: "/[municipality]/comments/on/[type]/[subject]",
  },
  "/[municipality]/proposals/[proposal]/versions": {
    it: "/[municipality]/proposte/[proposal]/versioni",
    en: "/[municipality]/proposals/[proposal]/versions",
  },
  "/[municipality]/mine/reports": {
    it: "/[municipality]/mio/segnalazioni",
    en: "/[municipality]/mine/reports",
  },
  "/[municipality]/office/moderation": {
    it: "/[municipality]/ufficio/moderazione",
    en: "/[municipality]/office/moderation",
  },
  "/[municipality]/office/moderation/log": {
    it: "/[municipality]/ufficio/moderazione/diario",
    en: "/[municipality]/office/moderation/log",
  },
  "/[municipality]/office/moderation/[case]": {
    it: "/[municipality]/ufficio/moderazione/[case]",
    en: "/[municipality]/office/moderation/[case]",
  },
  "/[municipality]/search": { it: "/[municipality]/cerca", en: "/[municipality]/search" },
  "/[municipality]/calls": { it: "/[municipality]/bandi", en: "/[municipality]/calls" },
  "/[municipality]/calls/[call]": { it: "/[municipality]/bandi/[call]", en: "/[municipality]/calls/[call]" },
  "/[municipality]/propose": { it: "/[municipality]/proponi", en: "/[municipality]/propose" },
  "/[municipality]/propose/join": {
    it: "/[municipality]/proponi/insieme",
    en: "/[municipality]/propose/join",
  },
  "/[municipality]/propose/receive": {
    it: "/[municipality]/proponi/ricevi",
    en: "/[municipality]/propose/receive",
  },
  "/[municipality]/propose/[draft]/[step]": {
    it: "/[municipality]/proponi/[draft]/[step]",
    en: "/[municipality]/propose/[draft]/[step]",
  },
  "/[municipality]/rounds": { it: "/[municipality]/votazioni", en: "/[municipality]/rounds" },
  "/[municipality]/rounds/published": {
    it: "/[municipality]/votazioni/pubblicate",
    en: "/[municipality]/rounds/published",
  },
  "/[municipality]/rounds/[round]": {
    it: "/[municipality]/votazioni/[round]",
    en: "/[municipality]/rounds/[round]",
  },
  "/[municipality]/rounds/[round]/vote": {
    it: "/[municipality]/votazioni/[round]/vota",
    en: "/[municipality]/rounds/[round]/vote",
  },
  "/[municipality]/rounds/[round]/vote/review": {
    it: "/[municipality]/votazioni/[round]/vota/rivedi",
    en: "/[municipality]/rounds/[round]/vote/review",
  },
  "/[municipality]/rounds/[round]/credential": {
    it: "/[municipality]/votazioni/[round]/credenziale",
    en: "/[municipality]/rounds/[round]/credential",
  },
  "/[municipality]/rounds/[round]/desk": {
    it: "/[municipality]/votazioni/[round]/sportello",
    en: "/[municipality]/rounds/[round]/desk",
  },
  "/[municipality]/rounds/[round]/check": {
    it: "/[municipality]/votazioni/[round]/controlla",
    en: "/[municipality]/rounds/[round]/check",
  },
  "/[municipality]/rounds/[round]/secrecy": {
    it: "/[municipality]/votazioni/[round]/segretezza",
    en: "/[municipality]/rounds/[round]/secrecy",
  },
  "/[municipality]/rounds/[round]/compare": {
    it: "/[municipality]/votazioni/[round]/confronta",
    en: "/[municipality]/rounds/[round]/compare",
  },
  "/[municipality]/rounds/[round]/receipt": {
    it: "/[municipality]/votazioni/[round]/ricevuta",
    en: "/[municipality]/rounds/[round]/receipt",
  },
  "/[municipality]/rounds/[round]/result": {
    it: "/[municipality]/votazioni/[round]/esito",
    en: "/[municipality]/rounds/[round]/result",
  },
  "/[municipality]/rounds/[round]/verify": {
    it: "/[municipality]/votazioni/[round]/verifica",
    en: "/[municipality]/rounds/[round]/verify",
  },
  "/[municipality]/pacts": { it: "/[municipality]/patti", en: "/[municipality]/pacts" },
  "/[municipality]/pacts/[pact]": { it: "/[municipality]/patti/[pact]", en: "/[municipality]/pacts/[pact]" },
  "/[municipality]/funds": { it: "/[municipality]/fondi", en: "/[municipality]/funds" },
  "/[municipality]/funds/[payment]": {
    it: "/[municipality]/fondi/[payment]",
    en: "/[municipality]/funds/[payment]",
  },
  "/[municipality]/control-room": {
    it: "/[municipality]/controllo",
    en: "/[municipality]/control-room",
  },
  "/[municipality]/grants": { it: "/[municipality]/contributi", en: "/[municipality]/grants" },
  "/[municipality]/participation": {
    it: "/[municipality]/partecipazione",
    en: "/[municipality]/participation",
  },
  "/[municipality]/open-data": { it: "/[municipality]/dati-aperti", en: "/[municipality]/open-data" },
  "/[municipality]/houses": { it: "/[municipality]/case", en: "/[municipality]/houses" },
  "/[municipality]/houses/[house]": {
    it: "/[municipality]/case/[house]",
    en: "/[municipality]/houses/[house]",
  },
  "/[municipality]/houses/[house]/edit": {
    it: "/[municipality]/case/[house]/modifica",
    en: "/[municipality]/houses/[house]/edit",
  },
  "/[municipality]/volunteers/[proposal]": {
    it: "/[municipality]/volontari/[proposal]",
    en: "/[municipality]/volunteers/[proposal]",
  },
  "/[municipality]/register": { it: "/[municipality]/ruoli", en: "/[municipality]/register" },
  "/[municipality]/legal-notes": {
    it: "/[municipality]/note-legali",
    en: "/[municipality]/legal-notes",
  },
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
  "/[municipality]/mine/notifications": {
    it: "/[municipality]/mio/avvisi",
    en: "/[municipality]/mine/notifications",
  },
  "/[municipality]/mine/notifications/settings": {
    it: "/[municipality]/mio/avvisi/impostazioni",
    en: "/[municipality]/mine/notifications/settings",
  },
  "/[municipality]/mine/mailbox": { it: "/[municipality]/mio/posta", en: "/[municipality]/mine/mailbox" },
  "/[municipality]/mine/mailbox/[mail]": {
    it: "/[municipality]/mio/posta/[mail]",
    en: "/[municipality]/mine/mailbox/[mail]",
  },
  "/[municipality]/mine/keys": { it: "/[municipality]/mio/chiavi", en: "/[municipality]/mine/keys" },
  "/[municipality]/office": { it: "/[municipality]/ufficio", en: "/[municipality]/office" },
  "/[municipality]/office/duties/[transaction]/[record]": {
    it: "/[municipality]/ufficio/compiti/[transaction]/[record]",
    en: "/[municipality]/office/duties/[transaction]/[record]",
  },
  "/[municipality]/office/first-hour": {
    it: "/[municipality]/ufficio/avvio",
    en: "/[municipality]/office/first-hour",
  },
  "/[municipality]/office/roll": {
    it: "/[municipality]/ufficio/elenco",
    en: "/[municipality]/office/roll",
  },
  "/[municipality]/office/register": {
    it: "/[municipality]/ufficio/ruoli",
    en: "/[municipality]/office/register",
  },
  "/[municipality]/office/signatures": {
    it: "/[municipality]/ufficio/firme",
    en: "/[municipality]/office/signatures",
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
  "/[municipality]/newsletters": {
    it: "/[municipality]/notiziario",
    en: "/[municipality]/newsletters",
  },
  "/[municipality]/newsletters/[newsletter]": {
    it: "/[municipality]/notiziario/[newsletter]",
    en: "/[municipality]/newsletters/[newsletter]",
  },
  "/[municipality]/office/newsletters": {
    it: "/[municipality]/ufficio/notiziario",
    en: "/[municipality]/office/newsletters",
  },
  "/[municipality]/office/newsletters/[newsletter]": {
    it: "/[municipality]/ufficio/notiziario/[newsletter]",
    en: "/[municipality]/office/newsletters/[newsletter]",
  },
  "/[municipality]/office/profile": {
    it: "/[municipality]/ufficio/recapiti",
    en: "/[municipality]/office/profile",
  },
  "/[municipality]/office/houses": {
    it: "/[municipality]/ufficio/case",
    en: "/[municipality]/office/houses",
  },
  "/[municipality]/office/houses/[house]": {
    it: "/[municipality]/ufficio/case/[house]",
    en: "/[municipality]/office/houses/[house]",
  },
  "/[municipality]/office/map": {
    it: "/[municipality]/ufficio/mappa",
    en: "/[municipality]/office/map",
  },
  "/[municipality]/office/feedback": {
    it: "/[municipality]/ufficio/giudizi",
    en: "/[municipality]/office/feedback",
  },
  "/[municipality]/office/lines": {
    it: "/[municipality]/ufficio/linee",
    en: "/[municipality]/office/lines",
  },
  "/[municipality]/office/treasury": {
    it: "/[municipality]/ufficio/tesoreria",
    en: "/[municipality]/office/treasury",
  },
  "/[municipality]/office/treasury/codes": {
    it: "/[municipality]/ufficio/tesoreria/codici",
    en: "/[municipality]/office/treasury/codes",
  },
  "/[municipality]/office/treasury/reconciliation": {
    it: "/[municipality]/ufficio/tesoreria/quadratura",
    en: "/[municipality]/office/treasury/reconciliation",
  },
  "/[municipality]/office/treasury/[import]": {
    it: "/[municipality]/ufficio/tesoreria/[import]",
    en: "/[municipality]/office/treasury/[import]",
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
