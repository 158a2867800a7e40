/** What the offices and the assessors do with a submitted proposal. Each decision is a transaction; reasons are kept beside it. */

import { attachAct } from "@/features/documents/act-service";
import { publishAttachments } from "@/features/documents/service";
import { keepText } from "@/features/documents/text-service";
import { publishDraftPictures } from "@/features/pictures/draft-service";
import { aboutProposal, proposalFor } from "@/features/proposals/step-service";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import type { Database } from "@/lib/db";
import { ConflictError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import { statesFor } from "@/protocol/workflow/table";

export type ActValue = typeof Act._output;

/** Publishes a submitted proposal with its commons and its files. */
export async function publishProposal(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const proposal = await proposalFor(tx, actor, id, "proposals:publish");
    await publishAttachments(tx, municipality, { type: "proposal", id });
    await publishDraftPictures(tx, municipality, id, proposal.commons);
    await tx.commons.updateMany({
      where: { municipality, id: proposal.commons, publishedAt: null },
      data: { publishedAt: new Date() },
    });
    await queue(tx, actor, "proposals:publish", { municipality, id }, id, command);
  });
}

export async function startAssessment(actor: Actor, id: string, command: string): Promise<void> {
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:startAssessment");
    await queue(
      tx,
      actor,
      "proposals:startAssessment",
      { municipality: actor.municipality, id },
      id,
      command,
    );
  });
}

export async function requestIntegration(
  actor: Actor,
  id: string,
  request: { reason: string; dueOn: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:requestIntegration");
    const reasonDigest = await reason(tx, actor, request.reason, true);
    const input = { municipality, id, reasonDigest, dueOn: request.dueOn };
    await queue(tx, actor, "proposals:requestIntegration", input, id, command);
  });
}

export async function declareConflict(
  actor: Actor,
  id: string,
  text: string,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:declareConflict");
    const reasonDigest = await reason(tx, actor, text, false);
    await queue(
      tx,
      actor,
      "proposals:declareConflict",
      { municipality, proposal: id, reasonDigest },
      id,
      command,
    );
  });
}

/** Points are hundredths, one entry for each criterion of the call. */
export async function scoreProposal(
  actor: Actor,
  id: string,
  score: { points: Record<string, number>; reason: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:score");
    const reasonDigest = await reason(tx, actor, score.reason, true);
    const scores = Object.entries(score.points).map(([criterion, points]) => ({ criterion, points }));
    await queue(
      tx,
      actor,
      "proposals:score",
      { municipality, proposal: id, scores, reasonDigest },
      id,
      command,
    );
  });
}

/** `upload` is the act's file, to be kept beside the proposal where anyone reads it. */
export async function admitProposal(
  actor: Actor,
  id: string,
  act: ActValue,
  command: string,
  upload?: string,
): Promise<void> {
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:admit");
    await attachAct(tx, actor, upload, { type: "proposal", id });
    await queue(tx, actor, "proposals:admit", { municipality: actor.municipality, id, act }, id, command);
  });
}

export async function rejectProposal(
  actor: Actor,
  id: string,
  decision: { act: ActValue; reason: string; upload?: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:reject");
    await attachAct(tx, actor, decision.upload, { type: "proposal", id });
    const reasonDigest = await reason(tx, actor, decision.reason, true);
    await queue(
      tx,
      actor,
      "proposals:reject",
      { municipality, id, act: decision.act, reasonDigest },
      id,
      command,
    );
  });
}

export async function mergeProposals(
  actor: Actor,
  id: string,
  merge: { into: string; act: ActValue; upload?: string },
  command: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, actor, merge.into, "proposals:merge");
    await proposalFor(tx, actor, id, "proposals:merge");
    await attachAct(tx, actor, merge.upload, { type: "proposal", id });
    const { into, act } = merge;
    await queue(tx, actor, "proposals:merge", { municipality, id, into, act }, id, command);
  });
}

/** Undoes a merge, while nothing was decided on the proposal that the other went into. */
export async function separateProposal(
  actor: Actor,
  id: string,
  act: ActValue,
  command: string,
  upload?: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const { mergedInto } = await proposalFor(tx, actor, id, "proposals:separate");
    const into = await tx.chainProposal.findUniqueOrThrow({
      where: { municipality_id: { municipality, id: mergedInto ?? "" } },
    });
    if (!statesFor("proposals:separate", "proposal", "into").includes(into.state))
      throw new ConflictError("proposal_moved_on", { state: into.state });
    await attachAct(tx, actor, upload, { type: "proposal", id });
    await queue(tx, actor, "proposals:separate", { municipality, id, act }, id, command);
  });
}

async function reason(tx: Database, actor: Actor, text: string, isPublic: boolean): Promise<string> {
  return keepText(tx, { municipality: actor.municipality, author: actor.person, text, public: isPublic });
}

async function queue<T extends TransactionName>(
  tx: Database,
  actor: Actor,
  transaction: T,
  input: Omit<InputOf<T>, "command">,
  proposal: string,
  command: string,
): Promise<void> {
  await enqueue(tx, {
    id: command,
    transaction,
    input,
    ...aboutProposal(actor, proposal),
  });
}
