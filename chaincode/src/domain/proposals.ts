import { addDays } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { mostCredits } from "../../../protocol/records/proposals";
import { hasClosed, requireOpen } from "./calls";
import type { Handler } from "./handler";
import { isAuthor, requireNoInterest } from "./interests";
import { requireState } from "./moves";
import { invalid, requireOrder, requireRepresentative, requireUnique } from "./require";
import type { Tx } from "./tx";

type Proposal = RecordOf<"proposal">;

export const submit: Handler<"proposals:submit"> = async (tx, input) => {
  const { municipality } = tx;
  const [call, subject, commons] = await Promise.all([
    tx.need("call", input.call),
    tx.need("subject", input.subject),
    tx.get("commons", input.commons),
  ]);
  requireOpen(call, tx.day);
  requireRepresentative(tx, subject);
  requireCost(call, input.costCents);
  requireUnique(input.attachments, "attachments");
  if (input.newCommons) {
    await tx.create("commons", [input.commons], { municipality, id: input.commons, ...input.newCommons });
  } else if (!commons) {
    throw new RuleError("not_found", { type: "commons", id: input.commons });
  }
  await tx.create("proposal", [input.id], {
    municipality,
    id: input.id,
    call: input.call,
    commons: input.commons,
    subject: input.subject,
    representative: tx.actor.person,
    state: "submitted",
    version: 1,
    digest: input.digest,
    attachments: input.attachments,
    costCents: input.costCents,
    submittedOn: tx.day,
    credits: [],
  });
  return undefined;
};

export const publish: Handler<"proposals:publish"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(tx, "proposal", proposal);
  await requireNoInterest(tx, proposal);
  change(tx, proposal, { state: "published" });
  return undefined;
};

/** The proponent takes the proposal back, until it stands on a ballot. */
export const withdraw: Handler<"proposals:withdraw"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  await requireProposer(tx, proposal);
  requireState(tx, "proposal", proposal);
  if (proposal.state === "admitted") {
    tx.putInternal("admitted", [proposal.call, proposal.id], { proposal: proposal.id, waiting: false });
  }
  change(tx, proposal, { state: "withdrawn" });
  return undefined;
};

/**
 * A duplicate goes into another proposal of the same call; its authors are credited there, and who declared an
 * interest in it has one in the other.
 */
export const merge: Handler<"proposals:merge"> = async (tx, input) => {
  if (input.id === input.into) invalid("into");
  const [proposal, into] = await Promise.all([
    tx.need("proposal", input.id),
    tx.need("proposal", input.into),
  ]);
  requireState(tx, "proposal", proposal);
  requireState(tx, "proposal", into, "into");
  if (proposal.call !== into.call) invalid("into");
  await Promise.all([requireNoInterest(tx, proposal), requireNoInterest(tx, into)]);
  const authors = new Set([...into.credits, proposal.representative, ...proposal.credits]);
  authors.delete(into.representative);
  const takenIn = [...(into.takenIn ?? []), proposal.id];
  if (authors.size > mostCredits || takenIn.length > mostCredits)
    throw new RuleError("credits_full", { most: mostCredits });
  for (const assessment of await tx.list("assessment", proposal.id)) {
    if (!assessment.conflict) continue;
    const { id, commons } = into;
    const declared = { ...assessment, proposal: id, commons, version: into.version };
    tx.put("assessment", [id, assessment.assessor], declared);
  }
  const { state: mergedFrom } = proposal;
  change(tx, proposal, { state: "merged", mergedInto: into.id, mergedFrom, act: input.act });
  change(tx, into, { credits: [...authors], takenIn, act: input.act });
  return undefined;
};

/**
 * A merged proposal goes on by itself from where it was, until something was decided on the one it went into. That one no
 * longer credits its authors, but for those it credits for another proposal too; an interest declared stays declared.
 */
export const separate: Handler<"proposals:separate"> = async (tx, input) => {
  const merged = await tx.need("proposal", input.id);
  requireState(tx, "proposal", merged);
  const { mergedInto, mergedFrom = "published", ...proposal } = merged;
  const into = await tx.need("proposal", mergedInto ?? "");
  requireState(tx, "proposal", into, "into");
  await Promise.all([requireNoInterest(tx, merged), requireNoInterest(tx, into)]);
  const takenIn = (into.takenIn ?? []).filter((id) => id !== merged.id);
  const others = await Promise.all(takenIn.map((id) => tx.need("proposal", id)));
  const credits = into.credits.filter(
    (person) => !isAuthor(merged, person) || others.some((other) => isAuthor(other, person)),
  );
  tx.put("proposal", [merged.id], { ...proposal, state: mergedFrom, act: input.act });
  change(tx, into, { credits, takenIn, act: input.act });
  return undefined;
};

/** Begins to judge a proposal; one that was not completed in time is judged as it stands. */
export const startAssessment: Handler<"proposals:startAssessment"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(tx, "proposal", proposal);
  await requireNoInterest(tx, proposal);
  if (proposal.state === "integration_requested") requireIntegrationOver(tx, proposal);
  const call = await tx.need("call", proposal.call);
  if (!call.rolling && !hasClosed(call, tx.day)) throw new RuleError("too_early", { day: call.closesOn });
  change(tx, proposal, { state: "under_assessment" });
  return undefined;
};

/** Asks for more, from tomorrow on; asked again, it gives more time. */
export const requestIntegration: Handler<"proposals:requestIntegration"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(tx, "proposal", proposal);
  await requireNoInterest(tx, proposal);
  const earlier = proposal.state === "integration_requested" ? proposal.integrationDueOn : undefined;
  const from = earlier === undefined || earlier < tx.day ? tx.day : earlier;
  requireOrder(addDays(from, 1), input.dueOn);
  change(tx, proposal, {
    state: "integration_requested",
    integrationDueOn: input.dueOn,
    reasonDigest: input.reasonDigest,
  });
  return undefined;
};

/** A new version of the dossier; what assessors gave the old one no longer counts. */
export const integrate: Handler<"proposals:integrate"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  await requireProposer(tx, proposal);
  requireState(tx, "proposal", proposal);
  const dueOn = proposal.integrationDueOn;
  if (dueOn !== undefined && tx.day > dueOn) throw new RuleError("too_late", { day: dueOn });
  requireCost(await tx.need("call", proposal.call), input.costCents);
  requireUnique(input.attachments, "attachments");
  change(tx, proposal, {
    state: "under_assessment",
    version: proposal.version + 1,
    digest: input.digest,
    attachments: input.attachments,
    costCents: input.costCents,
  });
  return undefined;
};

/** @throws {RuleError} `too_early` while there is still time to complete a proposal */
export function requireIntegrationOver(tx: Tx, { integrationDueOn }: Proposal): void {
  if (integrationDueOn !== undefined && tx.day <= integrationDueOn) {
    throw new RuleError("too_early", { day: addDays(integrationDueOn, 1) });
  }
}

/** Writes a proposal with some members changed. */
export function change(tx: Tx, proposal: Proposal, changes: Partial<Proposal>): void {
  tx.put("proposal", [proposal.id], { ...proposal, ...changes });
}

/** @throws {RuleError} `not_representative` unless the submitter represents the subject that proposes */
async function requireProposer(tx: Tx, proposal: Proposal): Promise<void> {
  requireRepresentative(tx, await tx.need("subject", proposal.subject));
}

function requireCost(call: RecordOf<"call">, costCents: number): void {
  if (costCents > call.maxCostCents)
    throw new RuleError("cost_over_limit", { limitCents: call.maxCostCents });
}
