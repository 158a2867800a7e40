/** Calls to begin from. Their texts are the Comune's own words once it has adapted them: they are in Italian, as those are. */
import type { CallFormValues } from "./call-form";

export const callTemplates = ["care", "building", "service"] as const;
export type CallTemplate = (typeof callTemplates)[number];

type Criterion = { it: string; en: string; weight: number };

const feasible = {
  it: "È realizzabile nei tempi e con i mezzi indicati",
  en: "Can be done in the time and with the means given",
};
const open = {
  it: "È aperta a tutti, e a chi di solito resta fuori",
  en: "Open to everybody, and to those who are usually left out",
};
const lasting = {
  it: "Dura anche dopo la fine del contributo",
  en: "Lasts after the contribution has ended",
};
const shared = {
  it: "Quante persone e realtà del quartiere la portano avanti",
  en: "How many people and groups of the neighbourhood carry it",
};

const whoMay =
  "Abitanti, anche non residenti, da soli o in gruppo; associazioni, comitati, cooperative e imprese sociali; scuole e parrocchie. Chi propone indica una persona di riferimento maggiorenne.";

const texts: Readonly<
  Record<CallTemplate, { values: Partial<CallFormValues>; criteria: readonly Criterion[] }>
> = {
  care: {
    values: {
      title: "Cura di spazi pubblici",
      summary:
        "Il Comune raccoglie proposte per curare insieme aiuole, piazze, sentieri e cortili. Le proposte si valutano man mano che arrivano.",
      objectives:
        "Far rivivere gli spazi pubblici del paese con chi li usa ogni giorno.\nRendere più facile prendersene cura insieme: il Comune mette a disposizione attrezzi, materiali, assicurazione e un contributo alle spese.\nFar conoscere fra loro persone che abitano vicine.",
      whoMay,
      documentsAsked: "Una fotografia del luogo com’è oggi.",
      scopes: ["C"],
      ...{ rolling: "on", threshold: "60", requiredScores: "2", maxCost: "3.000" },
    },
    criteria: [
      { it: "Il luogo ne ha bisogno", en: "The place needs it", weight: 30 },
      { ...open, weight: 25 },
      { ...shared, weight: 25 },
      { ...feasible, weight: 20 },
    ],
  },
  building: {
    values: {
      title: "Edifici in disuso",
      summary:
        "Il Comune cerca proposte per riaprire un edificio che oggi non usa nessuno. Le proposte ammesse si progettano insieme agli uffici; la scelta la fanno gli abitanti con il voto.",
      objectives:
        "Riaprire un edificio pubblico che oggi è chiuso, con attività utili a chi abita intorno.\nAffidarne la cura a più persone e realtà insieme, con un patto di collaborazione.\nSostenere chi comincia, finché l’attività non si regge da sola.",
      whoMay,
      documentsAsked:
        "Una descrizione delle attività e di chi le svolge.\nUn elenco delle spese previste, anno per anno.\nPer le realtà costituite, l’atto costitutivo o lo statuto.",
      scopes: ["A"],
      ...{ threshold: "70", requiredScores: "3", maxCost: "50.000" },
    },
    criteria: [
      {
        it: "Che cosa cambia per chi abita intorno",
        en: "What changes for those who live around it",
        weight: 30,
      },
      { ...lasting, weight: 25 },
      { ...feasible, weight: 20 },
      { ...open, weight: 15 },
      { ...shared, weight: 10 },
    ],
  },
  service: {
    values: {
      title: "Servizi pubblici poco usati",
      summary:
        "Il Comune cerca proposte per usare meglio biblioteche, palestre, cortili scolastici e altri servizi che restano chiusi per buona parte della giornata.",
      objectives:
        "Aprire servizi pubblici in ore e giorni in cui oggi sono chiusi.\nAggiungere attività che il Comune da solo non può offrire, senza togliere nulla a quelle che ci sono.\nFar incontrare generazioni diverse.",
      whoMay,
      documentsAsked:
        "Gli orari e gli spazi che si vogliono usare.\nIl parere di chi dirige il servizio, se è già stato chiesto.",
      scopes: ["B", "schools"],
      ...{ threshold: "65", requiredScores: "2", maxCost: "15.000" },
    },
    criteria: [
      {
        it: "Il servizio è usato di più e da più persone",
        en: "The service is used more and by more people",
        weight: 30,
      },
      { ...open, weight: 25 },
      { ...feasible, weight: 25 },
      { ...lasting, weight: 20 },
    ],
  },
};

/** The values with which the form of a new call begins; no dates and no lines, which are each Comune's. */
export function templateValues(template: CallTemplate, locale: "it" | "en"): Partial<CallFormValues> {
  const { values, criteria } = texts[template];
  return {
    ...values,
    // Amounts are typed as the language writes them.
    maxCost: locale === "en" ? (values.maxCost ?? "").replace(".", ",") : (values.maxCost ?? ""),
    criterionIt: criteria.map(({ it }) => it),
    criterionEn: criteria.map(({ en }) => en),
    weight: criteria.map(({ weight }) => String(weight)),
  };
}
