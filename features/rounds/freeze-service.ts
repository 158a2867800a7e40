/** The freezing of a round: what its ballots, texts, costs, rule and roll are is fixed on the ledger. */
import { createHash, randomBytes } from "node:crypto";
import { attachAct } from "@/features/documents/act-service";
import { keepText } from "@/features/documents/text-service";
import type { Round } from "@/generated/prisma/client";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import type { Database } from "@/lib/db";
import { ConflictError } from "@/lib/errors";
import { canonicalJson } from "@/protocol/canonical-json";
import { rollsText } from "@/protocol/digests";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { placedAtOnce } from "@/protocol/records/rounds";
import type { InputOf } from "@/protocol/transactions";
import { allows, statesFor } from "@/protocol/workflow/table";
import { canonicalRule, parseRule, type RuleSpec } from "@/voting/allocation/rule-spec";
import { ballotOf } from "./ballot-service";
import { copyRoll } from "./roll-service";
import { type ActValue, aboutRound, draftRound, serviceOf } from "./step-service";

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

/** What was announced of a round with sealed ballots; null for one with open ones. */
async function sealingOf(tx: Database, municipality: string, id: string) {
  const row = await tx.chainSealing.findUnique({ where: { municipality_id: { municipality, id } } });
  return row && (row.record as unknown as RecordOf<"sealing">);
}

/** The roll as it was announced: credentials are given to nobody else. */
function announcedRoll({ areas }: RecordOf<"sealing">): { size: number; root: string } {
  return { size: areas.reduce((sum, { size }) => sum + size, 0), root: sha256(rollsText(areas)) };
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
