/** A round from its draft to its final result. Every step after the draft is a transaction. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { attachAct } from "@/features/documents/act-service";
import { keepText } from "@/features/documents/text-service";
import { slugOf } from "@/features/proposals/rules";
import type { Prisma, Round } from "@/generated/prisma/client";
import { drawingService } from "@/ledger/client/identities/services";
import { enqueue, type Signer } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { wallClock } from "@/lib/local-time";
import { canonicalJson } from "@/protocol/canonical-json";
import { rollsText } from "@/protocol/digests";
import type { Act, Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { type BallotRules, placedAtOnce } from "@/protocol/records/rounds";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import { allows, statesFor } from "@/protocol/workflow/table";
import { canonicalRule, parseRule, type RuleSpec } from "@/voting/allocation/rule-spec";
import { ballotOf } from "./ballot-service";
import { copyRoll } from "./roll-service";

export type ActValue = typeof Act._output;
export type RoundValues = {
  title: string;
  summary: string;
  ballotType: BallotRules["type"];
  least: number;
  most: number;
  mostCents: bigint | null;
  pointsEach: number | null;
  pointsTotal: number | null;
  mostOfDistrict: number | null;
  mostOfKind: number | null;
  rule: RuleSpec;
  budgetCents: bigint;
  proposals: string[];
  opensOn: string;
  closesAt: Date;
  requiredAttestations: number;
  objectionDays: number;
};

/** Of a ballot on which any projects may be approved, or one chosen. */
export const noMoreLimits = {
  ...{ mostCents: null, pointsEach: null, pointsTotal: null, mostOfDistrict: null, mostOfKind: null },
} as const;

/** `id` is the intention's, where the form has one: sent again it changes the round that the first sending made. */
export async function createRound(
  actor: Actor,
  call: string,
  values: RoundValues,
  id: string = randomUUID(),
): Promise<string> {
  const { municipality, person } = actor;
  if (await db.round.findFirst({ where: { municipality, id, createdBy: person } })) {
    await changeRound(actor, id, values);
    return id;
  }
  const slug = `${slugOf(values.title)}-${id.slice(0, 4)}`;
  const rule = values.rule as unknown as Prisma.InputJsonObject;
  await requireProposals(db, municipality, call, values.proposals);
  await db.round.create({ data: { ...values, rule, municipality, id, slug, call, createdBy: person } });
  return id;
}

export async function changeRound(actor: Actor, id: string, values: RoundValues): Promise<void> {
  const { municipality } = actor;
  const rule = values.rule as unknown as Prisma.InputJsonObject;
  await db.$transaction(async (tx) => {
    const { call, closesAt: before } = await draftRound(tx, municipality, id);
    await requireProposals(tx, municipality, call, values.proposals);
    // An hour that comes twice reads the same: the one that was chosen stays.
    const closesAt = wallClock(before) === wallClock(values.closesAt) ? before : values.closesAt;
    const data = { ...values, closesAt, rule };
    await tx.round.update({ where: { municipality_id: { municipality, id } }, data });
  });
}

/** Why admitted proposals of the call are not on the ballot, and the act that says so. */
export type ExclusionValue = { act: ActValue; reason: string; upload?: string };

/**
 * Freezes a round: the roll is copied and salted, and rules, costs, texts and the roll's root are queued for the
 * ledger. Nothing of it can change afterwards. Admitted proposals of the call that are not on the ballot need an
 * `exclusion`.
 */
export async function freezeRound(
  actor: Actor,
  id: string,
  command: string,
  exclusion?: ExclusionValue,
): Promise<void> {
  const { municipality } = actor;
  await once(
    command,
    async (tx) => {
      const round = await draftRound(tx, municipality, id);
      const projects = await projectsOf(tx, round);
      const sealing = await sealingOf(tx, municipality, id);
      const roll = sealing ? announcedRoll(sealing) : await copyRoll(tx, municipality, id);
      const texts = projects.map(({ number, digest }) => ({ number, digest }));
      // A sealed round's issuers have drawn before.
      const drawNumber = sealing ? null : randomBytes(32).toString("hex");
      await tx.round.update({ where: { municipality_id: { municipality, id } }, data: { drawNumber } });
      await enqueue(tx, {
        id: command,
        transaction: "rounds:freeze",
        input: {
          municipality,
          id,
          call: round.call,
          ballotKind: sealing ? "sealed" : "open",
          ballot: await ballotOf(tx, round, projects),
          rule: canonicalRule(await ruleOf(tx, round)),
          projects,
          budgetCents: Number(round.budgetCents),
          rollSize: roll.size,
          rollRoot: roll.root,
          textsDigest: sha256(canonicalJson({ title: round.title, summary: round.summary, texts })),
          opensOn: round.opensOn,
          closesAt: round.closesAt.toISOString(),
          requiredAttestations: round.requiredAttestations,
          objectionDays: round.objectionDays,
          reconstruction: round.reconstruction,
          ...(drawNumber !== null && { drawCommitment: sha256(drawNumber) }),
          ...(await exclusionOf(tx, actor, round, exclusion)),
        },
        ...aboutRound(actor, id),
      });
      for (let placed = placedAtOnce; placed < projects.length; placed += placedAtOnce)
        await enqueue(tx, {
          transaction: "rounds:place",
          input: { municipality, id },
          ...aboutRound(serviceOf(municipality), id),
          follows: command,
        });
    },
    { timeout: LONG_ENOUGH },
  );
}

