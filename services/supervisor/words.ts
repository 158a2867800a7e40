import { env } from "@/lib/env";
import type { Role } from "@/protocol/primitives";

const english = {
  building: {
    client: "Preparing the database client",
    chaincode: "Building the contracts",
    programs: "Building the programs",
    device: "Building the program of voters’ devices",
    verifier: "Building the verifier for browsers",
    site: "Building the site (a minute or two, the first time)",
  },
  took: (seconds: string) => `  done in ${seconds} s`,
  waitingForBuild: "Another start is building: waiting for it",
  folder: (folder: string) => `Data folder: ${folder}`,
  folderMade: (folder: string) => `Data folder made: ${folder}`,
  folderMigrated: (from: number, to: number) => `Data folder brought from format ${from} to ${to}`,
  starting: {
    database: "Starting the database",
    ledger: "Starting the ledger and the contracts",
    identity: "Starting the trial sign-in",
    signer: "Starting the trial signer",
    worker: "Starting the worker",
    housekeeping: "Starting the daily tasks",
    site: "Starting the site",
  },
  startingParts: "Starting the three organisations’ parts of sealed rounds",
  partsNotice:
    "The issuers, the relay, the copy-keeper and the opener of sealed rounds run here side by side: one operator holds them all, and could find out who voted for what. Where ballots are to be secret each organisation runs its own.",
  migrating: (count: number) => `Bringing the database up to date: ${count} changes`,
  seeding: "First start: writing the story of the trial data onto the ledger",
  introducing: (backup: string) =>
    `This data folder is of before people signed their acts: its municipalities get their register of people in office now, once and for good. What is on the ledger stays as it is. A backup of before: ${backup}`,
  nothingTold:
    "There is a real identity provider (OIDC_ISSUER), so no story of invented people is told. docs/operating.md says how a municipality of your own begins.",
  registerMissing:
    "The municipalities of this data folder have no register of people in office, so nobody can act in them. They get it at a start with the trial sign-in: without OIDC_ISSUER.",
  ready: "Co-City is running.",
  lookAt: (url: string) => `Look at          ${url}`,
  signInAs: "Sign in as one of the trial people (invented; the sign-in page lists them all):",
  roles: {
    resident: "resident",
    coordinator: "Casa coordinator",
    assessor: "assessor",
    technical_office: "technical office",
    district_council: "district council",
    giunta: "Giunta",
    responsible_officer: "responsible officer",
    accountant: "accounting office",
    treasurer: "treasurer",
    councillor: "councillor",
    guarantor: "guarantor",
    administrator: "municipality administrator",
    registrar: "registrar",
    casting_service: "casting service",
    service: "service",
  } as Record<Role, string>,
  vote: {
    pages: (origin: string, { municipality, slug }: { municipality: string; slug: string }) => {
      const round = `${origin}/en/${municipality}/rounds/${slug}`;
      return { round, result: `${round}/result`, check: `${round}/check` };
    },
    toCome: (minutes: number, url: string) =>
      `In about ${minutes} minutes a sealed vote stands counted, which the trial holds by itself with invented people: ${url}`,
    open: (url: string, time: string) => `The trial’s sealed vote is open until ${time}: ${url}`,
    final: (url: string) => `A sealed vote, counted: ${url}`,
    verify: (command: string) => `Verify it with: ${command}`,
    bundle: (url: string) => `Verify it from its bundle, as docs/verifying.md says: ${url}`,
    check: (url: string, words: string) =>
      `Check the ballot of one of its invented voters: ${url} with the words: ${words}`,
    failed: (log: string) =>
      `The sealed vote that the trial holds by itself came to a stop; the next start goes on with it. Nothing else depends on it. What happened: ${log}`,
    givenUp: (log: string) =>
      `The sealed vote that the trial holds by itself failed three times and was given up. Nothing else depends on it. What happened: ${log}`,
  },
  logs: (folder: string) => `Logs             ${folder}`,
  stopHint: "Ctrl-C stops everything.",
  embeddedNotice:
    "The embedded ledger is for one machine: a trial, development, tests. A single operator's chain is a signed log, not shared trust.",
  restarted: (name: string, seconds: string) =>
    `${name} ended unexpectedly; starting it again in ${seconds} s`,
  hung: (name: string, seconds: number) => `${name} has not moved for ${seconds} s; ending it`,
  stopping: "Stopping",
  stopped: "Stopped; everything is kept.",
  failed: {
    portBusy: (host: string, port: number, variable: string) =>
      `Port ${port} of ${host} is already in use. Stop what uses it, or choose another: ${variable}=${port + 1} npm start`,
    portDenied: (port: number) =>
      `This account may not use port ${port}. Choose one above 1023: PORT=3000 npm start`,
    hostUnknown: (host: string) => `This machine has no address ${host}. Check HOST.`,
    folderDenied: (folder: string) =>
      `The data folder ${folder} cannot be written. Check its owner and permissions.`,
    folderNotOurs: (folder: string) =>
      `${folder} is not empty and not a Co-City data folder. Point COCITY_DATA at another folder.`,
    folderEmpty: (folder: string) =>
      `There is no Co-City in ${folder}. COCITY_DATA says where it is; npm start makes one.`,
    folderBroken: (folder: string, what: string) =>
      `The data folder ${folder} is damaged: ${what}. Restore a backup with: npm run data -- restore FILE`,
    folderNewer: (folder: string, format: number, known: number) =>
      `The data folder ${folder} has format ${format}, made by a later version; this one knows ${known}. Use the later version.`,
    trialSignIn:
      "Other machines can reach this site, and with the trial sign-in everybody is whoever they choose to be, the administrator included. Set OIDC_ISSUER to a real identity provider, or HOST and ORIGIN to this machine alone; TRIAL_SIGN_IN_FOR_EVERYBODY=true starts it all the same, with invented data only.",
    folderBusy: (folder: string) => `Another Co-City is already running on the data folder ${folder}.`,
    service: (name: string, log: string) => `${name} does not start. The last lines of ${log}:`,
    build: "The build failed:",
    runsHere: (processes: string) =>
      `The sources have changed since the last build, and a Co-City made by it runs from this folder (process ${processes}). Stop it with Ctrl-C, or start from another checkout.`,
    migration: (message: string) => `The database cannot be brought up to date: ${message}`,
    backup: "The backup before the register of people in office is introduced could not be made:",
    seed: (log: string) => `The trial data could not be written. The last lines of ${log}:`,
    environment: (message: string) => `The environment is not right: ${message}`,
  },
};

