/** The few pages of an issuer: an objection, and in a trial the mailbox. Plain HTML without scripts. */
import { escapeHtml, type PageLanguage, trialPage } from "../trial-page";
import type { KeptNotice } from "./notices";

const words = {
  it: {
    objectionTitle: "Non sono stato io a chiedere la credenziale",
    before:
      "Se conferma, nessuna credenziale di voto sarà rilasciata a Suo nome per questa votazione. Potrà votare su carta.",
    after:
      "Una credenziale è già stata rilasciata. Se conferma, la Sua segnalazione sarà contata pubblicamente fra le contestazioni e i garanti ne saranno informati.",
    confirm: "Confermo: non sono stato io",
    doneTitle: "Segnalazione registrata",
    doneBefore: "A Suo nome non sarà rilasciata nessuna credenziale.",
    doneAfter: "La segnalazione è stata registrata. Per votare si rivolga al Comune.",
    unknownTitle: "Indirizzo non valido",
    unknown: "Questo indirizzo non corrisponde a nessuna richiesta. Controlli di averlo copiato per intero.",
    mailboxTitle: "Casella di prova",
    mailboxWarning:
      "In questa prova i messaggi non vengono spediti: si leggono qui. Le persone sono inventate.",
    none: "Nessun messaggio.",
    issuers: ["Comune", "Case del Quartiere", "Garanti"],
  },
  en: {
    objectionTitle: "I did not ask for the credential",
    before:
      "If you confirm, no voting credential will be issued in your name for this vote. You can vote on paper.",
    after:
      "A credential has already been issued. If you confirm, your report will be counted publicly among the objections, and the guarantors will be told.",
    confirm: "I confirm: it was not me",
    doneTitle: "Your report is recorded",
    doneBefore: "No credential will be issued in your name.",
    doneAfter: "Your report is recorded. To vote, please ask the Municipality.",
    unknownTitle: "This address is not valid",
    unknown: "This address belongs to no request. Please check that you copied all of it.",
    mailboxTitle: "Trial mailbox",
    mailboxWarning: "In this trial messages are not sent: they are read here. The people are invented.",
    none: "No messages.",
    issuers: ["Municipality", "Neighbourhood houses", "Guarantors"],
  },
} as const;

interface Page {
  readonly language: PageLanguage;
  readonly styles: string;
}

export function objectionPage(page: Page, issued: boolean): string {
  const text = words[page.language];
  return trialPage(
    page,
    text.objectionTitle,
    `<p class="warning">${issued ? text.after : text.before}</p><form method="post"><button>${text.confirm}</button></form>`,
  );
}

export function objectedPage(page: Page, issued: boolean): string {
  const text = words[page.language];
  return trialPage(page, text.doneTitle, `<p>${issued ? text.doneAfter : text.doneBefore}</p>`);
}

export function unknownObjectionPage(page: Page): string {
  const text = words[page.language];
  return trialPage(page, text.unknownTitle, `<p>${text.unknown}</p>`);
}

export function mailboxPage(page: Page, issuer: 1 | 2 | 3, notices: readonly KeptNotice[]): string {
  const text = words[page.language];
  const items = notices.map(
    (notice) =>
      `<li><h2>${escapeHtml(notice.subject)}</h2><p>${linked(notice.text)}</p><small>${new Date(
        notice.at,
      ).toLocaleString(page.language === "en" ? "en-GB" : "it-IT", {
        dateStyle: "long",
        timeStyle: "short",
        timeZone: "Europe/Rome",
      })}</small></li>`,
  );
  return trialPage(
    page,
    `${text.mailboxTitle}: ${text.issuers[issuer - 1]}`,
    `<p class="warning">${text.mailboxWarning}</p>${items.length > 0 ? `<ul>${items.join("")}</ul>` : `<p>${text.none}</p>`}`,
  );
}

/** Lines, and addresses as links. */
function linked(text: string): string {
  return escapeHtml(text)
    .replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`)
    .replaceAll("\n", "<br>");
}
