/** The workflow table in words: what each step does, who takes it, what it needs and when. Pure. */
import { type Role, roles } from "@/protocol/primitives";
import type { RecordType } from "@/protocol/records";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { recordStates } from "@/protocol/workflow/states";
import { type Move, NEW, type Party, type Step } from "@/protocol/workflow/step";
import { transactionNames, workflow } from "@/protocol/workflow/table";
import { type TermName, termSources } from "@/protocol/workflow/terms";
import { stepName } from "./rules";

/** A text of the application by its whole key. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** Subjects of the table in the order in which a commons comes by them, with the records whose states are drawn. */
export const sections = [
  { id: "proposals", contracts: ["calls", "proposals"], records: ["proposal", "assessment", "adhesion"] },
  {
    id: "rounds",
    contracts: ["rounds", "sealed", "desk"],
    records: ["round", "sealing", "station", "objection"],
  },
  { id: "pacts", contracts: ["pacts", "papers"], records: ["pact", "paper"] },
  { id: "funds", contracts: ["funds", "milestones"], records: ["milestone"] },
  { id: "payments", contracts: ["payments"], records: ["payment"] },
  { id: "reports", contracts: ["reports"], records: ["report"] },
  { id: "subjects", contracts: ["subjects", "commons", "documents"], records: ["subject"] },
  {
    id: "register",
    contracts: ["offices", "passkeys", "recovery"],
    records: ["office", "passkey", "recovery"],
  },
  { id: "municipality", contracts: ["municipality"], records: ["municipality", "signing_key"] },
] as const satisfies readonly {
  id: string;
  contracts: readonly string[];
  records: readonly RecordType[];
}[];

export type Section = (typeof sections)[number];

export function stepsOf({ contracts }: Section): TransactionName[] {
  return transactionNames.filter((name) =>
    (contracts as readonly string[]).includes(name.split(":")[0] ?? ""),
  );
}

const numbered = sections.flatMap(stepsOf);

/** The number by which pictures name a step. */
export function numberOf(transaction: TransactionName): number {
  return numbered.indexOf(transaction) + 1;
}

export interface StepInWords {
  transaction: TransactionName;
  number: number;
  name: string;
  who: string;
  /** What becomes of which record, one line each. */
  effects: string[];
  needs: string[];
  days: string[];
}

export function stepInWords(t: Translate, transaction: TransactionName): StepInWords {
  const step: Step = workflow[transaction];
  const names = (others: readonly TransactionName[]) => others.map((other) => nameOf(t, other)).join("; ");
  const needs = [
    ...("act" in transactions[transaction].input.shape ? [t("workflow.needs.act")] : []),
    ...step.asks.map((move) => condition(t, move)),
    ...(step.others.length > 0 ? [t("workflow.needs.others", { steps: names(step.others) })] : []),
    ...(step.othersUnless
      ? [
          t("workflow.needs.othersUnless", {
            steps: names(step.othersUnless.steps),
            setting: t(`settings.names.${step.othersUnless.setting}`),
          }),
        ]
      : []),
    ...(step.otherOrganisation
      ? [t("workflow.needs.otherOrganisation", { step: nameOf(t, step.otherOrganisation) })]
      : []),
    ...(step.twoOrganisations ? [t("workflow.needs.twoOrganisations")] : []),
    ...(step.disinterested ? [t("workflow.needs.disinterested")] : []),
  ];
  const days = [
    ...step.notBefore.map((term) => t("workflow.days.notBefore", { term: termInWords(t, term) })),
    ...(step.until ? [t("workflow.days.until", { term: termInWords(t, step.until) })] : []),
    ...(step.due ? [t("workflow.days.due", { term: termInWords(t, step.due) })] : []),
  ];
  return {
    ...{ transaction, number: numberOf(transaction), name: nameOf(t, transaction), needs, days },
    who: whoTakes(transaction)
      .map((taker) => takerInWords(t, taker))
      .join(", "),
    effects: step.moves.map((move) => effect(t, move)),
  };
}

export function nameOf(t: Translate, transaction: TransactionName): string {
  return stepName((key, values) => t(`workflow.steps.${key}`, values), transaction);
}

/** The roles that may take a step; of residents, in which part they do. */
function whoTakes(transaction: TransactionName): (Role | Party)[] {
  const { by } = workflow[transaction];
  const allowed: readonly Role[] = transactions[transaction].roles;
  // Ballots are cast by a service for those who vote.
  const cast = by === "residents" && !allowed.includes("resident") ? [by] : [];
  const named = allowed.map((role) => (role === "resident" && by ? by : role));
  return [...cast, ...named];
}

export function takerInWords(t: Translate, taker: Role | Party): string {
  const isRole = (roles as readonly string[]).includes(taker);
  return t(isRole ? `roles.${taker}` : `thread.next.actors.${taker}`);
}

/** Where the words of a record's states are. */
const stateWords: { readonly [T in RecordType]?: string } = {
  proposal: "states.proposal",
  round: "rounds.states",
  pact: "pacts.states",
  milestone: "funds.milestoneStates",
  payment: "funds.payStates",
};

export function stateInWords(t: Translate, record: RecordType, state: string): string {
  return t(`${stateWords[record] ?? `workflow.states.${record}`}.${state}`);
}

function effect(t: Translate, move: Move): string {
  const { record, from, to, mayStay } = move;
  const what = recordInWords(t, move);
  const hasOneState = recordStates[record].length === 1;
  const before = from.filter((state) => state !== NEW);
  const states = (of: readonly string[]) => of.map((state) => stateInWords(t, record, state)).join(", ");
  if (before.length === 0)
    return hasOneState
      ? t("workflow.effects.makes", { record: what })
      : t("workflow.effects.makesIn", { record: what, to: states(to) });
  const isMade = from.length > before.length;
  if (hasOneState) return t(`workflow.effects.${isMade ? "makesIfNew" : "writes"}`, { record: what });
  if (isMade) {
    const key = before.every((state) => to.includes(state)) ? "makesOrKeeps" : "makesOrMoves";
    return t(`workflow.effects.${key}`, { record: what, from: states(before), to: states(to) });
  }
  if (to.length === 0) return t("workflow.effects.keeps", { record: what, from: states(before) });
  const key = mayStay ? "workflow.effects.mayMove" : "workflow.effects.moves";
  return t(key, { record: what, from: states(before), to: states(to) });
}

function condition(t: Translate, move: Move): string {
  const { record, from, unless } = move;
  const states = from.map((state) => stateInWords(t, record, state)).join(", ");
  const words = t("workflow.needs.state", { record: recordInWords(t, move), states });
  return unless ? t("workflow.needs.unless", { condition: words, step: nameOf(t, unless) }) : words;
}

/** A record, and which one where a step has to do with two of a type. */
function recordInWords(t: Translate, { record, which }: Move): string {
  const name = t(`workflow.records.${record}`);
  return which ? t("workflow.which", { record: name, which: t(`workflow.whichOnes.${which}`) }) : name;
}

function termInWords(t: Translate, term: TermName): string {
  const source = termSources[term];
  const words = t(`workflow.terms.${term}`, typeof source === "number" ? { days: source } : {});
  return typeof source === "string"
    ? t("workflow.termOf", { term: words, setting: t(`settings.names.${source}`) })
    : words;
}
