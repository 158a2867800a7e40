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
import { commit, openLine, planMilestones, registerPayee } from "@/features/funds/service";
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
import { db } from "@/lib/db";
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
        objectives: "Prendersi cura insieme del luogo e tenerlo aperto. (Testo dimostrativo.)",
        actions:
          "Manutenzione ordinaria, attività settimanali, rendicontazione annuale. (Testo dimostrativo.)",
        roles: "Il Comune mette a disposizione il luogo; chi firma se ne prende cura. (Testo dimostrativo.)",
        duties: "Ognuno avvisa subito l'altro di danni e pericoli. (Testo dimostrativo.)",
        damageInsurance: "Responsabilità civile a carico dell'ente proponente. (Testo dimostrativo.)",
      },
      parties: [
        { id: "party-comune", organisation: "Comune", name: "Comune" },
        { id: "party-proponent", subject: row.subject, name: subject.name },
      ],
    }),
  );
  await story.tell(`pact ${name}`, (command) => issueVersion(coordinator, id, words, command));
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

export async function tellSignatures(
  story: Story,
  name: string,
  id: string,
  proponent: Actor,
): Promise<void> {
  const { municipality } = story;
  const pact = await db.chainPact.findUniqueOrThrow({ where: { municipality_id: { municipality, id } } });
  const seen = { version: pact.version, documentHash: pact.documentHash };
  await story.tell(`sign ${name} comune`, (command) =>
    signPact(story.official("responsible_officer"), id, { party: "party-comune", ...seen }, command),
  );
  await story.tell(`sign ${name} proponent`, (command) =>
    signPact(proponent, id, { party: "party-proponent", ...seen }, command),
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

export type CommitmentTale = {
  name: string;
  line: string;
  pact: string;
  payee: string;
  amountCents: number;
  investment: boolean;
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
        type: "direct_works",
        ...(tale.investment && { cup: `C${code.slice(0, 14)}` }),
        cig: `Z${code.slice(0, 9)}`,
        fictional: true,
      },
      command,
    );
  });
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
    const given = {
      kind: "determina" as const,
      number: `DL ${command.slice(0, 4)}`,
      date: (await chainDay(story)) ?? story.today,
      body: "Area beni comuni",
    };
    const { act: determina } = await act(officer, given, { type: "payment", id });
    await liquidatePayment(officer, id, determina, command);
  });
  if (stage === "liquidated") return;
  await story.tell(`order ${name}`, (command) =>
    orderPayment(story.official("responsible_officer", 1), id, `M-${command.slice(0, 6)}`, command),
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
function words(pact: Parameters<Parameters<typeof issueVersion>[2]>[0], version: number): PactDocument {
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
    footer: `${pact.title} – versione ${version}`,
    language: "it",
  };
}