/** Milliseconds a roll of a million may take to be copied. */
const LONG_ENOUGH = 600_000;

/** Opens a round: the guarantors' service brings its number to the draw, then the one it was frozen with is revealed. */
export async function openRound(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const round = await roundFor(tx, municipality, id, "rounds:open");
    const words = await tx.round.findUnique({ where: { municipality_id: { municipality, id } } });
    const { draw, ballotKind } = round.record as unknown as RecordOf<"round">;
    const isSealed = ballotKind === "sealed";
    if (!isSealed && !words?.drawNumber) throw new ConflictError("draw_missing");
    if (!isSealed && draw?.contribution === undefined)
      await enqueue(tx, {
        transaction: "rounds:draw",
        input: { municipality, id, contribution: randomBytes(32).toString("hex") },
        ...aboutRound(serviceOf(municipality), id),
      });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:open",
      input: { municipality, id, ...(!isSealed && words?.drawNumber && { reveal: words.drawNumber }) },
      ...aboutRound(actor, id),
    });
  });
}

/** Ends a round without a result; its proposals are admitted again and wait for another. */
export async function annulRound(
  actor: Actor,
  id: string,
  decision: { act: ActValue; reason: string; upload?: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const round = await roundFor(tx, municipality, id, "rounds:annul");
    await attachAct(tx, actor, decision.upload, { type: "round", id });
    const { reason: text, act } = decision;
    const reasonDigest = await keepText(tx, { municipality, author: person, text, public: true });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:annul",
      input: { municipality, id, act, reasonDigest },
      ...aboutRound(actor, id),
    });
    const { projects } = round.record as unknown as RecordOf<"round">;
    for (let released = placedAtOnce; released < projects.length; released += placedAtOnce)
      await enqueue(tx, {
        transaction: "rounds:release",
        input: { municipality, id },
        ...aboutRound(serviceOf(municipality), id),
        follows: command,
      });
  });
}

/** Ballots already on their way come first: the order key of the round waits for all those below it. */
export async function closeRound(actor: Actor, id: string, command: string): Promise<void> {
  await step(actor, "rounds:close", id, { municipality: actor.municipality, id }, command);
}

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
      signer: actor,
      subject: { type: "round", id: round },
      orderKey: `round/${round}`,
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
      signer: actor,
      subject: { type: "round", id: objection.round },
      orderKey: `round/${objection.round}`,
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
    const subject = { type: "round", id };
    await attachAct(tx, actor, upload, subject);
    const input = { municipality, id, act };
    const orderKey = `round/${id}`;
    await enqueue(tx, {
      id: command,
      transaction: "rounds:finalise",
      input,
      signer: actor,
      subject,
      orderKey,
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
      signer: actor,
      subject: { type: "proposal", id },
      orderKey: `proposal/${id}`,
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
    const found = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!found) throw new NotFoundError("proposal_not_found");
    if (!allows("proposals:abandon", { proposal: found.state }))
      throw new ConflictError("proposal_moved_on", { state: found.state });
    await attachAct(tx, actor, decision.upload, { type: "proposal", id });
    const { reason: text, act } = decision;
    const reasonDigest = await keepText(tx, { municipality, author: person, text, public: true });
    await enqueue(tx, {
      id: command,
      transaction: "proposals:abandon",
      input: { municipality, id, act, reasonDigest },
      signer: actor,
      subject: { type: "proposal", id },
      orderKey: `proposal/${id}`,
    });
  });
}

function aboutRound(signer: Signer, id: string) {
  return { signer, subject: { type: "round", id }, orderKey: `round/${id}` };
}

