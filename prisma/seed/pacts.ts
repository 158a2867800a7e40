/** Pacts and money of the demonstration. Amounts are invented and marked as such on the ledger. */

import {
  acceptMilestone,
  checkPayment,
  liquidatePayment,
  orderPayment,
  recordOutcome,
  requestPayment,
  submitEvidence,
  verifyMilestone,
} from "@/features/funds/disbursement-service";
import {
  commit,
  openLine,
  planMilestones,
  publishGrant,
  recogniseEligibility,
  registerPayee,
} from "@/features/funds/service";
import type { PactDocument } from "@/features/pacts/pdf";
import {
  activatePact,
  approvePact,
  finishCoDesign,
  issueVersion,
  recordInsurance,
  recordSafetyBriefing,
  signPact,
  startCoDesign,
  startPact,
} from "@/features/pacts/service";
import { confirmPaper } from "@/features/papers/service";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { pathOf } from "@/lib/language/path";
import type { Actor } from "@/protocol/primitives";
import { act, paper } from "./papers";
import { chainDay } from "./steps";
import type { Story } from "./story";

export async function tellCoDesign(story: Story, name: string, proposal: string): Promise<void> {
  await story.tell(`co-design ${name}`, (command) =>
    startCoDesign(story.official("coordinator"), proposal, command),
  );
}

export type PactTale = { name: string; proposal: string; title: string; startsOn: string; endsOn: string };

/** Drafts a pact and issues its first version. */
export async function tellDraftPact(story: Story, tale: PactTale): Promise<string> {
  const coordinator = story.official("coordinator");
  const { name, proposal, title, startsOn, endsOn } = tale;
  await story.tell(`co-design ends ${name}`, async (command) => {
    const document = await paper(coordinator, `Esito della coprogettazione ${name}`);
    await finishCoDesign(coordinator, proposal, document, command);
  });
  const { municipality } = story;
  const row = await db.chainProposal.findUniqueOrThrow({
    where: { municipality_id: { municipality, id: proposal } },
  });
  const subject = await db.subject.findUniqueOrThrow({
    where: { municipality_id: { municipality, id: row.subject } },
  });
  const id = await story.memory.once(`${story.slug} pact ${name}`, () =>
    startPact(coordinator, proposal, {
      title,
      form: "ordinary",
      startsOn,
      endsOn,
      content: {
        objectives:
          "Tenere il luogo aperto e in ordine, e fare in modo che lo usi anche chi oggi non ci viene. (Testo inventato.)",
        actions:
          "Apertura almeno tre giorni la settimana; piccole riparazioni; un'attività aperta a tutti ogni mese; una volta l'anno, i conti in pubblico. (Testo inventato.)",
        roles:
          "Il Comune dà il luogo, paga le utenze e fa i lavori grandi. Chi firma apre, pulisce, tiene il calendario e risponde al telefono. (Testo inventato.)",
        duties:
          "Chi vede un danno o un pericolo avvisa l'altro lo stesso giorno. Una volta al mese ci si incontra sul posto. (Testo inventato.)",
        damageInsurance:
          "Chi firma assicura le persone e i danni a terzi; il Comune assicura l'edificio. (Testo inventato.)",
      },
      parties: [
        { id: "party-comune", organisation: "Comune", name: "Comune" },
        { id: "party-proponent", subject: row.subject, name: subject.name },
      ],
    }),
  );
  await story.tell(`pact ${name}`, (command) =>
    issueVersion(coordinator, id, (pact, version) => words(story.slug, pact, version), command),
  );
  return id;
}

/** The two ways to a signature: by the district and then the Giunta, or by the Giunta alone. */
export async function tellApproval(
  story: Story,
  name: string,
  id: string,
  byDistrict: boolean,
): Promise<void> {
  const steps = byDistrict
    ? ([
        ["pacts:approveDistrict", "district_council"],
        ["pacts:noteGiunta", "giunta"],
      ] as const)
    : ([["pacts:approveGiunta", "giunta"]] as const);
  for (const [transaction, role] of steps)
    await story.tell(`${transaction} ${name}`, async (command) => {
      const actor = story.official(role);
      await approvePact(actor, id, { transaction, act: await decision(story, command, actor, id) }, command);
    });
}

/** @param onPaper the proponent signs on paper, before a coordinator of the Casa and a district council's member */
export async function tellSignatures(
  story: Story,
  name: string,
  id: string,
  proponent: Actor,
  onPaper = false,
): Promise<void> {
  const { municipality } = story;
  const pact = await db.chainPact.findUniqueOrThrow({ where: { municipality_id: { municipality, id } } });
  const seen = { version: pact.version, documentHash: pact.documentHash };
  await story.tell(`sign ${name} comune`, (command) =>
    signPact(story.official("responsible_officer"), id, { party: "party-comune", ...seen }, command),
  );
  const own = { party: "party-proponent", ...seen };
  if (!onPaper) {
    await story.tell(`sign ${name} proponent`, (command) => signPact(proponent, id, own, command));
    return;
  }
  const recorded = await story.tell(`paper ${name}`, async (command) => {
    const coordinator = story.official("coordinator");
    const scan = await paper(coordinator, `Firma su carta ${name}`);
    await signPact(coordinator, id, own, command, { party: proponent.person, scan });
  });
  await story.tell(`paper ${name} confirmed`, (command) =>
    confirmPaper(story.official("district_council"), recorded, command),
  );
}

