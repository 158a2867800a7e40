/**
 * Pacts to begin from. Their texts are what the parties sign once they have adapted them: they are in Italian, as those are. Title,
 * days and names are each pact's own.
 */
import type { pactForms } from "@/protocol/records/pacts";
import type { PactContent } from "./content";

export const pactTemplates = ["care", "building", "service"] as const;
export type PactTemplate = (typeof pactTemplates)[number];

const common = {
  governance:
    "Le parti decidono insieme. Si incontrano almeno due volte l’anno in una riunione aperta e annunciata sul sito; di ogni riunione resta un verbale che tutti possono leggere.",
  publicity:
    "Il patto, i suoi rendiconti e le fotografie del prima e del dopo sono pubblici sul sito del Comune. Una volta l’anno chi cura il bene racconta che cosa è stato fatto, con quali spese e con quali persone.",
  disputes:
    "Chi ha qualcosa da ridire lo dice prima alle altre parti. Se entro trenta giorni non si trova un accordo, le parti si rivolgono ai garanti. Una violazione grave e ripetuta fa finire il patto.",
  earlyEnd:
    "Ogni parte può chiedere di finire prima, con un preavviso di sessanta giorni e dicendo perché. Il Comune può sospendere subito le attività se c’è un pericolo per le persone.",
} as const;

const texts: Readonly<Record<PactTemplate, { form: (typeof pactForms)[number]; content: PactContent }>> = {
  care: {
    form: "ordinary",
    content: {
      ...common,
      objectives:
        "Tenere lo spazio pulito, accogliente e aperto a tutti.\nFar incontrare chi abita intorno e chi lo attraversa ogni giorno.",
      actions:
        "Pulizia leggera e cura del verde, secondo un calendario concordato.\nPiccole riparazioni che non richiedono un’impresa.\nMomenti pubblici di cura insieme, almeno due volte l’anno.",
      roles:
        "Chi firma per gli abitanti organizza i turni e tiene i contatti. Il Comune fornisce attrezzi e materiali, porta via i rifiuti raccolti e fa i lavori che richiedono un’impresa. La Casa del Quartiere dà appoggio per riunioni e avvisi.",
      duties:
        "Chi cura lo spazio segnala subito i pericoli, usa i dispositivi ricevuti e non chiude lo spazio a nessuno. Il Comune risponde alle segnalazioni entro quindici giorni e forma i volontari sulla sicurezza prima che comincino.",
      collectiveUse:
        "Lo spazio resta pubblico e gratuito. Nessuna attività lo occupa per più di un giorno senza che le parti lo abbiano deciso insieme.",
      monitoring:
        "Ogni tre mesi le parti guardano insieme lo spazio e aggiornano il calendario. Si contano le giornate di cura e le persone che partecipano.",
      damageInsurance:
        "Il Comune assicura i volontari per infortuni e per danni a terzi nelle attività del patto. Dei danni fatti apposta risponde chi li ha fatti.",
      support: "Attrezzi, dispositivi di protezione e materiali di consumo, a cura del Comune.",
      supervision: "L’ufficio tecnico può visitare lo spazio in ogni momento e segnala ciò che va corretto.",
      endOfPact:
        "Alla fine gli attrezzi tornano al Comune. Piante e arredi messi insieme restano allo spazio pubblico.",
    },
  },
  building: {
    form: "civic_collective_management",
    content: {
      ...common,
      objectives:
        "Riaprire l’edificio con attività utili a chi abita intorno.\nAffidarne la cura a più persone e realtà insieme, in modo che resti aperto anche a chi arriva dopo.",
      actions:
        "Apertura per un numero di ore settimanali scritto nel calendario pubblico.\nAttività culturali, sociali e di cura, proposte anche da chi non ha firmato.\nPulizia e manutenzione ordinaria dei locali.",
      roles:
        "Chi gestisce l’edificio ne cura l’apertura, le attività e i conti. Il Comune ne resta proprietario e fa la manutenzione straordinaria. La Casa del Quartiere aiuta a tenerlo aperto a tutto il quartiere.",
      duties:
        "Chi gestisce tiene i locali puliti e sicuri, rispetta il numero massimo di persone e presenta i rendiconti nei tempi. Il Comune consegna i locali con i certificati necessari e risponde alle segnalazioni entro quindici giorni.",
      collectiveUse:
        "L’uso dei locali si chiede a chi gestisce, con regole scritte e uguali per tutti. Una parte delle ore resta libera per chi non fa parte della gestione.",
      monitoring:
        "Ogni sei mesi le parti guardano insieme ore di apertura, persone, attività e conti, e decidono che cosa cambiare.",
      damageInsurance:
        "Chi gestisce assicura le proprie attività per danni a persone e cose; il Comune assicura l’edificio. Le polizze si consegnano prima dell’inizio.",
      support:
        "Un contributo alle spese, pagato a tappe dopo che il lavoro di ogni tappa è stato accettato. Le entrate delle attività tornano nella cura dell’edificio.",
      supervision:
        "Il Comune può visitare i locali con un preavviso di un giorno, o subito se c’è un pericolo.",
      endOfPact:
        "Alla fine i locali si riconsegnano con un verbale. Ciò che è stato comprato con denaro pubblico resta al Comune, per lo stesso uso collettivo.",
    },
  },
  service: {
    form: "civic_collective_use",
    content: {
      ...common,
      objectives:
        "Aprire il servizio in ore e giorni in cui oggi è chiuso.\nAggiungere attività senza togliere nulla a quelle che ci sono.",
      actions:
        "Apertura aggiuntiva secondo un calendario pubblico.\nAttività gratuite rivolte a età diverse.\nCura degli spazi prima e dopo ogni apertura.",
      roles:
        "Chi firma per gli abitanti garantisce la presenza nelle ore aggiunte. La direzione del servizio consegna gli spazi e concorda il calendario. La Casa del Quartiere raccoglie le proposte di attività.",
      duties:
        "Chi apre controlla gli accessi, lascia gli spazi in ordine e avvisa in tempo se un’apertura salta. La direzione del servizio mette a disposizione chiavi, luce e riscaldamento e dice per tempo quando gli spazi servono.",
      collectiveUse:
        "Le ore aggiunte sono aperte a tutti e gratuite. Chi propone un’attività lo fa con la stessa richiesta e ha risposta entro quindici giorni.",
      monitoring: "Ogni tre mesi le parti contano aperture e persone e aggiornano il calendario.",
      damageInsurance:
        "Il Comune assicura i volontari e gli spazi nelle ore aggiunte. Dei danni fatti apposta risponde chi li ha fatti.",
      support: "Spazi, luce e riscaldamento nelle ore aggiunte, a cura del Comune.",
      supervision: "La direzione del servizio può assistere a ogni apertura e segnala ciò che va corretto.",
      endOfPact: "Alla fine si restituiscono le chiavi e si fa un verbale sullo stato degli spazi.",
    },
  },
};

/** The values with which the form of a pact begins, named as in `pactSchema`. */
export function templateValues(template: PactTemplate): Record<string, string> {
  const { form, content } = texts[template];
  return { form, ...content };
}