function serviceOf(municipality: string): Signer {
  const { person, organisation } = drawingService(municipality);
  return { person, organisation, role: "service" };
}

async function step<T extends TransactionName>(
  actor: Actor,
  transaction: T,
  id: string,
  input: Omit<InputOf<T>, "command">,
  command: string,
): Promise<void> {
  await once(command, async (tx) => {
    await roundFor(tx, actor.municipality, id, transaction);
    const subject = { type: "round", id };
    await enqueue(tx, { id: command, transaction, input, signer: actor, subject, orderKey: `round/${id}` });
  });
}

async function roundFor(tx: Database, municipality: string, id: string, step: TransactionName) {
  const round = await tx.chainRound.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!round) throw new NotFoundError("round_not_found");
  if (!allows(step, { round: round.state }))
    throw new ConflictError("round_moved_on", { state: round.state });
  return round;
}

async function draftRound(tx: Database, municipality: string, id: string): Promise<Round> {
  const round = await tx.round.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!round) throw new NotFoundError("round_not_found");
  const frozen = await tx.outboxItem.findFirst({
    where: {
      ...{ municipality, subjectType: "round", subjectId: id, transaction: "rounds:freeze" },
      status: { in: ["to_sign", "queued", "sending", "committed"] },
    },
  });
  if (frozen) throw new ConflictError("round_already_frozen");
  return round;
}

/** What was announced of a round with sealed ballots; null for one with open ones. */
async function sealingOf(tx: Database, municipality: string, id: string) {
  const row = await tx.chainSealing.findUnique({ where: { municipality_id: { municipality, id } } });
  return row && (row.record as unknown as RecordOf<"sealing">);
}

/** The roll as it was announced: credentials are given to nobody else. */
function announcedRoll({ areas }: RecordOf<"sealing">): { size: number; root: string } {
  return { size: areas.reduce((sum, { size }) => sum + size, 0), root: sha256(rollsText(areas)) };
}

/** @throws NotFoundError for a proposal that is not one of this municipality's call */
async function requireProposals(
  tx: Database,
  municipality: string,
  call: string,
  proposals: readonly string[],
): Promise<void> {
  const known = await tx.chainProposal.count({ where: { municipality, call, id: { in: [...proposals] } } });
  if (known !== proposals.length) throw new NotFoundError("proposal_not_found");
}

async function projectsOf(tx: Database, round: Round): Promise<RecordOf<"round">["projects"]> {
  const { municipality } = round;
  const rows = await tx.chainProposal.findMany({ where: { municipality, id: { in: round.proposals } } });
  return round.proposals.map((proposal, index) => {
    const row = rows.find(({ id }) => id === proposal);
    if (!row || !allows("rounds:freeze", { proposal: row.state }))
      throw new ConflictError("project_not_admitted", { number: index + 1 });
    const { commons, costCents, digest } = row;
    return { number: index + 1, proposal, commons, costCents: Number(costCents), digest };
  });
}

/** The round's rule; technical scores are those of the proposals' admission, whatever the draft says. */
async function ruleOf(tx: Database, { municipality, proposals, rule }: Round): Promise<RuleSpec> {
  const given = rule as Record<string, unknown>;
  if (given.rule !== "score-plus-votes") return parseRule(rule);
  const rows = await tx.chainProposal.findMany({ where: { municipality, id: { in: proposals } } });
  const scores = proposals.map((proposal, index) => {
    const score = rows.find(({ id }) => id === proposal)?.score ?? 0;
    return [String(index + 1), (score / 100).toFixed(2)];
  });
  return parseRule({ ...given, scores: Object.fromEntries(scores) });
}

/** States in which a proposal is put on a ballot. */
const onBallot = statesFor("rounds:freeze", "proposal");

/** Admitted proposals of the call that are not on the ballot, with the act that leaves them off it. */
async function exclusionOf(
  tx: Database,
  actor: Actor,
  { municipality, id, call, proposals }: Round,
  exclusion: ExclusionValue | undefined,
): Promise<Pick<InputOf<"rounds:freeze">, "exclusion">> {
  if (!exclusion) return {};
  const left = await tx.chainProposal.findMany({
    where: { municipality, call, state: { in: onBallot }, id: { notIn: proposals } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  if (left.length === 0) return {};
  await attachAct(tx, actor, exclusion.upload, { type: "round", id });
  const { reason: text, act } = exclusion;
  const reasonDigest = await keepText(tx, { municipality, author: actor.person, text, public: true });
  return { exclusion: { proposals: left.map((row) => row.id), act, reasonDigest } };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
