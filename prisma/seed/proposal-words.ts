/**
 * What the invented people of the trial propose for Torino's commons. The places are real, the groups, the sums and
 * every word are not: each summary says so, and no group has the name of one that exists.
 */
import type { Answers } from "@/features/proposals/dossier";

export type ProposalWords = {
  title: string;
  /** Who proposes, invented. */
  group: string;
  /** Title of the pact that would come of it. */
  pact: string;
  summary: string;
  needs: string;
  activities: string;
  economicPlan: string;
  risks: string;
};

const INVENTED = "(Proposta inventata per la prova.)";

/** By the number of the commons among those of Co-City. */
const proposals: Readonly<Record<number, ProposalWords>> = {
  1: {
    title: "Un'officina dove aggiustare invece di buttare",
    group: "Chiave Inglese",
    pact: "Patto per l'officina di via Cumiana",
    summary:
      "Al piano di sopra dell'ex stabilimento apriamo un'officina di quartiere: banchi, attrezzi in comune e due pomeriggi la settimana con chi sa riparare biciclette, lampade e sedie.",
    needs:
      "In zona ci sono tre condomini grandi e nessun posto per lavorare con le mani. Nel questionario che abbiamo lasciato in portineria, 140 famiglie su 210 hanno scritto che butterebbero meno se sapessero dove riparare.",
    activities:
      "Il martedì biciclette, il giovedì piccoli elettrodomestici. Un sabato al mese facciamo lezione: come si affila una lama, come si cambia una presa. Una volta l'anno mostra delle cose salvate.",
    economicPlan:
      "Impianto elettrico e aspirazione 52.000 euro, banchi e attrezzi 24.000, assicurazione e consumi del primo anno 12.000. Dal secondo anno chi usa i banchi versa 5 euro al mese.",
    risks: "Rumore nel pomeriggio: chiudiamo le macchine alle 19 e insonorizziamo la parete sul cortile.",
  },
  2: {
    title: "La mensa di Falchera torna a cucinare",
    group: "Tavolata Falchera",
    pact: "Patto per la cucina di via degli Abeti",
    summary:
      "L'ex mensa diventa una cucina aperta: pranzi a offerta due volte la settimana, corsi per ragazze e ragazzi che cercano lavoro, feste di compleanno per chi a casa non ha spazio.",
    needs:
      "Chi vive solo mangia solo. Alla Falchera gli over 75 soli sono tanti e il bar di piazza ha chiuso.",
    activities:
      "Pranzo del mercoledì e del venerdì, 40 posti. Corso di cucina di tre mesi, otto posti, con tirocinio. Il sabato la sala si prenota per feste, gratis per chi ha aiutato ai pranzi.",
    economicPlan: "Cucina a norma 38.000 euro, tavoli e sedie 9.500, corsi del primo anno 14.000.",
    risks: "Autorizzazione sanitaria lenta: nel frattempo partiamo con pasti portati da fuori.",
  },
  4: {
    title: "Un tetto d'orto sopra il quartiere",
    group: "Foglie in Alto",
    pact: "Patto per il tetto di via Foligno",
    summary:
      "Cassoni di terra sul tetto, un ascensore per arrivarci e una scuola di orto per chi non ha un balcone.",
    needs:
      "In Circoscrizione 5 la lista d'attesa per gli orti urbani è di anni. Il tetto c'è, regge il peso ed è chiuso.",
    activities:
      "Trenta cassoni assegnati a sorte ogni due anni, api in due arnie, visite per le scuole il lunedì.",
    economicPlan: "Ascensore 41.000 euro, cassoni e terra 19.000, parapetti 14.000.",
    risks:
      "Se l'ascensore si ferma chi è in carrozzina resta fuori: contratto di pronto intervento in 24 ore.",
  },
  5: {
    title: "Sportello delle lingue, con merenda",
    group: "Babele Gentile",
    pact: "Patto per lo sportello di corso Taranto",
    summary:
      "Tre pomeriggi la settimana qualcuno traduce lettere, moduli e referti. Intanto i bambini fanno i compiti e si beve un tè.",
    needs:
      "Chi non legge bene l'italiano perde scadenze e diritti, e spesso a tradurre è un figlio di dieci anni.",
    activities:
      "Otto volontari coprono arabo, rumeno, cinese, spagnolo, francese e ucraino. Ogni incontro resta riservato. Una volta al mese un impiegato dell'anagrafe è allo sportello con noi.",
    economicPlan: "Arredi 6.000 euro, formazione dei volontari 15.000, coordinamento per due anni 25.000.",
    risks: "Volontari che lasciano: ne formiamo quattro nuovi ogni sei mesi.",
  },
  16: {
    title: "Il mercato la mattina, il giardino la sera",
    group: "Plava di Sera",
    pact: "Patto per il giardino e il mercato di via Plava",
    summary:
      "La tettoia del mercato resta vuota dalle due del pomeriggio. La proponiamo per ballo, scacchi e cinema d'estate, con il giardino curato da chi ci gioca.",
    needs: "D'estate fa caldo in casa e fuori non c'è ombra né luce: dopo cena non resta nessuno.",
    activities:
      "Ballo il giovedì, scacchi ogni pomeriggio, dodici serate di cinema. Pulizia del giardino il sabato.",
    economicPlan: "Luci a basso consumo 9.800 euro, sedie 4.000, proiettore e diritti dei film 8.000.",
    risks: "Musica troppo alta: si spegne alle 23 e c'è un numero a cui risponde una persona.",
  },
  20: {
    title: "Una piazza dove fermarsi",
    group: "Panchina Lunga",
    pact: "Patto per piazza Paravia",
    summary:
      "Otto panchine con lo schienale, una fontanella, fiori nelle aiuole e una bacheca che qualcuno aggiorna.",
    needs: "La piazza si attraversa e basta. Chi accompagna un genitore anziano non trova dove sedersi.",
    activities:
      "Turni per annaffiare, semina in marzo con la scuola, merenda di vicinato il primo sabato del mese.",
    economicPlan: "Panchine e posa 7.400 euro, fontanella 3.000, piante 2.000.",
    risks: "Estate senza pioggia: scegliamo piante che bevono poco.",
  },
  21: {
    title: "Giardini di via Giulio: luce, giochi, cani",
    group: "Tre Aiuole",
    pact: "Patto per i giardini di via Giulio",
    summary:
      "Dividiamo lo spazio senza cancelli: una parte per i giochi, una per i cani, una per chi legge. E la teniamo pulita tutti i giorni, non una volta l'anno.",
    needs: "Padroni di cani e genitori litigano per le stesse aiuole.",
    activities:
      "Pulizia quotidiana a turni, manutenzione dei giochi, una piccola biblioteca di libri liberi.",
    economicPlan: "Recinto basso 4.200 euro, giochi 3.600, attrezzi e assicurazione 1.800.",
    risks: "Turni che saltano in agosto: chi resta in città ha le chiavi del deposito.",
  },
  27: {
    title: "Una casa delle donne con il cortile aperto",
    group: "Cortile Ottavo",
    pact: "Patto per la casa e il giardino di via Campana",
    summary:
      "Nella ex sede: ascolto, corsi di lavoro, un cortile ombreggiato aperto a tutto il quartiere il pomeriggio.",
    needs: "Per chiedere aiuto bisogna prima trovare un posto dove si entra senza dover spiegare perché.",
    activities:
      "Sportello tre mattine, corsi di contabilità e sartoria, spazio per i bambini nelle stesse ore.",
    economicPlan: "Bagno accessibile 14.000 euro, stanze 9.900, giardino 6.000.",
    risks: "Riservatezza: due ingressi separati e nessun elenco di chi viene.",
  },
  15: {
    title: "Un bosco piccolo a Lucento",
    group: "Ghianda",
    pact: "Patto per il giardino di via Oglianico",
    summary: "Duecento alberi giovani al posto del prato secco, e un sentiero che gira intorno con l'ombra.",
    needs: "A luglio la misura fatta con la scuola dava 41 gradi sul prato e 32 sotto i tre tigli rimasti.",
    activities: "Piantiamo in novembre con le classi, annaffiamo due estati, poi il bosco fa da sé.",
    economicPlan: "Alberi e tutori 6.500 euro, irrigazione provvisoria 5.000, cartelli 2.500.",
    risks: "Un albero su cinque non attecchisce: lo mettiamo in conto e ripiantiamo.",
  },
  17: {
    title: "Teatro all'ombra ai giardini Morvillo",
    group: "Sipario Verde",
    pact: "Patto per i giardini Morvillo",
    summary: "Una pedana di legno, sedie pieghevoli e dieci spettacoli scelti da chi abita intorno.",
    needs: "Chi ha figli piccoli a teatro non va: costa, è lontano, bisogna stare fermi.",
    activities:
      "Laboratorio da marzo a maggio, spettacoli a giugno e settembre, pedana libera per chi vuole.",
    economicPlan: "Pedana 4.900 euro, sedie 1.600, compenso degli attori 2.000.",
    risks: "Pioggia: data di recupero già fissata per ogni serata.",
  },
  18: {
    title: "Via Di Nanni si siede a tavola",
    group: "Tovaglia Comune",
    pact: "Patto per via Di Nanni",
    summary:
      "Tavoli lunghi e alberi in vaso nell'area pedonale, che oggi è solo asfalto. Commercianti e famiglie li apparecchiano una domenica al mese e li lasciano a tutti negli altri giorni.",
    needs: "Dopo la chiusura dei negozi la strada si svuota alle sette di sera.",
    activities: "Tavolata mensile, mercatino dello scambio, giochi da strada il venerdì.",
    economicPlan: "Tavoli fissi 12.000 euro, alberi in vaso 7.000, manutenzione 3.000.",
    risks: "Passaggio dei soccorsi: i tavoli lasciano libera una corsia di quattro metri.",
  },
  19: {
    title: "Piazza Delpiano senza barriere",
    group: "Scivolo",
    pact: "Patto per piazza Delpiano",
    summary:
      "Due rampe, una pavimentazione che si segue col bastone, un gioco dove si sale anche in carrozzina.",
    needs: "Tre gradini separano la piazza dalla fermata. Chi non può farli fa un giro di 400 metri.",
    activities:
      "Prova con chi usa carrozzina e bastone prima dei lavori e dopo; cura delle rampe tutto l'anno.",
    economicPlan: "Rampe 3.900 euro, percorso tattile 1.500, quota del gioco 1.000.",
    risks: "Foglie sulle rampe: le togliamo noi, ogni lunedì d'autunno.",
  },
  22: {
    title: "Alberi e silenzio in piazza Arbarello",
    group: "Pausa Pranzo",
    pact: "Patto per piazza Arbarello",
    summary:
      "Studenti e impiegati mangiano in piedi sui muretti. Mettiamo sedute sotto gli alberi e cestini che si svuotano.",
    needs: "A mezzogiorno passano duemila persone; le panchine sono sei, i cestini tre.",
    activities: "Cura delle sedute, raccolta differenziata a vista, letture all'aperto in maggio.",
    economicPlan: "Sedute 8.200 euro, cestini 2.000, attrezzi 1.000.",
    risks: "Rifiuti nel fine settimana: turno doppio il lunedì.",
  },
  24: {
    title: "Fantascienza in piazzale",
    group: "Orbita Cinque",
    pact: "Patto per il piazzale di via Reiss Romoli",
    summary:
      "Un percorso dipinto per terra con i pianeti in scala, un cielo stellato con il telescopio, un palco per i ragazzi.",
    needs: "È un parcheggio di passaggio: dal museo si esce e non c'è niente che faccia restare.",
    activities: "Dipingiamo con tre classi, notti di osservazione, una festa in costume a settembre.",
    economicPlan: "Vernici e disegno 7.500 euro, telescopio 4.000, palco 6.000.",
    risks: "La vernice si consuma: ritocchi ogni primavera.",
  },
  6: {
    title: "Il cortile dei Puffi anche dopo le quattro",
    group: "Nido d'Ombra",
    pact: "Patto per il cortile di via Fleming",
    summary:
      "Il cortile del nido resta aperto tre pomeriggi per tutte le famiglie della via, con un educatore presente.",
    needs: "Il parco più vicino è oltre il corso.",
    activities: "Apertura dalle 16.30 alle 18.30, orto dei piccoli, scambio di vestiti ogni stagione.",
    economicPlan: "Ombra e sabbiera 7.000 euro, educatore 5.000.",
    risks: "Custodia del cancello: due famiglie di turno con la chiave.",
  },
  7: {
    title: "Un palco nel cortile della Turoldo",
    group: "Ricreazione Lunga",
    pact: "Patto per il cortile di via delle Magnolie",
    summary:
      "Ragazze e ragazzi scrivono uno spettacolo l'anno e lo recitano per il quartiere nel cortile della scuola.",
    needs: "Dopo la scuola alle Vallette resta la strada, o lo schermo.",
    activities:
      "Laboratorio due pomeriggi, scene costruite con materiale di recupero, tre repliche in giugno.",
    economicPlan: "Palco smontabile 8.900 euro, luci 3.200, laboratorio 3.000.",
    risks: "Serate rumorose: si finisce alle 22.",
  },
  8: {
    title: "Terra, acqua e legno per i piccoli",
    group: "Mani Sporche",
    pact: "Patto per il cortile della scuola Chagall",
    summary: "Togliamo l'asfalto da metà cortile e ci mettiamo fango, tronchi e una pompa a mano.",
    needs: "In cortile non si può che correre, e si cade sull'asfalto.",
    activities: "Giornate di lavoro con i genitori, apertura il sabato, manutenzione mensile.",
    economicPlan: "Rimozione dell'asfalto 11.000 euro, terra e tronchi 4.200, pompa 3.000.",
    risks: "Sotto l'asfalto può esserci altro asfalto: la stima dei lavori va completata.",
  },
  9: {
    title: "Compiti in giardino",
    group: "Alimonda Aperta",
    pact: "Patto per i giardini Alimonda",
    summary:
      "Tavoli, corrente e una rete per studiare all'aperto da aprile a ottobre, con chi aiuta a fare i compiti.",
    needs: "Case piccole e fratelli grandi: molti studiano sulle scale.",
    activities: "Aiuto ai compiti quattro pomeriggi, torneo di lettura, custodia dei tavoli.",
    economicPlan: "Tavoli 9.300 euro, impianto 8.000, attività 4.000.",
    risks:
      "Poche presenze nei giorni di pioggia. Il progetto dice poco di chi lo manda avanti dopo il primo anno.",
  },
  10: {
    title: "La De Amicis suona",
    group: "Bacchetta",
    pact: "Patto per l'aula di musica della De Amicis",
    summary: "Un'aula insonorizzata per l'orchestra dei bambini, e per i gruppi del quartiere la sera.",
    needs: "Gli strumenti ci sono, in uno sgabuzzino. Manca dove suonarli senza disturbare.",
    activities: "Orchestra due volte la settimana, sala prove la sera, saggio in piazza.",
    economicPlan: "Pannelli 14.000 euro, porta e aerazione 6.400, accordature 4.000.",
    risks: "Uso serale della scuola: serve l'accordo della dirigente.",
  },
  14: {
    title: "Cortile Sabin: ombra subito, alberi domani",
    group: "Vela e Radice",
    pact: "Patto per il cortile di corso Vercelli",
    summary:
      "Vele di tela per l'estate prossima e quindici alberi per quelle dopo. Il disegno l'hanno fatto i bambini di quarta; gli adulti lo hanno misurato.",
    needs: "Da maggio la ricreazione si fa dentro, perché fuori si scotta.",
    activities:
      "Montaggio delle vele in aprile, semina con le classi, apertura del cortile il sabato mattina.",
    economicPlan: "Vele e pali 13.500 euro, alberi 6.000, cura per tre anni 8.000.",
    risks: "Vento forte: le vele si ammainano in dieci minuti, e sappiamo chi lo fa.",
  },
  11: {
    title: "Il campetto di via Torrazza torna a giocare",
    group: "Terzo Tempo",
    pact: "Patto per il campetto di via Torrazza Piemonte",
    summary:
      "Fondo rifatto, canestri nuovi, una rampa per lo skate: e un calendario che fanno i ragazzi, con posti anche per le ragazze.",
    needs: "Il fondo è crepato e dopo le sei comandano i più grandi.",
    activities:
      "Turni d'uso scritti sul cancello, allenamenti liberi con due istruttori, torneo misto a giugno.",
    economicPlan: "Fondo 11.000 euro, canestri e rampa 5.500, istruttori 2.500.",
    risks: "Luci rotte: la manutenzione è divisa fra noi e il Comune, e va scritto chi chiama chi.",
  },
  13: {
    title: "Ex Ceat: si entra",
    group: "Porta Girevole",
    pact: "Patto per l'ingresso dell'ex Ceat",
    summary:
      "Apriamo l'ingresso dell'ex fabbrica come passaggio coperto, con una mostra di foto di chi ci ha lavorato e due stanze per le associazioni.",
    needs: "Un muro lungo un isolato, dove non passa nessuno.",
    activities: "Raccolta di foto e racconti, visite, stanze prenotabili il pomeriggio.",
    economicPlan: "Luci e porte 15.000 euro, mostra 6.000, sicurezza 5.000.",
    risks: "Muro instabile nella parte nord: quella resta chiusa finché l'ufficio tecnico non la controlla.",
  },
  30: {
    title: "Il prato dell'Anatra, senza reti",
    group: "Prato Grande",
    pact: "Patto per l'area verde di via Courmayeur",
    summary: "Togliamo la rete, sistemiamo l'ingresso e teniamo il prato in ordine.",
    needs: "La gente scavalca: meglio una porta.",
    activities: "Taglio dell'erba, pulizia, due feste di quartiere.",
    economicPlan: "Ingresso 4.800 euro, attrezzi 1.800, assicurazione 1.200.",
    risks: "Cani liberi: un cartello e qualcuno che lo ricorda con gentilezza.",
  },
  25: {
    title: "Il prato di via Sospello si lascia attraversare",
    group: "Mezzo Prato",
    pact: "Patto per l'area verde di via Sospello",
    summary: "Un sentiero battuto, dodici alberi da frutto e tre tavoli, dove oggi si gira intorno al prato.",
    needs: "Per andare alla fermata si cammina sulla strada, anche con il passeggino.",
    activities: "Semina in autunno, una domenica al mese di cura, la raccolta della frutta con la scuola.",
    economicPlan: "Sentiero 4.200 euro, alberi 2.100, tavoli 1.900, attrezzi 800.",
    risks:
      "Le prime due estati gli alberi vanno bagnati: ci sono i turni, e chi parte per le vacanze lo dice.",
  },
  28: {
    title: "Giardino Cristino: una panchina ogni cento passi",
    group: "Passo Lento",
    pact: "Patto per il giardino Cristino",
    summary: "Otto panchine con lo schienale e una fontanella, per chi esce a camminare e poi deve sedersi.",
    needs: "Chi ha ottant'anni esce meno: fra una panchina e l'altra ci sono quattrocento metri.",
    activities: "Posa con gli alunni dell'istituto, passeggiata del giovedì, cura delle aiuole.",
    economicPlan: "Panchine 5.200 euro, fontanella 1.400, piante 600.",
    risks: "Gelo alla fontanella: si chiude a novembre, e c'è scritto chi la riapre.",
  },
  33: {
    title: "Orti in piazza: dodici cassoni e una tettoia",
    group: "Terra in Prestito",
    pact: "Patto per gli orti in piazza",
    summary:
      "Dodici cassoni alti, che si coltivano anche da una sedia a rotelle, una tettoia e un contenitore per il compost.",
    needs: "Nel quartiere i balconi sono piccoli, e per un orto in affitto si aspetta tre anni.",
    activities: "Assegnazione a sorteggio ogni due anni, corso di primavera, pranzo di fine raccolto.",
    economicPlan: "Cassoni 6.800 euro, tettoia 4.500, terra e acqua 1.500.",
    risks: "Cassoni abbandonati: dopo due mesi passano a chi è in lista.",
  },
};