export async function tellActivation(story: Story, name: string, id: string, until: string): Promise<void> {
  const coordinator = story.official("coordinator");
  const day = (await chainDay(story)) ?? story.today;
  await story.tell(`insurance ${name}`, async (command) => {
    const document = await paper(coordinator, `Polizza ${name}`);
    await recordInsurance(coordinator, id, { document, validUntil: until }, command);
  });
  await story.tell(`briefing ${name}`, async (command) => {
    const office = story.official("technical_office");
    const document = await paper(office, `Verbale sulla sicurezza ${name}`);
    await recordSafetyBriefing(office, id, { document, heldOn: day }, command);
  });
  await story.tell(`activate ${name}`, (command) =>
    activatePact(story.official("responsible_officer"), id, command),
  );
}

export type LineTale = {
  name: string;
  fund: string;
  year: number;
  kind: "investment" | "current";
  budgetCents: number;
};

export async function tellLine(story: Story, tale: LineTale): Promise<string> {
  const officer = story.official("responsible_officer");
  return story.tell(`line ${tale.name}`, async (command) => {
    const given = {
      kind: "delibera" as const,
      number: `DC ${command.slice(0, 4)}`,
      date: story.day(-430),
      body: "Consiglio comunale",
    };
    const { act: delibera } = await act(officer, given, { type: "budget_line", id: command });
    const { name, fund, year, kind, budgetCents } = tale;
    await openLine(officer, { name, fund, year, kind, budgetCents, act: delibera, fictional: true }, command);
  });
}

export async function tellPayee(story: Story, name: string): Promise<string> {
  const officer = story.official("responsible_officer");
  return story.tell(`payee ${name}`, (command) =>
    registerPayee(officer, { kind: "company", name, fiscalCode: null }, command),
  );
}

/** A body that can be granted money, with the code under which its grants of a year are added up. */
export async function tellGrantedBody(story: Story, name: string, code: string): Promise<string> {
  const officer = story.official("responsible_officer");
  const id = await story.tell(`payee ${name}`, (command) =>
    registerPayee(officer, { kind: "association", name, fiscalCode: code }, command),
  );
  await story.tell(`recognise ${name}`, async (command) => {
    const given = {
      kind: "determina" as const,
      number: `DE ${command.slice(0, 4)}`,
      date: (await chainDay(story)) ?? story.today,
      body: "Area beni comuni",
    };
    const { act: determina } = await act(officer, given, { type: "subject", id });
    await recogniseEligibility(officer, id, { act: determina, code }, command);
  });
  return id;
}

/** The row of the list of grants that has to be there before a body is paid (art. 27 D.Lgs. 33/2013). */
async function tellGrantRow(story: Story, name: string, commitment: string): Promise<void> {
  await story.tell(`publish ${name}`, (command) =>
    publishGrant(
      story.official("responsible_officer"),
      commitment,
      {
        legalBasis: "Regolamento comunale sui beni comuni urbani (atto inventato)",
        office: "Area beni comuni",
        responsibleOfficer: "La responsabile del procedimento (persona inventata)",
        selectionMethod: "Votazione dei residenti",
        projectLink: new URL("/torino/patti", env.ORIGIN).href,
      },
      command,
    ),
  );
}

export type CommitmentTale = {
  name: string;
  line: string;
  pact: string;
  payee: string;
  amountCents: number;
  investment: boolean;
  /** To a body whose money is in the list of grants. */
  isGrant: boolean;
  milestones: { title: string; deliverable: string; dueOn: string; amountCents: number }[];
  reports: { kind: "annual" | "final"; dueOn: string }[];
};

/** Commits money to a pact and plans its milestones. Returns the milestones' ids in order. */
export async function tellCommitment(story: Story, tale: CommitmentTale): Promise<string[]> {
  const officer = story.official("responsible_officer");
  const { municipality } = story;
  const pact = await db.chainPact.findUniqueOrThrow({
    where: { municipality_id: { municipality, id: tale.pact } },
  });
  const proposal = await db.chainProposal.findUniqueOrThrow({
    where: { municipality_id: { municipality, id: pact.proposal } },
  });
  const id = await story.tell(`commit ${tale.name}`, async (command) => {
    const given = {
      kind: "determina" as const,
      number: `DD ${command.slice(0, 4)}`,
      date: (await chainDay(story)) ?? story.today,
      body: "Area beni comuni",
    };
    const { act: determina } = await act(officer, given, { type: "commitment", id: command });
    const { line, payee, amountCents } = tale;
    const code = command.replaceAll("-", "").toUpperCase();
    await commit(
      officer,
      {
        ...{ line, pact: tale.pact, beneficiary: proposal.subject, payee, amountCents, act: determina },
        type: tale.isGrant ? "goods" : "direct_works",
        ...(tale.investment && { cup: `C${code.slice(0, 14)}` }),
        cig: `Z${code.slice(0, 9)}`,
      },
      command,
    );
  });
  if (tale.isGrant) await tellGrantRow(story, tale.name, id);
  await story.tell(`plan ${tale.name}`, (command) =>
    planMilestones(
      story.official("coordinator"),
      id,
      { milestones: tale.milestones, reports: tale.reports },
      command,
    ),
  );
  const rows = await db.chainMilestone.findMany({
    where: { municipality, commitment: id },
    orderBy: { number: "asc" },
  });
  return rows.map((row) => row.id);
}

