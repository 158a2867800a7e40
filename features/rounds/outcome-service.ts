/** A round from its count to what is decided by it. Every step is a transaction. */
import { attachAct } from "@/features/documents/act-service";
import { keepText } from "@/features/documents/text-service";
import { aboutProposal, proposalFor } from "@/features/proposals/step-service";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { allows } from "@/protocol/workflow/table";
import { type ActValue, aboutRound, roundFor, step } from "./step-service";

/** Writes the outcome that `countRound` found in the ballots on the ledger. */
export async function recordCount(
  actor: Actor,
  id: string,
  outcome: RecordOf<"round">["outcome"] & {},
  command: string,
): Promise<void> {
  await step(actor, "rounds:count", id, { municipality: actor.municipality, id, outcome }, command);
}

/**
 * Attests the outcome for the actor's organisation. `digest` is what its own count of the ledger's ballots gave;
 * where that is another than the recorded one, nothing is signed.
 */
export async function attestRound(actor: Actor, id: string, digest: string, command: string): Promise<void> {
  const { municipality } = actor;
  const round = await roundFor(db, municipality, id, "rounds:attest");
  if (round.outcomeDigest !== digest) throw new ConflictError("outcome_differs");
  await step(actor, "rounds:attest", id, { municipality, id, digest }, command);
}

export async function objectTo(actor: Actor, round: string, text: string, command: string): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    await roundFor(tx, municipality, round, "rounds:object");
    const digest = await keepText(tx, { municipality, author: person, text, public: false });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:object",
      input: { municipality, id: command, round, digest },
      ...aboutRound(actor, round),
    });
  });
}

export async function decideObjection(
  actor: Actor,
  id: string,
  decision: { upheld: boolean; reason: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const objection = await tx.chainObjection.findUnique({
      where: { municipality_id: { municipality, id } },
    });
    if (!objection) throw new NotFoundError("objection_not_found");
    const digest = await keepText(tx, { municipality, author: person, text: decision.reason, public: true });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:decideObjection",
      input: { municipality, id, upheld: decision.upheld, digest },
      ...aboutRound(actor, objection.round),
    });
  });
}

/** `upload` is the act's file, to be kept beside the round where anyone reads it. */
export async function finaliseRound(
  actor: Actor,
  id: string,
  act: ActValue,
  command: string,
  upload?: string,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await roundFor(tx, municipality, id, "rounds:finalise");
    await attachAct(tx, actor, upload, { type: "round", id });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:finalise",
      input: { municipality, id, act },
      ...aboutRound(actor, id),
    });
  });
}

/**
 * The decision the vote prepares: a selected proposal is funded, another goes to the reserve, each by an act. One of
 * the reserve is funded later, when the round's money suffices again.
 */
export async function decideProposal(
  actor: Actor,
  round: string,
  decision: { proposal: string; funded: boolean; act: ActValue },
  command: string,
  upload?: string,
): Promise<void> {
  const { municipality } = actor;
  const { proposal: id, act } = decision;
  await once(command, async (tx) => {
    const transaction = decision.funded ? "proposals:fund" : "proposals:reserve";
    await roundFor(tx, municipality, round, transaction);
    const onBallot = await tx.chainProposal.findFirst({ where: { municipality, id, round } });
    if (!onBallot) throw new NotFoundError("proposal_not_found");
    if (!allows(transaction, { proposal: onBallot.state }))
      throw new ConflictError("proposal_moved_on", { state: onBallot.state });
    await attachAct(tx, actor, upload, { type: "proposal", id });
    await enqueue(tx, {
      id: command,
      transaction,
      input: { municipality, id, round, act },
      ...aboutProposal(actor, id),
    });
  });
}

/** A funded proposal, or one of the reserve, is given up by an act; its money is the round's again. */
export async function abandonProposal(
  actor: Actor,
  id: string,
  decision: { act: ActValue; reason: string; upload?: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, actor, id, "proposals:abandon");
    await attachAct(tx, actor, decision.upload, { type: "proposal", id });
    const { reason: text, act } = decision;
    const reasonDigest = await keepText(tx, { municipality, author: person, text, public: true });
    await enqueue(tx, {
      id: command,
      transaction: "proposals:abandon",
      input: { municipality, id, act, reasonDigest },
      ...aboutProposal(actor, id),
    });
  });
}
