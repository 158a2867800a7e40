/** Casting an open ballot: a key made for the round, admitted by two organisations, and the choices it signs. */
import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { OutboxItem, VoterKey } from "@/generated/prisma/client";
import type { Signer } from "@/ledger/client/outbox/enqueue";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { CommandReusedError } from "@/ledger/client/outbox/errors";
import { ageOf, leastAgeIn } from "@/lib/auth";
import { type Database, db } from "@/lib/db";
import { decrypt, encrypt, keyedHash } from "@/lib/encryption";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import { canonicalJson } from "@/protocol/canonical-json";
import type { RecordOf } from "@/protocol/records";
import { admissionBytes, openBallotBytes } from "@/protocol/signing";
import type { InputOf } from "@/protocol/transactions";
import { ballotProblem, type Given } from "./rules";
import { freeSlot } from "./slots-service";

/** What the two admitting organisations and the casting service contribute; see `registrars.ts`. */
export type Desk = {
  registrar: Signer;
  /** Signs as a registrar of another organisation than the first: base64 of a DER ECDSA-SHA256 signature. */
  cosign: (bytes: Uint8Array) => Promise<{ cosigner: string; cosignature: string }>;
  castingService: Signer;
};

export type Voter = { municipality: string; person: string };

/**
 * Casts or replaces a ballot. The person is looked up on the round's roll, the key's admission is queued before its
 * first ballot, and the ballot is signed by the round's key and sent by the casting service.
 * @returns the key and the ballot's number in its own order, which the receipt shows.
 */
export async function castBallot(...ballot: Parameters<typeof cast>): Promise<{ key: string; seq: number }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await cast(...ballot);
    } catch (error) {
      const lost = error instanceof ConflictError && error.code === "try_again";
      if (!lost || attempt === ATTEMPTS) throw error;
    }
  }
}

/** How often another key or slot is tried when somebody was faster. */
const ATTEMPTS = 4;

async function cast(
  voter: Voter,
  round: string,
  given: Given,
  desk: Desk,
  command: string,
): Promise<{ key: string; seq: number }> {
  const { municipality } = voter;
  const frozen = await openRound(municipality, round);
  const problem = ballotProblem(frozen, given);
  if (problem) throw new ConflictError(problem.code, problem.params);
  await requireOnRoll(voter, round);
  await requireAge(voter, frozen);
  const held = await db.voterKey.findUnique({ where: keyOf(voter, round) });
  if (!held) await requireNotErased(voter, round);
  const key = held ?? (await makeKey(voter, frozen));
  const admission = held ? undefined : { slot: key.slot, key: key.publicKey };
  const cosigned = admission && (await desk.cosign(admissionBytes(municipality, round, [admission])));

  return db.$transaction(async (tx) => {
    const sent = await tx.outboxItem.findUnique({ where: { id: command } });
    if (sent) return sentBallot(sent, { key: held?.publicKey, given });
    await holdPerson(tx, voter);
    if (!held) await keepKey(tx, key);
    const { seq } = await tx.voterKey.update({ where: keyOf(voter, round), data: { seq: { increment: 1 } } });
    const orderKey = `round/${round}/key/${key.publicKey}`;
    const subject = { type: "ballot", id: `${round}/${key.publicKey}` };
    if (admission && cosigned)
      await enqueue(tx, {
        transaction: "rounds:admit",
        input: { municipality, round, admissions: [admission], ...cosigned },
        signer: desk.registrar,
        subject,
        orderKey,
      });
    const signature = signBallot(key, municipality, round, seq, given);
    await enqueue(tx, {
      id: command,
      transaction: "rounds:cast",
      input: {
        municipality,
        round,
        ballots: [{ key: key.publicKey, seq, ...given, signature }],
      },
      signer: desk.castingService,
      subject,
      orderKey,
    });
    return { key: key.publicKey, seq };
  });
}

/** Takes apart who voted with which key, once nobody may object to a round any more. */
export async function forgetVoters(): Promise<number> {
  const rounds = await db.chainRound.findMany({
    where: { state: "final" },
    select: { municipality: true, id: true },
  });
  let forgotten = 0;
  for (const { municipality, id: round } of rounds) {
    const { count } = await db.voterKey.deleteMany({ where: { municipality, round } });
    if (count > 0) await db.rollEntry.updateMany({ where: { municipality, round }, data: { salt: "" } });
    forgotten += count;
  }
  return forgotten;
}

/**
 * Takes apart a person who is erased and their keys. In a round that is not final the ballot cast stands and the key's
 * place stays taken, under a name made of the roll's own entry: whoever comes back with the same fiscal number is
 * somebody new here and still has but one vote. The private key goes: nobody changes that ballot any more.
 */