const italian: typeof english = {
  building: {
    client: "Preparo il client della base di dati",
    chaincode: "Compilo i contratti",
    programs: "Compilo i programmi",
    device: "Compilo il programma dei dispositivi di chi vota",
    verifier: "Compilo la verifica per i browser",
    site: "Compilo il sito (un minuto o due, la prima volta)",
  },
  took: (seconds) => `  fatto in ${seconds} s`,
  waitingForBuild: "Un altro avvio sta compilando: lo aspetto",
  folder: (folder) => `Cartella dei dati: ${folder}`,
  folderMade: (folder) => `Cartella dei dati creata: ${folder}`,
  folderMigrated: (from, to) => `Cartella dei dati portata dal formato ${from} al ${to}`,
  starting: {
    database: "Avvio la base di dati",
    ledger: "Avvio il registro e i contratti",
    identity: "Avvio l'accesso di prova",
    signer: "Avvio la firma di prova",
    worker: "Avvio i lavori in secondo piano",
    housekeeping: "Avvio i compiti quotidiani",
    site: "Avvio il sito",
  },
  startingParts: "Avvio le parti dei tre enti nelle votazioni segrete",
  partsNotice:
    "Chi rilascia le credenziali, chi riceve le schede, chi ne tiene copia e chi le registra funzionano qui uno accanto all’altro: un solo gestore li ha tutti e potrebbe scoprire chi ha scelto che cosa. Dove il voto deve essere segreto ogni ente fa funzionare la propria parte.",
  migrating: (count) => `Aggiorno la base di dati: ${count} modifiche`,
  seeding: "Primo avvio: scrivo sul registro la storia dei dati di prova",
  introducing: (backup) =>
    `Questa cartella dei dati è di prima che le persone firmassero i propri atti: ora i suoi Comuni ricevono l’elenco di chi ricopre un ruolo, una volta per tutte. Ciò che è sul registro resta com’è. La copia di prima: ${backup}`,
  nothingTold:
    "C’è un vero fornitore di identità (OIDC_ISSUER), quindi non si racconta nessuna storia di persone inventate. Come si comincia con il proprio Comune è scritto in docs/operating.md.",
  registerMissing:
    "I Comuni di questa cartella dei dati non hanno un elenco di chi ricopre un ruolo, quindi nessuno può agirvi. Lo ricevono a un avvio con l’accesso di prova: senza OIDC_ISSUER.",
  ready: "Co-City è in funzione.",
  lookAt: (url) => `Apri             ${url}`,
  signInAs: "Accedi come una delle persone di prova (inventate; la pagina di accesso le elenca tutte):",
  roles: {
    resident: "residente",
    coordinator: "coordinatore di Casa",
    assessor: "commissario",
    technical_office: "ufficio tecnico",
    district_council: "consiglio di circoscrizione",
    giunta: "Giunta",
    responsible_officer: "responsabile del procedimento",
    accountant: "ragioneria",
    treasurer: "tesoriere",
    councillor: "consigliere",
    guarantor: "garante",
    administrator: "amministratore del Comune",
    registrar: "registratore",
    casting_service: "servizio di voto",
    service: "servizio",
  },
  vote: {
    pages: (origin, { municipality, slug }) => {
      const round = `${origin}/${municipality}/votazioni/${slug}`;
      return { round, result: `${round}/esito`, check: `${round}/controlla` };
    },
    toCome: (minutes, url) =>
      `Fra circa ${minutes} minuti ci sarà un voto segreto già contato, che la prova tiene da sé con persone inventate: ${url}`,
    open: (url, time) => `Il voto segreto della prova è aperto fino alle ${time}: ${url}`,
    final: (url) => `Un voto segreto, contato: ${url}`,
    verify: (command) => `Per verificarlo: ${command}`,
    bundle: (url) => `Per verificarlo dal file delle prove, come dice docs/verifying.md: ${url}`,
    check: (url, words) =>
      `Per controllare la scheda di una sua persona inventata: ${url} con le parole: ${words}`,
    failed: (log) =>
      `Il voto segreto che la prova tiene da sé si è interrotto; il prossimo avvio lo riprende. Nient’altro ne dipende. Che cosa è successo: ${log}`,
    givenUp: (log) =>
      `Il voto segreto che la prova tiene da sé non è riuscito per tre volte e non si terrà. Nient’altro ne dipende. Che cosa è successo: ${log}`,
  },
  logs: (folder) => `Registri tecnici ${folder}`,
  stopHint: "Ctrl-C ferma tutto.",
  embeddedNotice:
    "Il registro incorporato è per una sola macchina: prove, sviluppo, test. La catena di un solo gestore è un giornale firmato, non fiducia condivisa.",
  hung: (name, seconds) => `${name} è fermo da ${seconds} s; lo termino`,
  restarted: (name, seconds) => `${name} si è interrotto; lo riavvio tra ${seconds} s`,
  stopping: "Fermo tutto",
  stopped: "Fermato; tutto è conservato.",
  failed: {
    portBusy: (host, port, variable) =>
      `La porta ${port} di ${host} è già occupata. Ferma il programma che la usa o scegline un'altra: ${variable}=${port + 1} npm start`,
    portDenied: (port) =>
      `Questo utente non può usare la porta ${port}. Scegline una sopra 1023: PORT=3000 npm start`,
    hostUnknown: (host) => `Questa macchina non ha l'indirizzo ${host}. Controlla HOST.`,
    folderDenied: (folder) =>
      `Nella cartella dei dati ${folder} non si può scrivere. Controlla proprietario e permessi.`,
    folderNotOurs: (folder) =>
      `${folder} non è vuota e non è una cartella dei dati di Co-City. Indica un'altra cartella con COCITY_DATA.`,
    folderEmpty: (folder) =>
      `In ${folder} non c’è nessun Co-City. COCITY_DATA dice dov’è; npm start ne crea uno.`,
    folderBroken: (folder, what) =>
      `La cartella dei dati ${folder} è danneggiata: ${what}. Ripristina una copia con: npm run data -- restore FILE`,
    folderNewer: (folder, format, known) =>
      `La cartella dei dati ${folder} ha il formato ${format}, di una versione successiva; questa conosce il ${known}. Usa la versione successiva.`,
    trialSignIn:
      "Questo sito si raggiunge da altre macchine, e con l’accesso di prova ognuno è chi sceglie di essere, anche l’amministratore. Indica con OIDC_ISSUER un vero fornitore di identità, oppure limita HOST e ORIGIN a questa macchina; TRIAL_SIGN_IN_FOR_EVERYBODY=true lo avvia lo stesso, solo con dati inventati.",
    folderBusy: (folder) => `Un altro Co-City è già in funzione sulla cartella dei dati ${folder}.`,
    service: (name, log) => `${name} non parte. Le ultime righe di ${log}:`,
    build: "La compilazione non è riuscita:",
    runsHere: (processes) =>
      `I sorgenti sono cambiati dall’ultima compilazione e un Co-City compilato prima è in esecuzione da questa cartella (processo ${processes}). Fermalo con Ctrl-C oppure avvia da un’altra copia dei sorgenti.`,
    migration: (message) => `La base di dati non si può aggiornare: ${message}`,
    backup: "Non si è potuta fare la copia che precede l’introduzione dell’elenco di chi ricopre un ruolo:",
    seed: (log) => `I dati di prova non si sono potuti scrivere. Le ultime righe di ${log}:`,
    environment: (message) => `Le variabili d'ambiente non vanno bene: ${message}`,
  },
};

/** The sentences of the command line, in the language of LANG: Italian, or else English. */
export const words = env.LANG.toLowerCase().startsWith("it") ? italian : english;
