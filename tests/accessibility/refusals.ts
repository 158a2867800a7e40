import { goOn, type Visit } from "./visits";

/** A form sent with what it cannot take. */
export type Refusal = Omit<Visit, "folder"> & { form: string; fill?: Readonly<Record<string, string>> };

const officer = "Laura Giordano";

export const refusals: readonly Refusal[] = [
  { path: "/torino/mio/dati/cancella", form: "form#erase", as: "Luca Gallo" },
  { path: "/torino/ufficio/bandi/nuovo", form: "form#call", as: officer },
  { path: "/torino/ufficio/linee", form: "form:has([name=fund])", as: officer },
  { path: "/torino/ufficio/elenco", form: "form#import-roll", as: "Valeria Nicola" },
  {
    path: "/torino/ufficio",
    follow: /^\/torino\/ufficio\/compiti\/[^/]+\/[^/]+$/,
    form: "form#protocol-number",
    fill: { number: "senza cifre" },
    as: officer,
  },
  {
    path: "/torino/ufficio",
    follow: /^\/torino\/patti\/[^/]+$/,
    form: "form#insurance",
    as: officer,
  },
  {
    path: "/torino/ufficio",
    follow: /^\/torino\/ufficio\/proposte\/[^/]+$/,
    form: "form#score",
    as: "Nadia Haddad",
  },
  {
    path: "/torino/votazioni",
    follow: /^\/torino\/votazioni\/giardini-e-piazze-[^/]+$/,
    prepare: (page) => goOn(page, "vota"),
    form: "form#ballot",
    as: "Luca Gallo",
  },
  {
    path: "/torino/bandi/hai-un-luogo-in-mente-sportello-sempre-aperto",
    follow: /^\/torino\/beni\/[^/]+$/,
    form: "form:has(textarea)",
    as: "Luca Gallo",
  },
];