/** @throws Error where nobody has written what is proposed for it */
export function wordsFor(commonsId: string): ProposalWords {
  const words = proposals[Number(commonsId.replace("co-city-", ""))];
  if (!words) throw new Error(`no words for ${commonsId}`);
  return words;
}

const recipients = [
  "Chi abita nell'isolato, prima di tutto chi è anziano o ha bambini piccoli.",
  "Scuole, famiglie e i ragazzi che il pomeriggio non sanno dove andare.",
  "Tutto il quartiere. Chi viene da fuori è il benvenuto e paga lo stesso: niente.",
];
const governances = [
  "Ci troviamo il primo lunedì del mese, a porte aperte. Si decide per alzata di mano e il verbale resta in bacheca.",
  "Tre persone tengono i conti, a turno per sei mesi. Le spese sopra i 300 euro le decide l'assemblea.",
  "Un gruppo di otto persone, metà rinnovato ogni anno. Chi viene a due turni può candidarsi.",
];
const involvements = [
  "Abbiamo fatto due passeggiate sul posto, in tutto 46 persone, e una serata in Casa del Quartiere.",
  "Volantini in cinque lingue, un banchetto al mercato per tre sabati, una riunione con i commercianti.",
  "Siamo partiti in sei. Dopo la festa di primavera siamo diventati una trentina.",
];

/** The whole dossier of a proposal, as its invented proponents would have written it. */
export function answersOf(words: ProposalWords, index: number): Answers {
  const { title, summary, needs, activities, economicPlan, risks } = words;
  const one = (texts: readonly string[]) => texts[index % texts.length] ?? "";
  return {
    ...{ title, needs, activities, economicPlan, risks },
    summary: `${summary} ${INVENTED}`,
    recipients: one(recipients),
    objectives:
      `Che fra due anni il luogo sia aperto, usato e curato da chi ci passa ogni giorno. ${summary.split(". ")[0] ?? ""}.`.replace(
        /\.\.$/,
        ".",
      ),
    governance: one(governances),
    involvement: one(involvements),
  };
}