export async function anonymiseVoter(
  tx: Database,
  person: string,
  fiscalNumberHash: string | null,
): Promise<void> {
  const keys = await tx.voterKey.findMany({ where: { person } });
  for (const { municipality, round } of keys)
    await tx.voterKey.update({
      where: keyOf({ municipality, person }, round),
      data: {
        person: fiscalNumberHash ? erasedVoter(round, fiscalNumberHash) : `erased:${randomUUID()}`,
        privateKeyEncrypted: new Uint8Array(),
      },
    });
}

/** Whether a person is on the roll a round was frozen with. */
export async function isOnRoll(voter: Voter, round: string): Promise<boolean> {
  const { municipality, person } = voter;
  const found = await db.person.findUnique({ where: { id: person }, select: { fiscalNumberHash: true } });
  if (!found?.fiscalNumberHash) return false;
  const { fiscalNumberHash } = found;
  return (await db.rollEntry.count({ where: { municipality, round, fiscalNumberHash } })) > 0;
}

async function openRound(municipality: string, id: string): Promise<RecordOf<"round">> {
  const row = await db.chainRound.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("round_not_found");
  if (row.state !== "open" || row.closesAt <= new Date()) throw new ConflictError("round_not_open");
  return row.record as unknown as RecordOf<"round">;
}

async function requireOnRoll(voter: Voter, round: string): Promise<void> {
  if (!(await isOnRoll(voter, round))) throw new NotAllowedError("not_on_roll");
}

/** @throws NotAllowedError `under_age` by the age the round was frozen with */
async function requireAge({ municipality, person }: Voter, { leastAge }: RecordOf<"round">): Promise<void> {
  const minimum = leastAge ?? (await leastAgeIn(municipality));
  if (minimum > 0 && (await ageOf(person, new Date())) < minimum)
    throw new NotAllowedError("under_age", { minimum });
}

/** Keeps an erasure of the person waiting for the ballot that is being cast. @throws NotFoundError after one */
async function holdPerson(tx: Database, { person }: Voter): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM public."Person" WHERE id = ${person} AND "erasedAt" IS NULL FOR SHARE`;
  if (found.length === 0) throw new NotFoundError();
}

/** @throws ConflictError where the same fiscal number has voted under an account that is erased since */
async function requireNotErased({ municipality, person }: Voter, round: string): Promise<void> {
  const row = await db.person.findUnique({ where: { id: person }, select: { fiscalNumberHash: true } });
  if (!row?.fiscalNumberHash) return;
  const before = { municipality, person: erasedVoter(round, row.fiscalNumberHash) };
  if (await db.voterKey.findUnique({ where: keyOf(before, round) }))
    throw new ConflictError("voted_before_erasure");
}

function erasedVoter(round: string, fiscalNumberHash: string): string {
  return `erased:${keyedHash("erased voter", round, fiscalNumberHash)}`;
}

async function makeKey(voter: Voter, round: RecordOf<"round">): Promise<VoterKey> {
  const { municipality, person } = voter;
  const slot = await freeSlot(db, municipality, round.id, round.rollSize);
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("hex");
  const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
  return {
    ...{ municipality, round: round.id, person, publicKey: raw, slot, seq: 0 },
    privateKeyEncrypted: encrypt(pkcs8, purposeOf(municipality, round.id, raw)),
    createdAt: new Date(),
  };
}

async function keepKey(tx: Database, key: VoterKey): Promise<void> {
  const { count } = await tx.voterKey.createMany({ data: [key], skipDuplicates: true });
  // Another window of the same person, or another person on the same slot, was faster.
  if (count !== 1) throw new ConflictError("try_again");
}

function signBallot(
  key: VoterKey,
  municipality: string,
  round: string,
  seq: number,
  { choices, points }: Given,
): string {
  const pkcs8 = decrypt(key.privateKeyEncrypted, purposeOf(municipality, round, key.publicKey));
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const bytes = openBallotBytes(municipality, round, key.publicKey, seq, choices, points);
  return sign(null, bytes, privateKey).toString("hex");
}

/** @throws CommandReusedError where the command sent another ballot than this one */
function sentBallot(
  { id, transaction, input }: OutboxItem,
  asked: { key: string | undefined; given: Given },
): { key: string; seq: number } {
  const [ballot] = transaction === "rounds:cast" ? (input as InputOf<"rounds:cast">).ballots : [];
  const { choices, points } = asked.given;
  const same =
    ballot?.key === asked.key &&
    canonicalJson(ballot?.choices) === canonicalJson(choices) &&
    canonicalJson(ballot?.points ?? []) === canonicalJson(points ?? []);
  if (!ballot || !same) throw new CommandReusedError(id);
  return { key: ballot.key, seq: ballot.seq };
}

function keyOf(voter: Voter, round: string) {
  return { municipality_round_person: { municipality: voter.municipality, round, person: voter.person } };
}

function purposeOf(municipality: string, round: string, publicKey: string): string {
  return `VoterKey.privateKey ${municipality} ${round} ${publicKey}`;
}