export type MilestoneStage = "planned" | "evidence" | "verified" | "accepted";

export async function tellMilestone(
  story: Story,
  name: string,
  id: string,
  proponent: Actor,
  stage: MilestoneStage,
): Promise<void> {
  if (stage === "planned") return;
  await story.tell(`evidence ${name}`, async (command) => {
    const file = await paper(proponent, `Prove della tappa ${name}`);
    await submitEvidence(proponent, id, [file], command);
  });
  if (stage === "evidence") return;
  await story.tell(`verify ${name}`, async (command) => {
    const coordinator = story.official("coordinator");
    await verifyMilestone(coordinator, id, await paper(coordinator, `Verifica della tappa ${name}`), command);
  });
  if (stage === "verified") return;
  const { municipality } = story;
  const row = await db.chainMilestone.findUniqueOrThrow({ where: { municipality_id: { municipality, id } } });
  await story.tell(`accept ${name}`, (command) =>
    acceptMilestone(
      story.official("responsible_officer"),
      id,
      { acceptedCents: Number(row.amountCents) },
      command,
    ),
  );
}

export type PaymentStage = "requested" | "checked" | "liquidated" | "ordered" | "paid" | "returned";

/** Takes a payment as far as its stage. */
export async function tellPayment(
  story: Story,
  name: string,
  payment: { milestone: string; amountCents: number; proponent: Actor; stage: PaymentStage },
): Promise<void> {
  const officer = story.official("responsible_officer");
  const { milestone, amountCents, proponent, stage } = payment;
  const id = await story.tell(`request ${name}`, (command) =>
    requestPayment(proponent, milestone, amountCents, command),
  );
  if (stage === "requested") return;
  await story.tell(`check ${name}`, (command) => checkPayment(officer, id, command));
  if (stage === "checked") return;
  await story.tell(`liquidate ${name}`, async (command) => {
    const accountant = story.official("accountant");
    const given = {
      kind: "determina" as const,
      number: `DL ${command.slice(0, 4)}`,
      date: (await chainDay(story)) ?? story.today,
      body: "Area bilancio e ragioneria",
    };
    const { act: determina } = await act(accountant, given, { type: "payment", id });
    await liquidatePayment(accountant, id, determina, command);
  });
  if (stage === "liquidated") return;
  await story.tell(`order ${name}`, (command) =>
    orderPayment(
      story.official("accountant", 1),
      id,
      `M-${Number.parseInt(command.slice(0, 5), 16)}`,
      command,
    ),
  );
  if (stage === "ordered") return;
  await story.tell(`outcome ${name}`, async (command) => {
    const treasurer = story.official("treasurer");
    const on = (await chainDay(story)) ?? story.today;
    const document = await paper(treasurer, `Quietanza ${name}`);
    const reference = `Q-${command.slice(0, 6)}`;
    await recordOutcome(treasurer, id, { reference, on, document, paid: stage === "paid" }, command);
  });
}

async function decision(story: Story, command: string, actor: Actor, pact: string) {
  const date = (await chainDay(story)) ?? story.today;
  const body = actor.role === "giunta" ? "Giunta comunale" : "Consiglio di Circoscrizione";
  const given = { kind: "delibera" as const, number: `DG ${command.slice(0, 4)}`, date, body };
  return (await act(actor, given, { type: "pact", id: pact })).act;
}

/** The words around a pact's own text, as its page prints them. */
function words(
  municipality: string,
  pact: Parameters<Parameters<typeof issueVersion>[2]>[0],
  version: number,
): PactDocument {
  const content = pact.content as Record<string, string>;
  const headings: Record<string, string> = {
    objectives: "Obiettivi",
    actions: "Azioni",
    roles: "Ruoli",
    duties: "Doveri reciproci",
    damageInsurance: "Danni e assicurazione",
  };
  return {
    municipality: "Co-City – documento dimostrativo",
    title: pact.title,
    version,
    facts: [`Versione ${version}`, `Dal ${pact.startsOn} al ${pact.endsOn}`],
    parties: { heading: "Le parti", names: (pact.parties as { name: string }[]).map(({ name }) => name) },
    sections: Object.entries(headings).flatMap(([id, heading]) =>
      content[id] ? [{ heading, text: content[id] }] : [],
    ),
    page: {
      words: "Il patto in rete, con tutte le sue versioni e le firme",
      address: env.ORIGIN + pathOf("it", "/[municipality]/pacts/[pact]", { municipality, pact: pact.slug }),
    },
    footer: `${pact.title} – versione ${version}`,
    language: "it",
  };
}
