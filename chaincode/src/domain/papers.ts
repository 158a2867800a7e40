/**
 * What a party signed on paper at a Casa. The first witness records it, and it is tried at once whether the rules would
 * take it; the second, of another organisation, makes it count, and the rules take it or say why not.
 */
import { canonicalJson } from "../../../protocol/canonical-json";
import { RuleError } from "../../../protocol/errors";
import type { Actor } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import type { InputOf } from "../../../protocol/transactions";
import type { Asked, BindingName } from "../../../protocol/transactions/binding";
import type { Handler } from "./handler";
import { hasInterest } from "./interests";
import * as milestones from "./milestones";
import { requireOthers, requireState } from "./moves";
import { requireConcernsAnother } from "./offices";
import * as pacts from "./pacts";
import * as payments from "./payments";
import * as reports from "./reports";
import type { Tx } from "./tx";
import { requireOtherOrganisation } from "./voices";

type Terms = Pick<InputOf<"papers:record">, "id" | "person" | "asked" | "scan">;

const rules: { readonly [T in BindingName]: Handler<T> } = {
  "pacts:sign": pacts.sign,
  "milestones:submitEvidence": milestones.submitEvidence,
  "payments:request": payments.request,
  "reports:submit": reports.submit,
};

export const record: Handler<"papers:record"> = async (tx, { command, municipality, ...terms }) => {
  requireConcernsAnother(tx, terms.person);
  const { commons } = await requireWitness(tx, terms.asked);
  await carriedOut(tx, terms, command, [tx.actor]);
  await tx.create("paper", [terms.id], {
    municipality,
    ...terms,
    commons,
    state: "recorded",
    recordedBy: tx.actor,
    recordedOn: tx.day,
  });
  return undefined;
};

export const confirm: Handler<"papers:confirm"> = async (tx, { command, municipality: _, ...terms }) => {
  const paper = await tx.need("paper", terms.id);
  requireState(tx, "paper", paper);
  requireConcernsAnother(tx, paper.person);
  requireOthers(tx, { paper });
  requireOtherOrganisation(tx, paper.recordedBy.organisation);
  if (canonicalJson(terms) !== canonicalJson(termsOf(paper))) throw new RuleError("paper_differs");
  await requireWitness(tx, paper.asked);
  tx.include(await carriedOut(tx, terms, command, [paper.recordedBy, tx.actor]));
  tx.put("paper", [paper.id], {
    ...paper,
    state: "confirmed",
    confirmedBy: tx.actor,
    confirmedOn: tx.day,
  });
  return undefined;
};

export const withdraw: Handler<"papers:withdraw"> = async (tx, { id }) => {
  const paper = await tx.need("paper", id);
  requireState(tx, "paper", paper);
  requireOwn(tx, paper);
  tx.put("paper", [id], { ...paper, state: "withdrawn", withdrawnBy: tx.actor, withdrawnOn: tx.day });
  return undefined;
};

/** The party's own step by the rules that hold for them, on the state as it stands. */
async function carriedOut(
  tx: Tx,
  { id, person, asked }: Terms,
  command: string,
  witnesses: Actor[],
): Promise<Tx> {
  const { transaction, ...said } = asked;
  const step = tx.onPaper(transaction, person, { id, witnesses });
  const input = { command, municipality: tx.municipality, ...said };
  await (rules[transaction] as Handler<BindingName>)(step, input as InputOf<BindingName>);
  return step;
}

/** Of the witness, or of an administrator of their organisation. @throws {RuleError} `not_own` */
function requireOwn({ actor }: Tx, { recordedBy }: RecordOf<"paper">): void {
  const administers = actor.role === "administrator" && actor.organisation === recordedBy.organisation;
  if (actor.person !== recordedBy.person && !administers) throw new RuleError("not_own");
}

/** A witness has no interest in the party. @throws {RuleError} `conflict_of_interest` */
async function requireWitness(tx: Tx, asked: Asked): Promise<{ commons: string }> {
  const { commons, subject } = await about(tx, asked);
  if (subject !== undefined && hasInterest(await tx.need("subject", subject), tx.actor.person))
    throw new RuleError("conflict_of_interest");
  return { commons };
}

/** The commons a paper is about, and the subject whose party signs it. */
async function about(tx: Tx, asked: Asked): Promise<{ commons: string; subject: string | undefined }> {
  if (asked.transaction === "pacts:sign") {
    const { commons, parties } = await tx.need("pact", asked.id);
    return { commons, subject: parties.find(({ id }) => id === asked.party)?.subject };
  }
  const { commons, commitment } = await owedBy(tx, asked);
  return { commons, subject: (await tx.need("commitment", commitment)).beneficiary };
}

function owedBy(
  tx: Tx,
  asked: Exclude<Asked, { transaction: "pacts:sign" }>,
): Promise<Pick<RecordOf<"milestone">, "commons" | "commitment">> {
  if (asked.transaction === "reports:submit") return tx.need("report", asked.id);
  return tx.need("milestone", asked.transaction === "payments:request" ? asked.milestone : asked.id);
}

function termsOf({ id, person, asked, scan }: RecordOf<"paper">): Terms {
  return { id, person, asked, scan };
}
