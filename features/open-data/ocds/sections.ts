/** Records of the ledger as sections of a release. */
import type { Act } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { endedStates } from "@/protocol/records/pacts";
import { upgradeRecord } from "@/protocol/upgrade";
import type { JsonObject } from "./merge";
import { endOf, euro, startOf } from "./values";

type ActOf = typeof Act._output;

/** An act with the page that proves the transaction by which the ledger has it. */
export function actDocument(act: ActOf, documentType: string, url: string): JsonObject {
  return {
    ...{ id: act.file, documentType, title: `${actKinds[act.kind]} ${act.number}, ${act.body}`, url },
    ...{ datePublished: startOf(act.date), format: "text/html", language: "it" },
  };
}

const actKinds: Record<ActOf["kind"], string> = {
  delibera: "Delibera",
  determina: "Determina",
  presa_d_atto: "Presa d’atto",
  ordinanza: "Ordinanza",
  verbale: "Verbale",
};

export function planning(lines: readonly RecordOf<"budget_line">[], cup: string | undefined): JsonObject {
  // Carried over to another year it is the call's money still; what came from other years is of other calls.
  const cents = lines
    .map((line) => upgradeRecord("budget_line", line))
    // Earlier chaincode left in what was carried to a line also what was released of it later.
    .map((line) => Math.max(0, line.budgetCents + line.carriedOutCents - line.carriedInCents))
    .reduce((sum, own) => sum + own, 0);
  return {
    budget: {
      description: lines.map(({ fund, name, year }) => `${fund} – ${name} (${year})`).join("; "),
      amount: euro(cents),
      ...(cup && { projectID: cup }),
    },
  };
}

/** Of a proposal that money was decided for, or that lost it again. */
export function awardStatus(state: RecordOf<"proposal">["state"]): "active" | "cancelled" | undefined {
  if (state === "funded" || state === "co_design" || state === "pact_ready") return "active";
  return state === "abandoned" || state === "withdrawn" || state === "reserve" ? "cancelled" : undefined;
}

export function contractStatus(state: RecordOf<"pact">["state"]): string {
  if (state === "active" || state === "suspended") return "active";
  if (state === "withdrawn") return "cancelled";
  return endedStates.includes(state) ? "terminated" : "pending";
}

/** A pact in its version, with the page that proves the transaction by which the ledger has it. */
export function pactDocument(pact: RecordOf<"pact">, isSigned: boolean, url: string): JsonObject {
  return {
    ...{ id: pact.documentHash, documentType: isSigned ? "contractSigned" : "contractDraft" },
    title: `Patto, versione ${pact.version}`,
    ...{ url, format: "text/html", language: "it" },
  };
}

const itemNames: Record<RecordOf<"commitment">["type"], string> = {
  direct_works: "Lavori",
  goods: "Beni",
  contribution: "Contributo",
};

/** A commitment as an item of its contract: its price is what is committed, its codes those of the State's registries. */
export function commitmentItem({ id, type, amountCents, cup, cig }: RecordOf<"commitment">): JsonObject {
  const codes = [
    ...(cup ? [{ scheme: "IT-CUP", id: cup, description: "Codice unico di progetto" }] : []),
    ...(cig ? [{ scheme: "IT-CIG", id: cig, description: "Codice identificativo di gara" }] : []),
  ];
  return {
    ...{ id, description: itemNames[type] },
    ...(codes.length > 0 && { additionalClassifications: codes }),
    ...{ quantity: 1, unit: { name: "impegno di spesa", value: euro(amountCents) } },
  };
}

export function milestone(record: RecordOf<"milestone">, title: string): JsonObject {
  const { id, number, dueOn, state, acceptedOn } = record;
  const met = state === "accepted" || state === "partially_accepted";
  return {
    ...{ id, type: "delivery", title: title || `Tappa ${number}`, dueDate: endOf(dueOn) },
    status: milestoneStatus(state),
    ...(met && acceptedOn && { dateMet: startOf(acceptedOn) }),
  };
}

function milestoneStatus(state: RecordOf<"milestone">["state"]): string {
  if (state === "accepted") return "met";
  if (state === "partially_accepted") return "partiallyMet";
  return state === "rejected" || state === "cancelled" ? "notMet" : "scheduled";
}

export function reportMilestone({ id, kind, dueOn, submittedOn }: RecordOf<"report">): JsonObject {
  return {
    ...{ id, type: "reporting", title: kind === "annual" ? "Relazione annuale" : "Relazione finale" },
    ...{ dueDate: endOf(dueOn), status: submittedOn ? "met" : "scheduled" },
    ...(submittedOn && { dateMet: startOf(submittedOn) }),
  };
}
