/** The trial signer's two pages, in plain HTML without scripts. */
import { escapeHtml, type PageLanguage, trialPage } from "../trial-page";
import { actInWords } from "./act-in-words";
import type { Reason } from "./form";
import type { Request } from "./requests";

const words = {
  it: {
    title: "Firma di prova",
    warning:
      "Questa non è una firma vera. La chiave della persona inventata sta in un programma di questa macchina, al posto del suo telefono o della sua chiave di sicurezza.",
    signs: "Firma",
    organisation: "per",
    organisations: { Comune: "il Comune", Case: "la rete delle Case", Garanti: "i garanti" },
    role: "Ruolo",
    expires: "Si può registrare fino al giorno",
    act: "Atto",
    sign: (count: number) => (count === 1 ? "Firma" : `Firma tutti e ${count} gli atti`),
    cancel: "Torna a Co-City senza firmare",
    refused: "La firma non è possibile",
    reasons: {
      unknown_host: "Questo programma risponde solo al proprio indirizzo.",
      other_site: "La richiesta non viene da una pagina di Co-City. Non è stato firmato nulla.",
      not_readable: "La richiesta non è leggibile. Non è stato firmato nulla.",
      too_long: "La richiesta è troppo lunga. Non è stato firmato nulla.",
      other_person:
        "L’atto è di un’altra persona da quella con cui hai fatto l’accesso. Non è stato firmato nulla.",
      no_key: "Questa persona non ha una chiave di prova.",
      gone: "La richiesta è scaduta, è già stata firmata o viene da un altro browser. Torna a Co-City e riprova.",
      not_found: "Questa pagina non esiste.",
      failed: "Qualcosa non ha funzionato. Non è stato firmato nulla.",
    } satisfies Record<Reason, string>,
    back: "Torna a Co-City",
  },
  en: {
    title: "Trial signature",
    warning:
      "This is no real signature. The invented person’s key is in a program on this machine, in the place of their phone or security key.",
    signs: "Signed by",
    organisation: "for",
    organisations: { Comune: "the municipality", Case: "the network of houses", Garanti: "the guarantors" },
    role: "Role",
    expires: "Can be recorded until the day",
    act: "Act",
    sign: (count: number) => (count === 1 ? "Sign" : `Sign all ${count} acts`),
    cancel: "Back to Co-City without signing",
    refused: "Signing is not possible",
    reasons: {
      unknown_host: "This program answers to its own address only.",
      other_site: "The request does not come from a page of Co-City. Nothing was signed.",
      not_readable: "The request cannot be read. Nothing was signed.",
      too_long: "The request is too long. Nothing was signed.",
      other_person: "The act is another person’s than the one you signed in as. Nothing was signed.",
      no_key: "This person has no trial key.",
      gone: "The request has expired, was signed already, or comes from another browser. Go back to Co-City and try again.",
      not_found: "There is no such page.",
      failed: "Something did not work. Nothing was signed.",
    } satisfies Record<Reason, string>,
    back: "Back to Co-City",
  },
} as const;

/** Who signs what, in words made from the bytes that are signed, and the button. */
export function signPage(options: { request: Request; token: string; styles: string }): string {
  const { request, token, styles } = options;
  const { key, acts, language, returnTo, id } = request;
  const text = words[language];
  const form = `<form method="post" action="/confirm">
    <input type="hidden" name="request" value="${escapeHtml(id)}">
    <input type="hidden" name="token" value="${escapeHtml(token)}">
    <p><button>${text.sign(acts.length)}</button></p></form>`;
  const who = `${text.signs} <strong>${escapeHtml(key.name)}</strong> ${text.organisation} ${text.organisations[key.organisation]}`;
  return trialPage(
    { language, styles },
    text.title,
    `<p class="warning"><strong>${text.warning}</strong></p><p>${who}.</p>
    ${acts.map((one) => describe(one, language)).join("")}${form}
    <p><a href="${escapeHtml(returnTo)}">${text.cancel}</a></p>`,
  );
}

export function refusalPage(options: {
  language: PageLanguage;
  reason: Reason;
  styles: string;
  site: string;
}): string {
  const text = words[options.language];
  return trialPage(
    options,
    text.refused,
    `<p>${text.reasons[options.reason]}</p><p><a href="${escapeHtml(options.site)}">${text.back}</a></p>`,
  );
}

function describe({ text: bytes }: Request["acts"][number], language: PageLanguage): string {
  const text = words[language];
  const { title, role, rows, expiresOn } = actInWords(bytes, language);
  const all = [[text.role, role], ...rows, [text.expires, expiresOn]];
  const list = all.map(
    ([label = "", value = ""]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`,
  );
  return `<section><h2>${escapeHtml(title)}</h2><dl>${list.join("")}</dl></section>`;
}
