import type { Page } from "playwright-core";
import sharp from "sharp";

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
const treasurer = "Ivana Conti";

const guarantor = "Maria Zanetti";

const one = "[^/?#]+";
/** The round whose ballots are open; another one’s are sealed. */
const openBallot = "giardini-e-piazze-[^/?#]*";
/** Of its commons the first has comments. */
const talkedAbout = "/torino/bandi/hai-un-luogo-in-mente-sportello-sempre-aperto";

export const visits: readonly Visit[] = [
  { folder: "(site)", path: "/" },
  { folder: "(site)", path: "/?nome=xyzzy" },
  { folder: "(site)", path: "/en?nome=san" },
  { folder: "(site)/sign-in", path: "/accedi?error=OAuthCallback" },
  { folder: "(site)/sign-in", path: "/en/sign-in?uscito=1" },
  { folder: "(site)/accessibility", path: "/en/accessibility" },
  { folder: "(site)/how-it-works", path: "/come-funziona" },
  { folder: "(site)/how-it-works", path: "/en/how-it-works" },
  { folder: "(site)/glossary", path: "/parole" },
  { folder: "(site)/glossary", path: "/en/glossary" },
  { folder: "(site)/privacy", path: "/privacy" },
  { folder: "(site)/offline", path: "/senza-rete" },
  { folder: "(site)/first-key", path: "/prima-chiave" },
  {
    folder: "(site)/first-key",
    path: "/en/first-key?founding=00112233445566778899aabbccddeeff&person=somebody&name=Somebody",
  },
  { folder: "(site)/unsubscribe", path: "/disiscrizione?link=nessuno" },
  { folder: "(site)/confirm-address", path: "/en/confirm-address?link=nobody" },
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
    path: "/en/torino/calls/hai-un-luogo-in-mente-sportello-sempre-aperto",
    follow: path("en/torino/commons", one),
    as: officer,
  },
  {
    folder: "[municipality]/commons/[commons]/pictures",
    path: "/torino/fondi",
    follow: path("beni", one),
    prepare: (page) => goOn(page, "fotografie"),
  },
  {
    folder: "[municipality]/commons/[commons]/pictures",
    path: "/en/torino/commons",
    follow: path("en/torino/commons", one),
    prepare: async (page) => {
      await goOn(page, "pictures");
      await page.getByLabel("What it shows").fill("Il cortile con due alberi");
      await page.getByLabel("No, nobody can be recognised").check();
      await page.getByRole("button", { name: "Publish the photograph" }).click();
      await page.getByText("Choose a file").first().waitFor();
    },
    as: officer,
  },
  {
    folder: "[municipality]/pictures/[picture]",
    path: "/torino/beni",
    follow: path("beni", one),
    prepare: async (page) => {
      await goOn(page, "fotografie");
      await addPhotograph(page);
      await openAll(page);
    },
    as: officer,
  },
  {
    folder: "[municipality]/comments/on/[type]/[subject]",
    path: talkedAbout,
    follow: path("beni", one),
    prepare: (page) => follow(page, "/commenti/su/"),
  },
  {
    folder: "[municipality]/comments/on/[type]/[subject]",
    path: `/en${talkedAbout.replace("bandi", "calls")}`,
    follow: path("en/torino/commons", one),
    prepare: async (page) => {
      await follow(page, "/comments/on/");
      await page.goto(`${page.url()}?ordina=supported`);
      await openAll(page);
    },
    as: officer,
  },
  {
    folder: "[municipality]/comments/[comment]",
    path: talkedAbout,
    follow: path("beni", one),
    prepare: async (page) => {
      await follow(page, "/torino/commenti/", "/su/");
      await openAll(page);
    },
    as: resident,
  },
  {
    folder: "[municipality]/proposals/[proposal]/versions",
    path: talkedAbout,
    follow: path("beni", one),
    prepare: async (page) => {
      await follow(page, "/commenti/su/");
      const proposal = new URL(page.url()).pathname.split("/").at(-1);
      await page.goto(new URL(`/torino/proposte/${proposal}/versioni`, page.url()).href);
    },
  },
  { folder: "[municipality]/mine/reports", path: "/torino/mio/segnalazioni", as: resident },
  { folder: "[municipality]/office/moderation", path: "/torino/ufficio/moderazione", as: officer },
  {
    folder: "[municipality]/office/moderation/[case]",
    path: "/torino/ufficio/moderazione",
    follow: path("ufficio/moderazione", "[0-9a-f-]{36}"),
    prepare: openAll,
    as: officer,
  },
  {
    folder: "[municipality]/office/moderation/log",
    path: "/en/torino/office/moderation/log",
    as: guarantor,
  },
  { folder: "[municipality]/search", path: "/torino/cerca" },
  { folder: "[municipality]/search", path: "/en/torino/search?q=piazza" },
  { folder: "[municipality]/search", path: "/torino/cerca?q=xyzzyx" },
  { folder: "[municipality]/calls", path: "/torino/bandi" },
  { folder: "[municipality]/calls/[call]", path: "/en/torino/calls", follow: path("en/torino/calls", one) },
  { folder: "[municipality]/meetings", path: "/torino/incontri" },
  { folder: "[municipality]/meetings", path: "/en/torino/meetings?zona=99" },
  {
    folder: "[municipality]/meetings/[meeting]",
    path: "/torino/incontri",
    follow: path("incontri", one),
    as: resident,
  },
  {
    folder: "[municipality]/meetings/[meeting]/edit",
    path: "/en/torino/meetings",
    follow: path("en/torino/meetings", one),
    prepare: async (page) => {
      await goOn(page, "edit");
      await openAll(page);
    },
    as: officer,
  },
  {
    folder: "[municipality]/meetings/new/[type]/[subject]",
    path: "/torino/case",
    follow: path("case", one),
    prepare: (page) => follow(page, "/incontri/nuovo/"),
    as: "Paolo Rosso",
  },
  { folder: "[municipality]/houses", path: "/torino/case" },
  {
    folder: "[municipality]/houses/[house]",
    path: "/en/torino/houses",
    follow: path("en/torino/houses", one),
  },

  {
    folder: "[municipality]/houses/[house]/edit",
    path: "/torino/case",
    follow: path("case", one),
    prepare: async (page) => {
      await goOn(page, "modifica");
      await openAll(page);
    },
    as: "Paolo Rosso",
  },

  { folder: "[municipality]/rounds", path: "/torino/votazioni" },
  { folder: "[municipality]/rounds/published", path: "/torino/votazioni/pubblicate" },
  {
    folder: "[municipality]/rounds/[round]",
    path: "/en/torino/rounds",
    follow: path("en/torino/rounds", one),
  },
  {
    folder: "[municipality]/rounds/[round]/vote",
    path: "/torino/votazioni",
    follow: path("votazioni", openBallot),
    prepare: async (page) => {
      await goOn(page, "vota");
      await openAll(page);
    },
    as: resident,
  },
  {
    folder: "[municipality]/rounds/[round]/vote/review",
    path: "/torino/votazioni",
    follow: path("votazioni", openBallot),
    prepare: async (page) => {
      await goOn(page, "vota");
      await page.locator('form#ballot input[name="choices"]').first().check();
      await page.getByRole("button", { name: "Rivedi la scheda" }).click();
      await page.waitForURL(/\/rivedi$/);
    },
    as: resident,
  },
  {
    folder: "[municipality]/rounds/[round]/compare",
    path: "/torino/votazioni",
    follow: path("votazioni", openBallot),
    prepare: async (page) => {
      await goOn(page, "confronta");
      await page.getByRole("button", { name: "Confronta" }).click();
      await page.getByRole("table").waitFor();
    },
  },
  {
    folder: "[municipality]/rounds/[round]/receipt",
    path: "/torino/votazioni",
    follow: path("votazioni", openBallot),
    prepare: (page) => goOn(page, "ricevuta"),
    as: resident,
  },
  {
    folder: "[municipality]/rounds/[round]/result",
    path: "/torino/votazioni",
    follow: path("votazioni", "riapriamo-quali-[^/]*"),
    prepare: async (page) => {
      await goOn(page, "esito");
      await page.getByRole("button", { name: "Conta con questa regola" }).click();
      await page
        .getByText(/i progetti scelti sono gli stessi|Entrerebbero|Resterebbero fuori/)
        .first()
        .waitFor();
    },
  },
  {
    folder: "[municipality]/rounds/[round]/verify",
    path: "/torino/votazioni",
    follow: path("votazioni", "riapriamo-quali-[^/]*"),
    prepare: async (page) => {
      await goOn(page, "verifica");
      await page.getByRole("button", { name: "Verifica nel browser" }).click();
      await page.getByText("Tutto ciò che si può controllare è a posto").waitFor();
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

  { folder: "[municipality]/control-room", path: "/torino/controllo" },
  { folder: "[municipality]/control-room", path: "/en/torino/control-room?per=commons&stato=paid" },
  { folder: "[municipality]/grants", path: "/torino/contributi" },
  { folder: "[municipality]/grants", path: "/en/torino/grants?ordina=amount&verso=ascending&q=xyzzy" },
  { folder: "[municipality]/open-data", path: "/torino/dati-aperti" },
  { folder: "[municipality]/open-data", path: "/en/aglie/open-data" },

  { folder: "[municipality]/register", path: "/torino/ruoli" },
  { folder: "[municipality]/register", path: "/en/torino/register?ruolo=assessor&quando=oggi" },
  { folder: "[municipality]/register", path: "/en/torino/register?ordina=person&verso=ascending" },

  { folder: "[municipality]/verify", path: "/torino/verifica" },
  { folder: "[municipality]/verify", path: `/en/torino/verify?codice=${"0".repeat(64)}` },
  {
    folder: "[municipality]/verify/[transaction]",
    path: "/torino/fondi",
    follow: path("verifica", "[0-9a-f]{64}"),
  },

  { folder: "[municipality]/propose", path: "/en/torino/propose" },
  {
    folder: "[municipality]/propose/receive",
    path: "/torino/proponi/ricevi?codice=ABCD-EFGH-JKMN",
    as: resident,
  },
  {
    folder: "[municipality]/propose/join",
    path: "/en/torino/propose/join?codice=ABCD-EFGH-JKMN",
    as: resident,
  },
  { folder: "[municipality]/mine", path: "/torino/mio", as: resident },
  {
    folder: "[municipality]/volunteers/[proposal]",
    path: "/torino/ufficio/coprogettazione",
    follow: path("ufficio/coprogettazione", one),
    prepare: async (page) => {
      const link = page.getByRole("link", { name: "Chi offre tempo" });
      await page.goto(new URL((await link.getAttribute("href")) ?? "", page.url()).href);
    },
    as: "Paolo Rosso",
  },
  { folder: "[municipality]/mine/acts", path: "/torino/mio/atti", as: officer },
  { folder: "[municipality]/sign", path: "/en/torino/sign", as: officer },
  { folder: "[municipality]/mine/data", path: "/en/torino/mine/data", as: officer },
  { folder: "[municipality]/mine/notifications", path: "/torino/mio/avvisi", as: officer },
  {
    folder: "[municipality]/mine/notifications",
    path: "/en/torino/mine/notifications?tipo=calls&nuovi=1",
    as: resident,
  },
  {
    folder: "[municipality]/mine/notifications/settings",
    path: "/torino/mio/avvisi/impostazioni",
    as: officer,
  },
  {
    folder: "[municipality]/mine/notifications/settings",
    path: "/en/torino/mine/notifications/settings",
    prepare: async (page) => {
      await page.getByRole("textbox", { name: "Email address" }).fill("andrei@example.org");
      await page.getByRole("button", { name: "Save and send the link" }).click();
      await page.getByText("to be confirmed").waitFor();
    },
    as: resident,
  },
  { folder: "[municipality]/mine/mailbox", path: "/en/torino/mine/mailbox", as: resident },
  {
    folder: "[municipality]/mine/mailbox/[mail]",
    path: "/torino/mio/posta",
    follow: path("mio/posta", one),
    as: resident,
  },
  { folder: "[municipality]/mine/data/erase", path: "/torino/mio/dati/cancella", as: resident },

  { folder: "[municipality]/office", path: "/torino/ufficio", as: officer },
  { folder: "[municipality]/office", path: "/en/torino/office", as: "Ivana Conti" },
  { folder: "[municipality]/office", path: "/torino/ufficio", as: "Riccardo Valfrè" },
  { folder: "[municipality]/office", path: "/en/torino/office", as: "Maria Zanetti" },
  { folder: "[municipality]/office", path: "/torino/ufficio?q=xyzzy&tipo=payments&miei=1", as: officer },
  { folder: "[municipality]/office", path: "/en/torino/office?ordina=due&verso=descending", as: officer },
  {
    folder: "[municipality]/office/duties/[transaction]/[record]",
    path: "/torino/ufficio",
    follow: path("ufficio/compiti/[^/]+", one),
    as: officer,
  },
  {
    folder: "[municipality]/office/duties/[transaction]/[record]",
    path: "/en/torino/office/duties/payments.check/none",
    as: officer,
  },
  { folder: "[municipality]/office/treasury", path: "/torino/ufficio/tesoreria", as: officer },
  {
    folder: "[municipality]/office/treasury/[import]",
    path: "/torino/ufficio/tesoreria",
    prepare: loadOutcomes,
    as: treasurer,
  },
  { folder: "[municipality]/office/treasury/codes", path: "/torino/ufficio/tesoreria/codici", as: officer },
  {
    folder: "[municipality]/office/treasury/reconciliation",
    path: "/en/torino/office/treasury/reconciliation",
    as: officer,
  },
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
    folder: "[municipality]/office/signatures",
    path: "/torino/ufficio/firme",
    as: "Paolo Rosso",
    prepare: openAll,
  },
  { folder: "[municipality]/office/signatures", path: "/en/torino/office/signatures", as: "Maria Zanetti" },
  {
    folder: "[municipality]/office/settings",
    path: "/torino/ufficio/impostazioni",
    as: "Valeria Nicola",
    prepare: openAll,
  },
  { folder: "[municipality]/office/settings", path: "/en/torino/office/settings", as: "Maria Zanetti" },
  { folder: "[municipality]/office/pictures", path: "/torino/ufficio/fotografie", as: officer },
  { folder: "[municipality]/legal-notes", path: "/torino/note-legali" },
  {
    folder: "[municipality]/office/first-hour",
    path: "/torino/ufficio/avvio",
    as: "Valeria Nicola",
    prepare: openAll,
  },
  {
    folder: "[municipality]/office/first-hour",
    path: "/en/torino/office/first-hour",
    as: "Valeria Nicola",
  },
  { folder: "[municipality]/newsletters", path: "/torino/notiziario", as: resident },
  { folder: "[municipality]/office/newsletters", path: "/torino/ufficio/notiziario", as: "Valeria Nicola" },
  {
    folder: "[municipality]/office/newsletters/[newsletter]",
    path: "/en/torino/office/newsletters",
    prepare: writeNewsletter,
    as: "Valeria Nicola",
  },
  {
    folder: "[municipality]/newsletters/[newsletter]",
    path: "/en/torino/office/newsletters",
    prepare: async (page) => {
      await writeNewsletter(page);
      await page.getByLabel(/I have read/).check();
      await page.getByRole("button", { name: "Send the newsletter" }).click();
      await page.getByRole("link", { name: "See the public page" }).click();
      // The office's page also says "Sent on".
      await page.waitForURL(/\/en\/torino\/newsletters\/[0-9a-f-]{36}$/);
    },
    as: "Valeria Nicola",
  },
  { folder: "[municipality]/office/profile", path: "/torino/ufficio/recapiti", as: "Valeria Nicola" },
  {
    folder: "[municipality]/office/houses",
    path: "/torino/ufficio/case",
    as: "Valeria Nicola",
    prepare: openAll,
  },
  {
    folder: "[municipality]/office/houses/[house]",
    path: "/en/torino/office/houses",
    follow: path("en/torino/office/houses", one),
    as: "Valeria Nicola",
  },
  { folder: "[municipality]/participation", path: "/torino/partecipazione" },
  { folder: "[municipality]/participation", path: "/en/torino/participation", as: "Valeria Nicola" },
  { folder: "[municipality]/office/map", path: "/torino/ufficio/mappa", as: "Valeria Nicola" },
  { folder: "[municipality]/office/feedback", path: "/en/torino/office/feedback", as: "Valeria Nicola" },
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

/** The first link to a path with these letters and without those, also where it is folded away. */
async function follow(page: Page, letters: string, without = "#"): Promise<void> {
  const links = await page
    .locator(`main a[href*="${letters}"]`)
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const link = links.find((href) => !href.includes(without));
  if (!link) throw new Error(`${page.url()} has no link with ${letters}`);
  await page.goto(new URL(link, page.url()).href);
}

/** A page below the one that is open. */
export async function goOn(page: Page, last: string): Promise<void> {
  await page.goto(`${page.url().replace(/[?#].*$/, "")}/${last}`);
}

/** A photograph of nothing, with what has to be said of it. */
async function addPhotograph(page: Page): Promise<void> {
  const buffer = await sharp({ create: { width: 1280, height: 960, channels: 3, background: "seagreen" } })
    .jpeg()
    .toBuffer();
  const file = { name: "cortile.jpg", mimeType: "image/jpeg", buffer };
  await page.locator('form#add-picture [name="file"]').setInputFiles(file);
  await page.getByLabel("Che cosa si vede").fill("Un campo verde, per prova");
  await page.getByLabel("No, non si riconosce nessuno").check();
  await page.getByRole("button", { name: "Pubblica la fotografia" }).click();
  await page.waitForURL(/\/fotografie\/[0-9a-f-]{36}/);
  await page.locator("main figure img").first().waitFor();
}

/** Everything folded away is looked at too. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
  });
}

/** Reads a list of the treasury's outcomes, up to the page that shows what would change. */
async function loadOutcomes(page: Page): Promise<void> {
  const rows = [
    "esercizio;numero_mandato;progressivo_beneficiario;importo;esito;data;quietanza",
    "2026;9999999;1;1,00;PAGATO;2026-11-01;1",
  ];
  const file = { name: "esiti.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) };
  await page.locator('input[name="files"]').setInputFiles(file);
  await page.getByRole("button", { name: "Leggi e mostra" }).click();
  await page.waitForURL(/tesoreria\/[0-9a-f-]{36}$/);
}

async function writeNewsletter(page: Page): Promise<void> {
  for (const [label, words] of [
    ["Title in Italian", "Le novità di novembre"],
    ["Text in Italian", "Si vota fino a domenica.\n\nTutto è su https://example.org/voto."],
    ["Title in English", "News of November"],
    ["Text in English", "Voting is open until Sunday.\n\nAll of it is at https://example.org/vote."],
  ] as const)
    await page.getByRole("textbox", { name: label }).fill(words);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("heading", { name: "How it reads" }).waitFor();
}
